import {
  ActivityRegularization,
  ColumnDense,
  ConditionalDecoder,
  Crop,
  LstmFromState,
  ResetAfterGru,
  ReverseTime,
  Subtract,
  TiedDense,
  Unmask,
} from '@tempocode/models'
import type * as tf from '@tensorflow/tfjs'

const OWN = [
  ActivityRegularization,
  ColumnDense,
  ConditionalDecoder,
  Crop,
  LstmFromState,
  ResetAfterGru,
  ReverseTime,
  Subtract,
  TiedDense,
  Unmask,
].map(({ className }) => className)

/** The classes of a model's layers, those inside others included, that tfjs knows from us alone. */
export function ownLayersOf(model: tf.LayersModel): string[] {
  const topology = JSON.stringify(model.toJSON(null, false))
  return OWN.filter((name) => topology.includes(`"class_name":"${name}"`))
}
