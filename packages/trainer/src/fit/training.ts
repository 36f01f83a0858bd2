import { Random } from '@tempocode/core'
import type { Batch, Engine, TrainingState } from '../engines/engine.js'
import { inOrder, type Windows, windowsBetween } from '../windows.js'
import type { Course, Epoch } from './course.js'
import type { DrawStep } from './draws.js'
import { EarlyStopping } from './early-stopping.js'
import { checkLoss, checkState, checkStep } from './finite.js'
import type { FitOptions } from './options.js'
import { Pace } from './pace.js'
import { Schedule } from './schedule.js'
import { type PlannedSettings, stepsIn } from './settings.js'

/** Why a training ended. */
export type Stopped = 'epochs' | 'patience' | 'signal'

/** What to train on, and how. */
export interface Plan {
  settings: PlannedSettings
  train: Windows
  validation?: Windows
  /** One for each row, see `FitOptions.sampleWeights`. */
  weights?: Float32Array
  draw?: DrawStep
  /** Where to go on. */
  from?: Course
}

type Callbacks = Pick<FitOptions, 'signal' | 'onProgress' | 'onEpoch'> & {
  /** Every `checkpointEvery`, and when a signal stops training. */
  onCheckpoint: (course: Course) => void | Promise<void>
}

/** A training under way: epoch after epoch, each over all windows in an order of its own. */
export class Training {
  readonly #schedule: Schedule
  readonly #stopping: EarlyStopping
  readonly #pace = new Pace()
  readonly #epochs: Epoch[]
  /** In an epoch, and from one checkpoint to the next. */
  readonly #steps: number
  readonly #every: number
  #step: number
  #sum: number
  #seconds: number

  constructor(
    private readonly engine: Engine,
    private readonly plan: Plan,
    private readonly callbacks: Callbacks,
  ) {
    const { settings, train, from } = plan
    const { batchSize, epochs, patience, checkpointEvery } = settings
    this.#steps = Math.ceil(train.starts.length / batchSize)
    this.#every =
      typeof checkpointEvery === 'number' ? checkpointEvery * this.#steps : stepsIn(checkpointEvery)!
    this.#schedule = new Schedule(settings, this.#steps * epochs, from?.plateau)
    this.#stopping = new EarlyStopping(patience, from?.best)
    this.#epochs = from?.epochs.slice() ?? []
    this.#step = from?.step ?? 0
    this.#sum = from?.sum ?? 0
    this.#seconds = from?.seconds ?? 0
  }

  /** Trains until all epochs are made, none has been better for long enough, or the signal comes. */
  async run(): Promise<{ course: Course; stopped: Stopped }> {
    const { settings } = this.plan
    while (this.#epochs.length < settings.epochs) {
      if (this.#stopping.isEnough(this.#epochs.length))
        return { course: await this.#course(), stopped: 'patience' }
      const isWhole = await this.#runSteps()
      if (isWhole) await this.#endEpoch()
      if (this.callbacks.signal?.aborted) {
        const course = await this.#course()
        await this.callbacks.onCheckpoint(course)
        return { course, stopped: 'signal' }
      }
    }
    return { course: await this.#course(), stopped: 'epochs' }
  }

  /** @returns whether all steps of the epoch were made: a signal may have come */
  async #runSteps(): Promise<boolean> {
    const { settings, train } = this.plan
    const { batchSize, seed, epochs } = settings
    const { signal, onProgress } = this.callbacks
    const epoch = this.#epochs.length + 1
    const places = Int32Array.from(train.starts, (_, i) => i)
    const windows = inOrder(train, new Random(seed, `order of epoch ${epoch}`).shuffle(places))
    const begin = performance.now() - 1000 * this.#seconds
    while (this.#step < this.#steps && !signal?.aborted) {
      const count = Math.min(this.#pace.steps, this.#steps - this.#step, this.#stepsToCheckpoint)
      const batches = Array.from({ length: count }, (_, i) => this.#batch(windows, i))
      const results = await this.#pace.measure(count, () => this.engine.train(batches))
      results.forEach((result, i) => {
        checkStep(result, epoch, this.#step + i + 1)
        this.#sum += result.loss * batches[i].starts.length
      })
      this.#step += count
      this.#seconds = (performance.now() - begin) / 1000
      const loss = this.#sum / Math.min(this.#step * batchSize, train.starts.length)
      onProgress?.({ epoch, epochs, step: this.#step, steps: this.#steps, loss })
      if (this.#step < this.#steps) await this.#checkpointIfDue()
    }
    return this.#step === this.#steps
  }

  async #endEpoch(): Promise<void> {
    const { train, validation } = this.plan
    const begin = performance.now()
    const epoch = this.#epochs.length + 1
    const loss = this.#sum / train.starts.length
    const validationLoss = validation && (await this.engine.evaluate(validation))
    if (validationLoss !== undefined) checkLoss(validationLoss, epoch, this.#step)
    const learningRate = this.#schedule.rateAt(this.#stepsDone - 1)
    const seconds = this.#seconds + (performance.now() - begin) / 1000
    const state = await this.#state()
    this.#schedule.see(this.#stopping.see(epoch, validationLoss ?? loss, state))
    this.#epochs.push({ epoch, loss, validationLoss, learningRate, seconds })
    this.#step = 0
    this.#sum = 0
    this.#seconds = 0
    this.callbacks.onEpoch?.(this.#epochs.at(-1)!)
    await this.#checkpointIfDue(state)
  }

  #batch(order: Windows, index: number): Batch {
    const { settings, weights, draw } = this.plan
    const first = (this.#step + index) * settings.batchSize
    const windows = windowsBetween(order, first, first + settings.batchSize)
    const { starts } = windows
    const step = this.#stepsDone + index
    return {
      ...windows,
      learningRate: this.#schedule.rateAt(step),
      weights: weights && Float32Array.from(starts, (start) => weights[start] / starts.length),
      draws: draw?.(step, starts.length),
    }
  }

  get #stepsDone(): number {
    return this.#epochs.length * this.#steps + this.#step
  }

  get #stepsToCheckpoint(): number {
    return this.#every - (this.#stepsDone % this.#every)
  }

  async #checkpointIfDue(state?: TrainingState): Promise<void> {
    if (this.#stepsToCheckpoint === this.#every) await this.callbacks.onCheckpoint(await this.#course(state))
  }

  async #course(state?: TrainingState): Promise<Course> {
    return {
      state: state ?? (await this.#state()),
      best: this.#stopping.best,
      plateau: { ...this.#schedule.plateau },
      epochs: this.#epochs.slice(),
      step: this.#step,
      sum: this.#sum,
      seconds: this.#seconds,
    }
  }

  async #state(): Promise<TrainingState> {
    const state = await this.engine.state()
    checkState(state, this.#epochs.length + 1, this.#step)
    return state
  }
}
