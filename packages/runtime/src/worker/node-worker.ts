import { parentPort, workerData } from 'node:worker_threads'
import { createSession } from '../node.js'
import { nodePort } from './node-port.js'
import { start, type WorkerStart } from './start.js'

// What runs in the worker thread.

start(nodePort(parentPort!), workerData as WorkerStart, createSession)
