import { defineConfig } from 'vite'

// Threads need shared memory, which browsers give to pages that are sent with these.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  build: { target: 'es2022' }, // has await at the top of a module
  worker: { format: 'es' }, // the runtime's worker imports what it needs when it needs it
  optimizeDeps: { exclude: ['@tempocode/runtime', 'onnxruntime-web'] }, // they find their files by their own URLs
  server: { headers },
  preview: { headers },
})
