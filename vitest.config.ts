import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['@tempocode/source', 'module', 'node', 'default'] } },
  resolve: { conditions: ['@tempocode/source', 'module', 'node', 'default'] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'bench/src/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: './vitest.setup.js',
    testTimeout: 120_000,
    hookTimeout: 300_000,
    pool: 'forks', // onnxruntime-node keeps native state that worker threads would share
  },
})
