import js from '@eslint/js';
import rxjsX from 'eslint-plugin-rxjs-x';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importArrows } from './scripts/lint-rules/import-arrows.mjs';
import { marbleTestsUseTheKit } from './scripts/lint-rules/marble-tests-use-the-kit.mjs';
import { streamsEndWithDollar } from './scripts/lint-rules/streams-end-with-dollar.mjs';

// What runs on a phone, and what must also run in virtual time.
const appSide = [
  'src/*.ts',
  'src/{charsets,platform,sources,operators,network,resilience,cookies,queries,typed,inspect}/**/*.ts',
];
const simulatorInVirtualTime = {
  files: ['src/simulator/**/*.ts'],
  ignores: ['src/simulator/wires/node*.ts', 'src/simulator/real-time.ts', 'src/simulator/inspect.ts'],
};

/** Who may import whom: CONTRIBUTING.md, "Where things live". Everything else is refused, and so is a room without a row. */
const arrows = {
  platform: [],
  sources: ['platform', 'rxjs'],
  operators: ['platform', 'rxjs', 'type sources'],
  network: ['operators', 'sources', 'platform', 'rxjs'],
  resilience: ['network', 'operators', 'sources', 'platform', 'rxjs'],
  // A jar, a cache and typed bodies, each beside the calls.
  cookies: ['network', 'operators', 'platform', 'rxjs', 'type resilience'],
  queries: ['resilience', 'network', 'operators', 'platform', 'rxjs'],
  typed: ['network', 'platform', 'rxjs'],
  // What a network tells, put together for people; the desk and its page stand on the same.
  inspect: ['network', 'operators', 'sources', 'platform', 'rxjs'],
  index: ['network', 'operators', 'sources', 'platform', 'rxjs'],
  rxjs: ['rxjs'],
  streams: ['network', 'operators', 'sources', 'platform', 'rxjs'],
  sockets: ['network', 'operators', 'sources', 'platform', 'rxjs'],
  websocket: ['network', 'rxjs'],
  // The tables of iconv-lite, which the build puts in.
  charsets: ['platform', 'packages'],

  // The desk is loaded when somebody wants to look, and not before.
  simulator: ['desk', 'platform', 'rxjs', 'rxjs/*', 'node:', 'packages'],
  // A mini program as the phone runs it; `run` and the test kit stand on it.
  miniprogram: ['simulator', 'platform', 'rxjs', 'node:', 'packages'],
  testing: ['desk', 'inspect', 'miniprogram', 'simulator', 'platform', 'rxjs', 'rxjs/*', 'node:', 'packages'],
  // What keeps and serves what apps tell, for the command and for a simulator that is looked into.
  desk: ['inspect', 'type network', 'platform', 'type simulator', 'rxjs', 'node:'],
  cli: [
    'desk',
    'inspect',
    'type network',
    'miniprogram',
    'simulator',
    'testing',
    'platform',
    'rxjs',
    'rxjs/*',
    'node:',
    'packages',
  ],
};

/** There is none, so the typed rules about enums, which ask for the type of every argument, have nothing to find. */
const noEnums = {
  selector: 'TSEnumDeclaration',
  message: 'Write a union of texts: it needs no import and reads the same.',
};

/** Syntax that nothing in src/ needs. */
const everywhereInSrc = [
  noEnums,
  { selector: 'ExportAllDeclaration', message: 'Name what you export: the door is a list that can be read aloud.' },
  { selector: 'ExportDefaultDeclaration', message: 'Export it by name, so that it is called the same everywhere.' },
];

const rawTimers = ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'];
const otherClocks = ['requestAnimationFrame', 'cancelAnimationFrame', 'queueMicrotask', 'performance'];

/** One clock, and it is handed in: that is what lets the same code run in virtual time. */
const oneClock = (message) => ({
  'no-restricted-globals': [
    'error',
    {
      globals: [...rawTimers, ...otherClocks].map((name) => ({ name, message })),
      checkGlobalObject: true,
      globalObjects: ['global'],
    },
  ],
  'no-restricted-properties': ['error', { object: 'Date', property: 'now', message }],
  'no-restricted-syntax': [
    'error',
    ...everywhereInSrc,
    // `new Date(header)` and `Date.parse(header)` read a text, not the clock.
    { selector: ':matches(NewExpression, CallExpression)[callee.name="Date"][arguments.length=0]', message },
    // The job queue of promises is a clock too, one that no scheduler can hold. To make a promise and hand it out, as `wx`
    // does where no callback is given, is none: its owner waits, we do not.
    { selector: 'MemberExpression[object.name="Promise"]', message },
    { selector: 'CallExpression[callee.property.name=/^(then|finally)$/]', message },
    { selector: ':function[async=true]', message },
  ],
  // Nor by way of a module: `import { setTimeout } from 'node:timers/promises'`.
  'no-restricted-imports': [
    'error',
    { patterns: [{ regex: '^(node:)?(timers|timers/promises|perf_hooks)$', message }] },
  ],
});

