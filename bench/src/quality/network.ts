import { denseAutoencoder, lstmAutoencoder } from '@tempocode/models'

/** The networks that find faults, each with its own defaults. */
export const NETWORKS = { denseAutoencoder, lstmAutoencoder }
export type NetworkName = keyof typeof NETWORKS

/** The one of every set. */
export const NETWORK: NetworkName = 'denseAutoencoder'
