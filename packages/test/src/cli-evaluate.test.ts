import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Workplace } from './command.js'
import { expectRefusal } from './mistake.js'

const place = new Workplace()
afterAll(() => place.remove())

const time = (minute: number) => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().slice(0, 19)

/** Two machines of 100 rows, each with an event of 10; the alarm is two rows late, and there is a false one. */
beforeAll(() => {
  const scores = ['machine,time,score,anomaly,known']
  const windows = ['machine,start,end']
  const failures = ['machine,failure']
  for (const machine of ['left', 'right']) {
    for (let row = 0; row < 100; row++) {
      const known = Number(row >= 50 && row < 60)
      const alarm = Number((row >= 52 && row < 60) || row === 80)
      scores.push(
        row < 4
          ? `${machine},${time(row)},,,0`
          : `${machine},${time(row)},${alarm + row / 1000},${alarm},${known}`,
      )
    }
    windows.push(`${machine},${time(50)},${time(59)}`)
    failures.push(`${machine},${time(62)}`)
  }
  writeFileSync(place.path('scores.csv'), `${scores.join('\n')}\n`)
  writeFileSync(place.path('windows.csv'), `${windows.join('\n')}\n`)
  writeFileSync(place.path('failures.csv'), `${failures.join('\n')}\n`)
})

test('a table that a person reads', async () => {
  const { code, stdout, stderr } = await place.run('evaluate', 'scores.csv', '--labels', 'windows.csv')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  // ROC: 16 rows score above 170 of 172 normal ones, 4 above 92. PR: 0.1 · (1/2 + … + 8/9 + 18/98 + 20/100)
  expect(
    stdout,
  ).toBe(`192 rows in 2 groups, 10.4 % anomalous, in 2 events; 8 rows without a score left out, 0 of them anomalous

                precision  recall     F1
rows                0.889   0.800  0.842  1.2 % of normal rows in alarm
events              0.500   1.000  0.667  2 of 2 found, 2 false alarms
composite           0.889   1.000  0.941  precision of rows, recall of events
best on labels      0.889   0.800  0.842  of rows above 0.099, which no detector can know

ROC area  0.898, where a guess has 0.500
PR area   0.655, where a guess has 0.104
delay     median 2 rows (2.0 min), mean 2 rows (2.0 min), from the start of the 2 found
`)
})

test('labels in the same table say the same, and --json has all of it', async () => {
  const [one, other] = await Promise.all([
    place.run('evaluate', 'scores.csv', '--labels', 'windows.csv', '--json'),
    place.run('evaluate', 'scores.csv', '--labels', 'known', '--json'),
  ])
  expect(other.stdout).toBe(one.stdout)
  const found = JSON.parse(one.stdout)
  expect(found).toMatchObject({ groups: 2, rows: 192, unscored: { rows: 8, anomalous: 0 } })
  expect(found.points).toMatchObject({ truePositives: 16, falsePositives: 2, falseNegatives: 4 })
  expect(found.delay.time).toEqual({ count: 2, median: 120, mean: 120 })
})

test('a threshold of its own, NAB’s score, point adjustment and lead time', async () => {
  const options = [
    '--threshold',
    '1.07',
    '--nab',
    '--point-adjust',
    '--failures',
    'failures.csv',
    '--horizon',
    '15min',
  ]
  const args = ['evaluate', 'scores.csv', '--labels', 'windows.csv', ...options]
  const { stdout } = await place.run(...args)
  expect(stdout).toMatch(/^rows +0\.000 +0\.000 +0\.000 /m) // row 80 alone scores above 1.07
  expect(stdout).toMatch(/^events +0\.000 +0\.000 +0\.000 +0 of 2 found, 2 false alarms$/m)
  expect(stdout).toMatch(/^point-adjusted +0\.000 .* best on labels 0\.952$/m)
  expect(stdout).toMatch(
    /^random, adjusted +0\.\d{3} +± 0\.\d{3}, best on labels 0\.\d{3} ± 0\.\d{3}; of 10 random/m,
  )
  expect(stdout).toMatch(/^NAB standard +\d+\.\d at 1\.052, the best on labels; -\d+\.\d by its own alarms$/m)
  expect(stdout).toMatch(/^delay +no event was found$/m)
  expect(stdout).toMatch(/^lead +0 of 2 failures foreseen$/m)
  const late = await place.run('evaluate', 'scores.csv', '--labels', 'known', ...options.slice(4))
  expect(late.stdout).toMatch(/^lead +median 10\.0 min, mean 10\.0 min; 2 of 2 failures foreseen$/m)
})

test('windows beyond the scores are left out with a warning', async () => {
  writeFileSync(
    place.path('more.csv'),
    `machine,start,end\nleft,${time(50)},${time(59)}\nleft,${time(200)},${time(210)}\n`,
  )
  const { code, stderr } = await place.run('evaluate', 'scores.csv', '--labels', 'more.csv')
  expect(code).toBe(0)
  expect(stderr).toBe('tempocode: warning: 1 of the windows holds no row of scores.csv, and is left out\n')
})

test.each([
  [['--labels', 'nothing'], /^--labels: scores\.csv has no column "nothing", and nothing does not exist$/],
  [['--labels', 'score'], /^scores\.csv, column "score": a label is missing; labels are 0 and 1$/],
  [['--labels', 'known', '--horizon', '3h'], /^--failures and --horizon are of use together alone$/],
  [
    ['--labels', 'known', '--failures', 'failures.csv', '--horizon', '3w'],
    /^--horizon "3w" is not allowed; use a time such as/,
  ],
  [['--labels', 'known', '--threshold', 'high'], /^--threshold "high" is not allowed; use a number$/],
  [[], /^required option "--labels <labels>" not specified; usage: /],
])('%j: refused on one line', async (args, message) => {
  expectRefusal(await place.run('evaluate', 'scores.csv', ...args), message)
})

test('without alarms there must be a threshold', async () => {
  writeFileSync(place.path('bare.csv'), 'row,score,label\n1,0.1,0\n2,0.9,1\n')
  const { code, stderr } = await place.run('evaluate', 'bare.csv', '--labels', 'label')
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'tempocode: bare.csv has no column "anomaly" to tell alarms by; give --threshold\n',
  })
})