export default defineConfig(
  // The consumer is a project of somebody else, compiled by a test.
  globalIgnores([
    'dist/',
    'miniprogram_dist/',
    'coverage/',
    'docs/',
    'tests/package/consumer/',
    'tests/cli/lint-corpus/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,

  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, rxjsX.configs.strict],
    languageOptions: {
      // One program for both sides: what a phone lacks is told by `tsc -p tsconfig.json`, which every lint runs too.
      parserOptions: {
        project: ['tsconfig.node.json', 'src/cli/inspect/page/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      // Wanted beyond the presets.
      'no-restricted-syntax': ['error', noEnums],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true, boolean: true } }],
      '@typescript-eslint/no-import-type-side-effects': 'error',

      // Told already, for less: by the compiler (`noUnusedLocals`, `noUnusedParameters`), and by the ban of enums.
      '@typescript-eslint/no-unused-vars': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',

      // Messages say what came, and what came is often a number.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => subscriber.complete()` is the short way to write a callback, and reads well.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      // `let ended = false` is taken for false for ever, although a callback changes it; and the platform, and plain
      // JavaScript callers, hand over less than their types promise.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-conversion': 'off',
      // `http$<User>(url)`: the caller says what it expects, and the parameter stands only in the result.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An operator passes on whatever its source failed with.
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true }],
      'rxjs-x/throw-error': ['error', { allowThrowingUnknown: true, allowThrowingAny: false }],
      // Headers are plain records on this platform, and a field is known by its name only at run time.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // RxJS reports loudly what nobody handles; a handler that is only there to please a rule would hide it.
      'rxjs-x/no-ignored-error': 'off',
    },
  },

  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { ours: { rules: { 'import-arrows': importArrows, 'streams-end-with-dollar': streamsEndWithDollar } } },
    rules: {
      'ours/import-arrows': ['error', arrows],
      'no-restricted-syntax': ['error', ...everywhereInSrc],
      // 150 lines is the aim; a file of 400 holds more than one idea.
      'max-lines': ['error', 400],
      'ours/streams-end-with-dollar': 'error',
    },
  },
  { files: appSide, rules: oneClock('Take a scheduler (default asyncScheduler) and read scheduler.now().') },
  { ...simulatorInVirtualTime, rules: oneClock('The simulator schedules only through its one RxJS scheduler.') },

  {
    files: ['tests/**/*.ts', 'marble-tests/**/*.ts'],
    rules: {
      // A source that fails with the letter of its marble says more than an Error would.
      'rxjs-x/throw-error': 'off',
      '@typescript-eslint/only-throw-error': 'off',
      // A stream that ends empty where a test awaits a value must fail that test.
      'rxjs-x/no-ignored-default-value': 'off',
      // Re-entrancy is what several tests are about: a consumer that subscribes from inside its callback.
      'rxjs-x/no-nested-subscribe': 'off',
      'rxjs-x/no-subscribe-in-pipe': 'off',
      // `app('--h')` draws a lane; whether anybody watches it is another matter.
      'rxjs-x/no-floating-observables': 'off',
      // A test knows what its stream fails with, and says so.
      'rxjs-x/no-implicit-any-catch': 'off',
      // Strings are taken apart letter by letter, and errors field by field, to look at the pieces.
      '@typescript-eslint/no-misused-spread': 'off',
      // `expect(wx.request).toHaveBeenCalled()` compares the function, it does not call it.
      '@typescript-eslint/unbound-method': 'off',
      // A value that is missing fails the test on that very line.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // What a test uses of a package is what src uses, where it is told.
      '@typescript-eslint/no-deprecated': 'off',
      // Stand-ins of `wx` are literals on purpose; and the rule compares the type of every value with that of its place.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Parsed bodies and jest's matchers (`expect.any(Number)`) are `any`; the expectation says what is in them.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // In virtual time there is no promise that could float, but in a few; and what types allow is told by `tsc` (decisions/0071).
    files: ['marble-tests/**/*.ts'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: Object.fromEntries(Object.keys(rxjsX.configs.strict.rules).map((name) => [name, 'off'])),
  },
  {
    files: ['marble-tests/**/*.ts'],
    plugins: { kit: { rules: { only: marbleTestsUseTheKit } } },
    // The vectors of the rules: the library and the simulator are both held against the same ones.
    rules: { 'kit/only': ['error', ['tests/support/any-character.js', 'tests/support/domain-vectors.js']] },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        clearTimeout: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['examples/miniprogram/**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { App: 'readonly', Component: 'readonly', Page: 'readonly', wx: 'readonly' },
    },
  },
  {
    // Scripts that an engine gets as one, between them the modules under test.
    files: ['tests/package/bare/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: {
        answers: 'readonly',
        at: 'readonly',
        hide: 'readonly',
        load: 'readonly',
        note: 'readonly',
        scriptedWx: 'readonly',
        show: 'readonly',
      },
    },
    rules: { 'no-unused-vars': 'off', 'no-redeclare': 'off' },
  },
);
