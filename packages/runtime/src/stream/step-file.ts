import type { StreamMetadata } from '../metadata.js'
import type { Session } from '../session.js'
import { errorOf, type Verification } from '../verification.js'
import { Stream } from './stream.js'

/** A loaded step of an encoder, on which any number of streams run. */
export class StepFile {
  constructor(
    readonly session: Session,
    readonly metadata: StreamMetadata,
  ) {}

  /** Pushes the rows of the file's golden windows, each window a stream, and compares the features after the last. */
  async verify(): Promise<Verification> {
    const { columns, window, golden } = this.metadata
    const { input, output, tolerance } = golden
    const [streams] = input.shape
    const stream = new Stream(async () => this, columns, streams)
    const width = columns.length
    let features = new Float32Array(0)
    for (let t = 0; t < window; t++) {
      const rows = new Float32Array(streams * width)
      for (let s = 0; s < streams; s++) {
        const from = (s * window + t) * width
        rows.set(input.data.subarray(from, from + width), s * width)
      }
      features = (await stream.push(rows)) as Float32Array<ArrayBuffer>
    }
    return { error: errorOf(features, output.data), tolerance, device: this.session.device }
  }

  dispose(): Promise<void> {
    return this.session.release()
  }
}
