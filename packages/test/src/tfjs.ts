export { useFastTfjs as useTfjsWasm } from '@tempocode/trainer/node'
