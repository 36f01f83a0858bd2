import type { ActivityRegularization } from '@tempocode/models'
import type { Run } from './run.js'

/** What a run's loss is the sum of, in words: `reconstruction + 0.5 × prediction + 0.01 × Σ|code|`. */
export function lossParts({ model, settings }: Pick<Run, 'model' | 'settings'>): string {
  const outputs = model.outputs.map(({ sourceLayer: { name } }) =>
    times(settings.lossWeights[name] ?? 1, name),
  )
  const prices = model.layers
    .filter((layer) => layer.getClassName() === 'ActivityRegularization')
    .map((layer) => times((layer as ActivityRegularization).l1, `Σ|${layer.name}|`))
  return [...outputs, ...prices].join(' + ')
}

const times = (weight: number, what: string) => (weight === 1 ? what : `${weight} × ${what}`)
