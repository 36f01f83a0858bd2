import { Random, TempocodeError } from '@tempocode/core'
import type { Features } from '@tempocode/runtime'
import { featurePlane } from './feature-plane.js'

const METHODS = ['pca', 'umap'] as const

export interface FeatureMapOptions {
  /**
   * `pca`: the two directions in which the features spread most; distances are true, and much may not be seen.
   * `umap`: neighbours stay neighbours (McInnes et al., 2018), by umap-js; distances between groups say little, and
   * thousands of windows take seconds. Default `pca`.
   */
  method?: (typeof METHODS)[number]
  /** Of UMAP's random numbers: the same seed gives the same map. Default 0. */
  seed?: number
}

const NEIGHBOURS = 15 // UMAP's own default
const FEWEST = 4

/**
 * A picture of features: a place in the plane for each window.
 * @param features of windows, [n, features]
 * @returns [n, 2]
 * @throws TempocodeError `data` where there are fewer than 4 windows or a feature is not finite, `option` for options
 */
export async function featureMap(features: Features, options: FeatureMapOptions = {}): Promise<Features> {
  const { method = 'pca', seed = 0 } = options
  if (!METHODS.includes(method)) {
    throw new TempocodeError('option', `method "${method}" is unknown; use one of ${METHODS.join(', ')}`)
  }
  const random = new Random(seed, 'feature map')
  const [windows] = features.shape
  if (windows < FEWEST) {
    throw new TempocodeError('data', `there are ${windows} windows; a map needs ${FEWEST}`)
  }
  const bad = features.data.findIndex((value) => !Number.isFinite(value))
  if (bad >= 0) {
    const window = Math.floor(bad / features.shape[1]) + 1
    const message = `window ${window} has a feature ${features.data[bad]}; a map needs finite ones`
    throw new TempocodeError('data', message, { row: window })
  }
  const places =
    method === 'pca'
      ? featurePlane(features.data, features.shape[1]).points
      : await neighbourly(features, random)
  return { data: places, shape: [windows, 2] }
}

async function neighbourly(
  { data, shape: [windows, size] }: Features,
  random: Random,
): Promise<Float32Array> {
  const { UMAP } = await import('umap-js') // only who wants this map loads it
  const map = new UMAP({ nNeighbors: Math.min(NEIGHBOURS, windows - 1), random: () => random.uniform() })
  const rows = Array.from({ length: windows }, (_, i) => Array.from(data.subarray(i * size, (i + 1) * size)))
  return Float32Array.from(map.fit(rows).flat())
}
