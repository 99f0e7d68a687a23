const collectCoverage = process.env.COVERAGE === 'true';

/** @type {import('jest').Config} */
export default {
  testEnvironment: collectCoverage ? '<rootDir>/scripts/coverage-environment.mjs' : 'node',
  // Jest would leave one core out, which is half of what CI has.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/scripts/long-files-first.mjs',
  roots: ['<rootDir>/marble-tests', '<rootDir>/tests'],
  setupFilesAfterEnv: ['<rootDir>/tests/support/compare-errors.ts'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // rxjs as its one file: jest loads all modules anew for each test file, and rxjs has 200.
    '^rxjs$': '<rootDir>/node_modules/rxjs/dist/bundles/rxjs.umd.js',
    '^rxjs/testing$': '<rootDir>/scripts/rxjs-testing.cjs',
    '^fast-check$': '<rootDir>/scripts/fast-check.cjs',
  },
  // Those of our own are silent, but on CI: .ci/run wants the counts on a line of their own, the table of conformance those
  // of each clause, and a file that hangs must not hang it.
  reporters: [
    'default',
    '<rootDir>/scripts/count-tests-reporter.mjs',
    '<rootDir>/scripts/conformance/reporter.mjs',
    '<rootDir>/scripts/hanging-file-reporter.mjs',
  ],
  // COVERAGE=true npm test: it takes half as long again, so it is asked for by hand, before a release. The floor is what there was.
  collectCoverage,
  coverageProvider: 'v8',
  collectCoverageFrom: ['src/**/*.ts', '!src/**/index.ts'],
  coverageReporters: ['text-summary'],
  coverageThreshold: { global: { statements: 97, branches: 94, functions: 95, lines: 97 } },
  transform: {
    '\\.ts$': [
      'ts-jest',
      {
        // Types are checked by `npm run lint`; here each file is only translated, which is four times quicker.
        tsconfig: {
          module: 'esnext',
          moduleResolution: 'bundler',
          target: 'ES2022',
          // As tsc 7 reads it, always: a default import from CommonJS is `module.exports`.
          esModuleInterop: true,
          isolatedModules: true,
          sourceMap: true,
        },
      },
    ],
  },
};
