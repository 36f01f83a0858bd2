import { Random } from '@tempocode/core'
import { encoderOf, stackedAutoencoder } from '@tempocode/models'
import { fit } from '@tempocode/trainer'
import { classify } from './classifier.js'
import { chosenBeats, ecg5000, SAMPLES, seriesOfBeats } from './ecg5000.js'
import { forSeeds, type Plan } from './plan.js'
import { type Line, measureOf, type Shown } from './results.js'

const PARTS = [0.05, 0.2, 1]
const AUTOENCODER_EPOCHS = 200

/** A classifier that starts from an autoencoder's encoder against one that starts from random weights. */
export async function pretraining({ quick, seeds }: Plan): Promise<Shown> {
  const { train, test } = ecg5000()
  const count = train.classes.length
  const epochs = quick ? 20 : AUTOENCODER_EPOCHS
  const newModel = (seed: number) => stackedAutoencoder({ window: SAMPLES, columns: 1, tied: true, seed })
  const labelled = (seed: number, part: number) => {
    const order = new Random(seed, 'labels').shuffle(Int32Array.from({ length: count }, (_, i) => i))
    return chosenBeats(train, order.slice(0, part * count))
  }
  const pretrained = async (seed: number) => {
    const model = newModel(seed)
    const options = { epochs, seed, scaler: 'none', validationSplit: 0, patience: epochs } as const
    await fit(model, seriesOfBeats(train), options)
    return model
  }

  const results = await forSeeds(seeds, async (seed) => {
    const weights = (await pretrained(seed)).getWeights()
    return PARTS.map((part) =>
      [true, false].map((isPretrained) => {
        const model = newModel(seed)
        if (isPretrained) model.setWeights(weights)
        return classify(encoderOf(model), labelled(seed, part), test, seed)
      }),
    )
  })
  const lines: Line[] = ['autoencoder', 'random weights'].map((name, way) => ({
    name,
    cells: Object.fromEntries(
      PARTS.map((part, i) => [
        `${part * count} labels (${100 * part} %)`,
        measureOf(results.map((seed) => seed[i][way])),
      ]),
    ),
  }))
  return {
    protocol:
      `ECG5000, official split: the encoder of stackedAutoencoder (64-32-16) with a softmax layer, trained together by Adam, ` +
      `1,000 batches of 32. It starts from random weights, or from those of the autoencoder that fit has trained ${epochs} epochs on ` +
      `all 500 training beats without labels; ${seeds} seeds, each with labels of its own choice. Accuracy on the 4,499 test beats.`,
    tables: [{ title: 'encoder starts from', shows: 'mean and deviation', lines }],
    checks: [],
  }
}
