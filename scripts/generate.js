// Generates the ONNX writer from its schema: a static module, so that nothing is parsed or evaluated at run time.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import protobuf from 'protobufjs-cli'

const directory = new URL('../packages/converters/src/onnx/', import.meta.url)
const schema = new URL('onnx.proto', directory).pathname
const module = new URL('generated/onnx.js', directory).pathname
const types = new URL('generated/onnx.d.ts', directory).pathname

mkdirSync(dirname(module), { recursive: true })
const unused = ['create', 'verify', 'convert', 'delimited', 'service', 'decode', 'typeurl'].map(
  (part) => `--no-${part}`,
)
await promisify(protobuf.pbjs.main)([
  '-t',
  'static-module',
  '-w',
  'es6',
  '--es6',
  ...unused,
  '-o',
  module,
  schema,
])
await promisify(protobuf.pbts.main)(['-o', types, module])
