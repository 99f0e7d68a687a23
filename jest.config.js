/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/marble-tests', '<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  // The second is silent except in .ci/run, which wants the counts on a line of their own.
  reporters: ['default', '<rootDir>/scripts/count-tests-reporter.mjs'],
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
