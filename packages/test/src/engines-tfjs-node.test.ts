import * as tf from '@tensorflow/tfjs'
import { test } from 'vitest'
import { testEngine } from './engine-cases.js'
import { useTfjsNode } from './tfjs-node.js'

const missing = await useTfjsNode()
if (missing) test('tfjs-node', ({ skip }) => skip(missing))
else testEngine('tfjs-node', { engine: 'tfjs', device: 'auto' }, () => tf.setBackend('tensorflow'))
