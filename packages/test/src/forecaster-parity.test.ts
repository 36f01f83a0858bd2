import { toForecasterOnnx } from '@tempocode/converters'
import { createSession, loadForecaster, placement } from '@tempocode/runtime'
import { beforeAll, describe, expect, test } from 'vitest'
import { FORECASTER_FILES, forecasterFile } from './random-forecaster-files.js'
import { relativeError } from './random-models.js'
import { useTfjsWasm } from './tfjs.js'

beforeAll(useTfjsWasm)

const FORMS = ['operators', 'plain'] as const
const KINDS = Object.keys(FORECASTER_FILES)

/** The largest error of any target's forecasts, as a part of the largest of these. */
function errorOf(received: Float32Array, due: Float32Array, targets: number): number {
  const errors = Array.from({ length: targets }, (_, target) => {
    const [own, theirs] = [received, due].map((values) => values.filter((_, i) => i % targets === target))
    return relativeError(own, theirs)
  })
  return errors.reduce((a, b) => Math.max(a, b))
}

describe.each(['cpu', 'wasm'] as const)('on %s', (device) => {
  test.each(KINDS)('forecasts and bounds are those of tfjs’s networks, in both forms: %s', async (kind) => {
    for (let seed = 0; seed < 3; seed++) {
      const { model, options, rows, values, end, group, expected, targets, batch } = forecasterFile(
        kind,
        seed,
      )
      const due = expected()
      for (const form of FORMS) {
        const forecaster = await loadForecaster(toForecasterOnnx(model, { ...options, form }), {
          device,
          verify: true,
        })
        expect(forecaster.window).toBe(rows)
        const given = await forecaster.forecast(values, { end, group })
        expect(given.shape).toEqual([batch, 4, targets])
        for (const name of ['forecast', 'lower', 'upper'] as const) {
          if (!due[name]) expect(given[name]).toBeUndefined()
          else expect(errorOf(given[name]!, due[name], targets), name).toBeLessThanOrEqual(1e-5)
        }
        await forecaster.dispose()
      }
      model.dispose()
    }
  })

  test.each(KINDS)(
    'a window with NaN or infinity has NaN in all outputs, and touches no others: %s',
    async (kind) => {
      const { model, options, feeds } = forecasterFile(kind)
      for (const form of FORMS) {
        const session = await createSession(toForecasterOnnx(model, { ...options, form }), device)
        const clean = feeds()
        const { data, shape } = clean.input
        const size = shape[1] * shape[2]
        const before = await session.run(clean)
        for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
          for (const place of [0, shape[2] - 1, size - shape[2], size - 1]) {
            const spoilt = (data as Float32Array).with(size + place, bad) // in the second window
            const after = await session.run({ ...clean, input: { data: spoilt, shape } })
            for (const [name, { data, shape }] of Object.entries(after)) {
              const own = shape[1] * shape[2]
              const due = (before[name].data as Float32Array).slice().fill(Number.NaN, own, 2 * own)
              expect(data, `${form}, ${name}, ${bad} at ${place}`).toEqual(due)
            }
          }
        }
        await session.release()
      }
    },
  )
})

test('these networks’ quantiles stand in either order, and so do bounds with margins below 0', () => {
  const turned = (above: 'first' | 'low', kinds: string[]) =>
    kinds.flatMap((kind) => {
      const due = forecasterFile(kind).expected()
      return Array.from(due[above], (value, i) => value > due.lower[i])
    })
  expect(new Set(turned('first', ['groups']))).toEqual(new Set([true, false]))
  expect(new Set(turned('low', ['margins, columns known ahead and cycles']))).toEqual(new Set([true, false]))
})

test('the plain form has no node that cuda does not run, where the other has', () => {
  const refused = KINDS.filter((kind) => {
    const { model, options } = forecasterFile(kind)
    expect(placement(toForecasterOnnx(model, { ...options, form: 'plain' }), 'cuda')).toEqual([])
    const file = toForecasterOnnx(model, options)
    expect(placement(file, 'webgpu')).toEqual([])
    return placement(file, 'cuda').length > 0
  })
  expect(refused).toEqual(['an encoder of shorter windows, relu'])
})

test('many windows run some at a time, and give what each gives alone', async () => {
  const { model, options, values, end, group, batch } = forecasterFile(KINDS.at(-1)!, 1, 600)
  const forecaster = await loadForecaster(toForecasterOnnx(model, options), { device: 'cpu' })
  const all = await forecaster.forecast(values, { end, group })
  const size = values.length / batch
  for (const w of [0, 511, 512, 599]) {
    const own = values.subarray(w * size, (w + 1) * size)
    const alone = await forecaster.forecast(own, { end: end[w], group: group![w] })
    for (const name of ['forecast', 'lower', 'upper'] as const) {
      const due = all[name]!.subarray(8 * w, 8 * w + 8)
      expect(relativeError(alone[name]!, due), `${name} of ${w}`).toBeLessThanOrEqual(1e-5)
    }
  }
  await forecaster.dispose()
})
