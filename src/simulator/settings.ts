import { asyncScheduler, type SchedulerLike } from 'rxjs';
import { unreadable } from '../platform/check-options.js';
import { compileDomains, type CompiledDomains } from '../platform/domain-lists.js';
import { OPTION_RULES, type OPTION_TABLE } from './option-table.js';
import { isOptions } from './option-values.js';
import type { SimulatorOptions } from './options.js';
import { phoneOf, PHONES } from './phones.js';
import { realTime } from './real-time.js';
import { shown } from './shown.js';
import { storageSettingsOf, type StorageSettings } from './values/storage-options.js';

/** The options with the defaults of their phone: `undefined` only where there is none. */
type Filled = {
  readonly [Name in keyof SimulatorOptions]-?:
    Exclude<SimulatorOptions[Name], undefined> | Extract<(typeof OPTION_TABLE)[Name]['byDefault'], undefined>;
};

/** The options, checked, with every default in its place, and the lists ready to be asked. */
export type Settings = Omit<Filled, 'domains' | 'scheduler' | 'storage'> & {
  readonly domains: CompiledDomains;
  readonly scheduler: SchedulerLike;
  readonly storage: StorageSettings;
};

/**
 * Fills in the defaults.
 *
 * @throws TypeError that says what was expected, what came, and what to do, for each option that is wrong.
 */
export function settingsOf(options: SimulatorOptions = {}): Settings {
  // The type says so, but the author of a script in JavaScript has not read it.
  const problems = problemsOf(options);
  if (problems.length > 0) throw new TypeError(`createSimulator: ${problems.join('\n')}`);

  const filled = filledIn(options);
  const {
    request = [],
    uploadFile = [],
    downloadFile = [],
    socket = [],
    tcp = [],
    udp = [],
    ...others
  } = filled.domains;
  return {
    ...filled,
    // Spread first, so that a list under a wrong name is reported where the names are known.
    domains: compileDomains({ ...others, request, uploadFile, downloadFile, socket, tcp, udp }),
    storage: storageSettingsOf(filled.storage),
    // A wire of one's own has `asyncScheduler`, and what both schedule has to stay in one order.
    scheduler: filled.scheduler ?? (filled.wire ? asyncScheduler : realTime),
  };
}

function filledIn(options: SimulatorOptions): Filled {
  const given = options as Readonly<Record<string, unknown>>;
  const phone = phoneOf(options);
  const ofPhone = PHONES[phone] as Readonly<Record<string, unknown>>;
  const entries = [...OPTION_RULES].map(([name, { byDefault }]) => [name, given[name] ?? ofPhone[name] ?? byDefault]);
  return { ...(Object.fromEntries(entries) as Filled), phone };
}

function problemsOf(options: SimulatorOptions): readonly string[] {
  let place = 'options';
  try {
    if (!isOptions(options)) return [`options: expected an object; got ${shown(options)}`];
    const problems: string[] = [];
    for (place of Object.keys(options)) problems.push(...problemsOfOption(place, options[place]));
    return [...problems, ...problemsBetween(options)];
  } catch (cause) {
    return [unreadable(place, cause)];
  }
}

function problemsOfOption(name: string, value: unknown): readonly string[] {
  const rule = OPTION_RULES.get(name);
  if (!rule) return [`Unknown option '${name}'; known: ${[...OPTION_RULES.keys()].sort().join(', ')}`];
  return value === undefined || rule.accepts(value) ? [] : [`${name}: expected ${rule.expected}; got ${shown(value)}`];
}

/** What each may be, and not together. */
function problemsBetween(options: SimulatorOptions): readonly string[] {
  const problems: string[] = [];
  const { urlCheck, envVersion, wire, lookup, ca, neighbours } = options;
  if (urlCheck === false && envVersion === 'release') {
    problems.push(
      "urlCheck: a release always checks; set envVersion to 'develop', 'trial' or 'devtools', or leave urlCheck on",
    );
  }
  if (wire && (lookup ?? ca ?? neighbours)) {
    problems.push('wire: lookup, ca and neighbours belong to real sockets; leave wire out, or leave them out');
  }
  return problems;
}
