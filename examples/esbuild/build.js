import { cpSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

await build({
  entryPoints: { main: 'main.js', 'browser-worker': '@tempocode/runtime/browser-worker' },
  outdir: 'dist',
  bundle: true,
  splitting: true, // what only some pages need is loaded when they do
  format: 'esm',
  target: 'es2022',
  minify: true,
})
cpSync('index.html', 'dist/index.html')
const wasm = 'ort-wasm-simd-threaded.wasm' // ONNX Runtime finds it beside the script
cpSync(fileURLToPath(import.meta.resolve(`onnxruntime-web/${wasm}`)), `dist/${wasm}`)
