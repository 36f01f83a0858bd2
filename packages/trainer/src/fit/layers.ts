import type * as tf from '@tensorflow/tfjs'

/** A layer's class and options; names and initializers, which change nothing once there are weights, are left out. */
export interface LayerDescription {
  class: string
  options: Record<string, unknown>
}

export function describeLayers(model: tf.LayersModel): LayerDescription[] {
  return model.layers.map((layer) => ({
    class: layer.getClassName(),
    options: JSON.parse(
      JSON.stringify(layer.getConfig(), (key, value) => (isLeftOut(key) ? undefined : value)),
    ),
  }))
}

const isLeftOut = (key: string) => key === 'name' || key.endsWith('Initializer')

/** The first difference in words, or undefined where there is none. */
export function layerDifference(
  ours: readonly LayerDescription[],
  theirs: readonly LayerDescription[],
): string | undefined {
  for (const [i, layer] of ours.slice(0, theirs.length).entries()) {
    const other = theirs[i]
    if (layer.class !== other.class)
      return `layer ${i + 1} is ${layer.class}, the checkpoint's ${other.class}`
    for (const key of new Set([...Object.keys(layer.options), ...Object.keys(other.options)])) {
      const [mine, its] = [layer, other].map(({ options }) => JSON.stringify(options[key]))
      if (mine !== its) return `${key} of layer ${i + 1} (${layer.class}) is ${mine}, the checkpoint's ${its}`
    }
  }
  if (ours.length === theirs.length) return undefined
  return `the model has ${ours.length} layers, the checkpoint's ${theirs.length}`
}
