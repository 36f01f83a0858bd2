import { TempocodeError } from '@tempocode/core'
import type { Checkpoint } from '../fit/checkpoint.js'
import { decodeCheckpoint, encodeCheckpoint } from '../fit/checkpoint-file.js'

/** Where a page keeps the checkpoint of a training. */
export interface BrowserCheckpoints {
  /** Puts it in the place of the one before. */
  save(checkpoint: Checkpoint): Promise<void>
  /** Undefined where there is none: `fit` and `fineTune` then begin anew. */
  load(): Promise<Checkpoint | undefined>
  delete(): Promise<void>
}

const DATABASE = 'tempocode'
const STORE = 'checkpoints'

/**
 * A training's checkpoint in IndexedDB, where it outlives the page.
 *
 *     const checkpoints = browserCheckpoints('pump')
 *     await fineTune(files, rows, { resume: await checkpoints.load(), onCheckpoint: checkpoints.save })
 *
 * @param name tells the trainings of an origin apart
 * @throws TempocodeError by its calls: `file` where the browser refuses, as it does when there is no room left, or where
 * what is stored is no checkpoint
 */
export function browserCheckpoints(name: string): BrowserCheckpoints {
  const inStore = <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) =>
    withDatabase(name, async (database) => {
      const transaction = database.transaction(STORE, mode)
      const answer = ask(transaction.objectStore(STORE))
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve()
        transaction.onabort = () => reject(transaction.error)
      })
      return answer.result
    })
  return {
    async save(checkpoint) {
      const bytes = await encodeCheckpoint(checkpoint)
      await inStore('readwrite', (store) => store.put(bytes, name))
    },
    async load() {
      const bytes = await inStore<Uint8Array | undefined>('readonly', (store) => store.get(name))
      return bytes && decodeCheckpoint(bytes, `checkpoint "${name}"`)
    },
    async delete() {
      await inStore('readwrite', (store) => store.delete(name))
    },
  }
}

/** Opens the database for some work, and closes it, so that other tabs can have it. */
async function withDatabase<T>(name: string, work: (database: IDBDatabase) => Promise<T>): Promise<T> {
  try {
    const database = await open()
    try {
      return await work(database)
    } finally {
      database.close()
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new TempocodeError('file', `checkpoint "${name}" in IndexedDB: ${reason}`, {}, { cause })
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
