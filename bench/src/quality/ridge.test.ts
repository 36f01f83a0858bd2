import { Random } from '@tempocode/core'
import { expect, test } from 'vitest'
import { type Labelled, ridgeClassifier } from './ridge.js'

/** Three columns: the first two tell three classes, the last one is constant. */
function points(count: number, seed: number, spread = 0.3): Labelled {
  const random = new Random(seed)
  const classes = Int32Array.from({ length: count }, () => random.below(3))
  const centres = [
    [0, 0],
    [2, 0],
    [0, 2],
  ]
  const values = Array.from(classes).flatMap((name) => [
    ...centres[name].map((centre) => 100 * (centre + spread * random.normal())),
    7,
  ])
  return { values, size: 3, classes }
}

test('it tells classes that planes part', () => {
  expect(ridgeClassifier(points(60, 1), points(500, 2)).accuracy).toBeGreaterThan(0.97)
})

test('where labels say nothing it guesses', () => {
  const train = { ...points(60, 1), classes: points(60, 3).classes }
  expect(ridgeClassifier(train, points(500, 2)).accuracy).toBeLessThan(0.5)
})

test('where most columns are noise, and rows few, a larger penalty is chosen', () => {
  const noise = (count: number, seed: number): Labelled => {
    const random = new Random(seed, 'noise')
    const { values, classes } = points(count, seed)
    const wide = Array.from(classes).flatMap((_, i) => [
      values[3 * i],
      values[3 * i + 1],
      ...Array.from({ length: 50 }, () => random.normal()),
    ])
    return { values: wide, size: 52, classes }
  }
  const { penalty } = ridgeClassifier(points(60, 1), points(500, 2))
  expect(ridgeClassifier(noise(60, 1), noise(500, 2)).penalty).toBeGreaterThan(10 * penalty)
})
