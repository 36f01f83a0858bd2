import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { averagePrecision, bestF1, rocAuc } from './areas.js'
import { confusion, pointMeasures } from './confusion.js'
import { parkMiller } from './testing/park-miller.js'

/* scikit-learn 1.9.1, numpy 2.4.6, of the rows below:
     x, xs = 1, []
     for _ in range(600): x = x * 16807 % 2147483647; xs.append(x)
     y = [1 if i // 25 % 6 == 4 else 0 for i in range(600)]
     s = [x % 40 / 40 + (0.3 if l and x % 3 == 0 else 0) for x, l in zip(xs, y)]
     roc_auc_score(y, s); average_precision_score(y, s); precision_recall_curve(y, s), its highest 2pr / (p + r)
     confusion_matrix(y, s > 0.8); precision_recall_fscore_support(y, s > 0.8, average='binary') */
describe('as scikit-learn, with many equal scores', () => {
  const labels = Array.from({ length: 600 }, (_, i) => Number(Math.floor(i / 25) % 6 === 4))
  const scores = parkMiller(600, 1).map((x, i) => (x % 40) / 40 + (labels[i] && x % 3 === 0 ? 0.3 : 0))

  test('areas', () => {
    expect(rocAuc(scores, labels)).toBeCloseTo(0.6047600000000001, 12)
    expect(averagePrecision(scores, labels)).toBeCloseTo(0.3322627281402619, 12)
  })

  test('the best F1, with a threshold that gives it', () => {
    const { f1, precision, recall, threshold } = bestF1(scores, labels)
    expect(f1).toBeCloseTo(0.31578947368421056, 12)
    expect(precision).toBeCloseTo(0.38028169014084506, 12)
    expect(recall).toBeCloseTo(0.27, 12)
    const alarms = scores.map((score) => Number(score > threshold))
    expect(pointMeasures(confusion(alarms, labels))).toMatchObject({ f1, precision, recall })
    expect(Math.min(...scores.filter((score) => score > threshold))).toBe(0.8999999999999999)
  })

  test('rows in alarm above a threshold', () => {
    const alarms = scores.map((score) => Number(score > 0.8))
    const counts = confusion(alarms, labels)
    expect(counts).toEqual({
      trueNegatives: 414,
      falsePositives: 86,
      falseNegatives: 71,
      truePositives: 29,
    })
    const { precision, recall, f1, falseAlarmRate, missedAlarmRate } = pointMeasures(counts)
    expect(precision).toBeCloseTo(0.25217391304347825, 12)
    expect(recall).toBeCloseTo(0.29, 12)
    expect(f1).toBeCloseTo(0.26976744186046514, 12)
    expect(falseAlarmRate).toBeCloseTo(86 / 500, 12)
    expect(missedAlarmRate).toBeCloseTo(71 / 100, 12)
  })
})

test('the area under ROC is the chance that a pair is in order, whatever the order of rows', () => {
  const row = fc.record({ score: fc.integer({ min: 0, max: 5 }), label: fc.integer({ min: 0, max: 1 }) })
  fc.assert(
    fc.property(fc.array(row, { minLength: 2 }), (rows) => {
      const of = (label: number) => rows.filter((one) => one.label === label).map(({ score }) => score)
      const pairs = of(1).flatMap((a) => of(0).map((b) => (a > b ? 1 : a === b ? 1 / 2 : 0)))
      const chance = pairs.reduce((sum: number, pair) => sum + pair, 0) / pairs.length
      const scores = rows.map(({ score }) => score)
      const labels = rows.map(({ label }) => label)
      const area = rocAuc(scores, labels)
      if (pairs.length === 0) expect(area).toBeNaN()
      else expect(area).toBeCloseTo(chance, 12)
      expect(averagePrecision(scores.toReversed(), labels.toReversed())).toEqual(
        averagePrecision(scores, labels),
      )
    }),
    { seed: 0 },
  )
})

test('scores that tell nothing have the areas of a guess', () => {
  const labels = [1, 0, 0, 0]
  expect(rocAuc([7, 7, 7, 7], labels)).toBe(1 / 2)
  expect(averagePrecision([7, 7, 7, 7], labels)).toBe(1 / 4)
  expect(bestF1([7, 7, 7, 7], labels)).toEqual({ f1: 0.4, precision: 0.25, recall: 1, threshold: -Infinity })
})

test('infinite scores are the highest, −0 is 0', () => {
  expect(rocAuc([Infinity, 1, 2], [1, 0, 1])).toBe(1)
  expect(rocAuc([-0, 0], [1, 0])).toBe(1 / 2)
})

test('of equally good thresholds the highest is named', () => {
  expect(bestF1([3, 2, 1], [1, 0, 1])).toMatchObject({ f1: 0.8, threshold: -Infinity })
  expect(bestF1([4, 3, 2, 1], [1, 0, 0, 1])).toMatchObject({ f1: 2 / 3, threshold: 3 }) // as good as all four
})

test('without an anomalous row there is nothing to find', () => {
  expect(bestF1([1, 2], [0, 0]).f1).toBeNaN()
  expect(averagePrecision([1, 2], [0, 0])).toBeNaN()
})
