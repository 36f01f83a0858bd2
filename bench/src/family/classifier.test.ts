import { Random } from '@tempocode/core'
import { denseAutoencoder, encoderOf } from '@tempocode/models'
import { useFastTfjs } from '@tempocode/trainer/node'
import { beforeAll, expect, test } from 'vitest'
import { classify } from './classifier.js'
import { type Beats, CLASSES, chosenBeats, SAMPLES } from './ecg5000.js'

beforeAll(useFastTfjs)

/** Waves whose class is their period, and a little noise. */
function waves(count: number, seed: number): Beats {
  const random = new Random(seed)
  const classes = Int32Array.from({ length: count }, () => random.below(CLASSES))
  const value = (i: number) => Math.sin((i % SAMPLES) / (2 + classes[Math.floor(i / SAMPLES)]))
  return {
    values: Float32Array.from({ length: count * SAMPLES }, (_, i) => value(i) + 0.1 * random.normal()),
    classes,
  }
}

const encoder = () => encoderOf(denseAutoencoder({ window: SAMPLES, columns: 1, units: [8] }))

test('it tells waves of different periods, the same way each time', () => {
  const [train, test] = [waves(60, 1), waves(200, 2)]
  const accuracy = classify(encoder(), train, test, 0)
  expect(accuracy).toBeGreaterThan(0.95)
  expect(classify(encoder(), train, test, 0)).toBe(accuracy)
})

test('where labels say nothing it guesses', () => {
  const train = waves(60, 1)
  expect(classify(encoder(), { ...train, classes: waves(60, 3).classes }, waves(200, 2), 0)).toBeLessThan(0.5)
})

test('beats are chosen with their classes', () => {
  const beats = waves(3, 1)
  const chosen = chosenBeats(beats, Int32Array.of(2, 0))
  expect([...chosen.classes]).toEqual([beats.classes[2], beats.classes[0]])
  expect(chosen.values.subarray(0, SAMPLES)).toEqual(beats.values.subarray(2 * SAMPLES))
})
