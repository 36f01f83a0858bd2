/**
 * What loading has come to, in this order: `initiate`; of a URL `download`, and `progress` with each part of it; `done`
 * when the file is there; `ready` when it can run. ONNX Runtime's own files are loaded between the last two.
 */
export type Progress =
  | { status: 'initiate' | 'done' | 'ready' }
  | { status: 'download'; url: string }
  | {
      status: 'progress'
      /** Bytes so far. */
      loaded: number
      /** Bytes in all, where the server says so: it does not of a file that it compresses. */
      total?: number
    }

/** How reading a file is followed, and given up. */
export interface Watch {
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
}
