import type { Language } from './language.js';
import type { CommandContext } from './command-context.js';
import type { Paint } from './terminal/paint.js';

/** Every option that a command of ours may have; each says in its help which it takes. */
export const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  config: { type: 'string' },
  json: { type: 'boolean' },
  format: { type: 'string' },
  explain: { type: 'string' },
  fix: { type: 'boolean' },
  'dry-run': { type: 'boolean' },

  method: { type: 'string' },
  header: { type: 'string', multiple: true },
  data: { type: 'string' },
  domain: { type: 'string', multiple: true },
  charset: { type: 'string' },
  timeout: { type: 'string' },
  ca: { type: 'string' },
  resolve: { type: 'string', multiple: true },

  background: { type: 'string', multiple: true },
  offline: { type: 'string', multiple: true },
  page: { type: 'string' },
  'visit-all': { type: 'boolean' },
  script: { type: 'string' },
  map: { type: 'string', multiple: true },
  mock: { type: 'string' },
  phone: { type: 'string' },
  trace: { type: 'boolean' },
  for: { type: 'string' },

  port: { type: 'string' },
  'phone-port': { type: 'string' },
  lan: { type: 'boolean' },
  code: { type: 'string' },
  'no-open': { type: 'boolean' },
  mcp: { type: 'boolean' },
  inspect: { type: 'boolean' },
} as const;

/** The values, by the names above. */
export type OptionValues = {
  readonly [Name in keyof typeof OPTIONS]?:
    | ((typeof OPTIONS)[Name] extends { readonly type: 'boolean' }
        ? boolean
        : (typeof OPTIONS)[Name] extends { readonly multiple: true }
          ? string[]
          : string)
    | undefined;
};

/** What a command is given. */
export interface CommandInput {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
  readonly language: Language;
  readonly paint: Paint;
  readonly context: CommandContext;
}
