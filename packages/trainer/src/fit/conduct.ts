import type { Engine } from '../engines/engine.js'
import { type Basis, type Checkpoint, checkDevice } from './checkpoint.js'
import type { Course } from './course.js'
import type { FitOptions } from './options.js'
import { type Plan, type Stopped, Training } from './training.js'

/** A training that is over. */
export interface Conducted {
  course: Course
  stopped: Stopped
  /** The loss before training, of the validation windows, or of the training windows where there are no others. */
  initialLoss: number
  /** The same of the weights that were kept. */
  finalLoss: number
  /** Where it ended. */
  checkpoint: Checkpoint
}

/** Trains from the start, or from a checkpoint on, and leaves the engine with the weights of the best epoch. */
export async function conduct(
  engine: Engine,
  basis: Basis,
  plan: Omit<Plan, 'settings' | 'from'>,
  { resume, ...callbacks }: FitOptions,
): Promise<Conducted> {
  const measured = plan.validation ?? plan.train
  if (resume) checkDevice(engine, resume)
  const initialLoss = resume?.initialLoss ?? (await engine.evaluate(measured))
  if (resume) await engine.restore(resume.state)
  const { name, device, threads } = engine
  const checkpointOf = (course: Course): Checkpoint => ({
    ...course,
    ...basis,
    engine: { name, device, threads },
    initialLoss,
  })
  const { course, stopped } = await new Training(
    engine,
    { ...plan, settings: basis.settings, from: resume },
    {
      ...callbacks,
      onCheckpoint: async (course) => callbacks.onCheckpoint?.(checkpointOf(course)),
    },
  ).run()
  if (course.best) await engine.restore(course.best.state)
  const finalLoss = await engine.evaluate(measured)
  return { course, stopped, initialLoss, finalLoss, checkpoint: checkpointOf(course) }
}
