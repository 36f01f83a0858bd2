export { writeFileAtomic } from './atomic.js'
export { loadCheckpoint, saveCheckpoint } from './checkpoints.js'
export { csvLine } from './csv-line.js'
export { MISSING as MISSING_VALUES } from './csv-source.js'
export { listed } from './duckdb.js'
export type { Piece } from './fetch-series.js'
export { fit, type NodeRun } from './fit.js'
export { fitForecaster, type NodeForecastRun } from './fit-forecaster.js'
export { loadModel } from './load-model.js'
export { checkLabels, readLabels } from './read-labels.js'
export {
  type ReadScoresOptions,
  readScores,
  type ScoreGroup,
  type ScoreTable,
} from './read-scores.js'
export { openSeries, type ReadSeriesOptions, readSeries, type SeriesReader } from './read-series.js'
export { readTable, type TableRows } from './read-table.js'
export { type Labels, readFailures } from './read-windows.js'
export { type ForecastReportOptions, forecastReportOf } from './report/forecast/write-page.js'
export { type ReportOptions, reportOf } from './report/write-report.js'
export { type SaveForecasterOptions, saveForecaster } from './save-forecaster.js'
export { checkRunDirectory, saveRun } from './save-run.js'
export type { KeyColumn, KeyValues } from './table.js'
export { useFastTfjs } from './tfjs.js'
export { openTable, type TableWriter } from './write-table.js'
