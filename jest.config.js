/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/marble-tests', '<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': [
      'ts-jest',
      {
        // Types are checked by `npm run lint`; here each file is only translated, which is four times quicker.
        tsconfig: { module: 'esnext', moduleResolution: 'bundler', target: 'ES2022', isolatedModules: true, sourceMap: true },
      },
    ],
  },
};
