import type { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { joinDraws, sliceDraws } from '../engines/draws.js'
import { drawsOf } from './draws.js'

const drawing = (name: string) => (random: Random, windows: number) => ({
  [name]: { data: Float32Array.from({ length: 2 * windows }, () => random.uniform()), shape: [windows, 2] },
})
const sources = () => ({ noise: drawing('keep'), nothing: undefined, dropout: drawing('layer/keep') })

test('the same seed draws the same in a step, whatever was drawn before', () => {
  const [one, other] = [drawsOf(3, sources())!, drawsOf(3, sources())!]
  const first = one(0, 4)
  one(1, 4)
  expect(one(7, 5)).toEqual(other(7, 5))
  expect(other(0, 4)).toEqual(first)
})

test('each step, seed and source has a stream of its own', () => {
  const draw = drawsOf(3, sources())!
  const { keep, 'layer/keep': ofLayer } = draw(0, 4)
  const others = [ofLayer, draw(1, 4).keep, drawsOf(4, sources())!(0, 4).keep]
  for (const { data } of others) expect(data).not.toEqual(keep.data)
})

test('a source draws the same beside others', () => {
  const { keep } = drawsOf(3, sources())!(2, 4)
  expect(drawsOf(3, { noise: drawing('keep') })!(2, 4)).toEqual({ keep })
})

test('where no source draws, nothing is drawn', () => {
  expect(drawsOf(0, { noise: undefined })).toBeUndefined()
})

test('draws of several batches stand one behind the other, and parts of a batch are its windows', () => {
  const draw = (...values: number[]) => ({
    keep: { data: Float32Array.from(values), shape: [values.length / 2, 2] },
  })
  const joined = { data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8), shape: [2, 2, 2] }
  expect(joinDraws([draw(1, 2, 3, 4), draw(5, 6, 7, 8)])).toEqual({ keep: joined })
  expect(sliceDraws(draw(1, 2, 3, 4, 5, 6), 1, 3)).toEqual(draw(3, 4, 5, 6))
  expect(sliceDraws(draw(1, 2, 3, 4, 5, 6), 0, 1)).toEqual(draw(1, 2))
})
