/** Who may import whom. Read from the bottom up: each package sees those below it and no others. */
const allowed = {
  core: [],
  models: ['core'],
  runtime: ['core'],
  converters: ['core', 'models', 'runtime'],
  trainer: ['core', 'models', 'converters', 'runtime'],
  cli: ['core', 'models', 'converters', 'runtime', 'trainer'],
}

const arrows = Object.entries(allowed).map(([name, others]) => ({
  name: `${name}-imports-${others.join('-') || 'nothing'}`,
  severity: 'error',
  comment: `packages/${name} may import ${others.join(', ') || 'no other package'}`,
  from: { path: `^packages/${name}/src`, pathNot: '\\.test\\.ts$' },
  to: { path: '^packages/', pathNot: [name, ...others].map((other) => `^packages/${other}/`) },
}))

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...arrows,
    {
      name: 'converters-see-the-schema-alone',
      severity: 'error',
      comment: 'of runtime, converters may import the metadata schema alone',
      from: { path: '^packages/converters/src', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/runtime/', pathNot: '^packages/runtime/src/metadata' },
    },
    {
      name: 'runtime-stays-light',
      severity: 'error',
      comment: 'runtime must not bring tfjs or protobufjs to whoever only runs a file',
      from: { path: '^packages/(runtime|core)/src', pathNot: '\\.test\\.ts$' },
      to: { path: 'node_modules/(@tensorflow|protobufjs)' },
    },
    {
      name: 'files-and-duckdb-behind-node',
      severity: 'error',
      comment: 'what needs Node sits behind the entry point for it',
      from: {
        path: '^packages/(core|models|converters|trainer)/src',
        pathNot: ['\\.test\\.ts$', '^packages/trainer/src/node/'],
      },
      to: {
        path: ['node_modules/@duckdb', '^packages/trainer/src/node/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-node-modules-in-the-core',
      severity: 'error',
      comment: 'these packages run in the browser too',
      from: {
        path: '^packages/(core|models|converters|trainer)/src',
        pathNot: ['\\.test\\.ts$', '^packages/trainer/src/node/'],
      },
      to: { dependencyTypes: ['core'] },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['/dist/', '/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['@tempocode/source', 'import', 'node', 'default'] },
  },
}
