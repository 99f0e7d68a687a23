import type { DomainApi } from '../../platform/domain-apis.js';
import { linesOf, type Lines } from '../config/located.js';
import type { Place } from '../finding.js';
import { createFollower } from './follow/create-follower.js';
import type { FoundCall } from './follow/client-bases.js';
import { findCalls } from './follow/find-calls.js';
import type { ModuleFacts, SourceFile, Spot } from './follow/module-facts.js';
import { createProgram } from './follow/program.js';
import { isDevelopmentName } from './follow/development.js';
import type { Text } from './follow/values.js';
import type { EnvironmentFiles } from './environment-files.js';
import { urlIn } from './found-url.js';
import { ShownAddresses, shownAs } from './shown-addresses.js';

/** An address that reaches a call, as often as it does. */
export interface CalledAddress {
  readonly api: DomainApi;
  /** As much of it as is known. */
  readonly url: string;
  readonly place: Place;
  /** Where the call stands. */
  readonly call: Place;
  readonly guessed: boolean;
  readonly development: boolean;
  readonly thirdParty: boolean;
  /** Somebody wrote in the source that it is all right. */
  readonly waived: boolean;
}

/** A call whose address is known only when the app runs. */
export interface LostAddress {
  readonly api: DomainApi;
  readonly place: Place;
  /** What is not known, as it is written. */
  readonly written: string;
}

/** What an app calls and shows. */
export interface FollowedApp {
  readonly called: readonly CalledAddress[];
  readonly lost: readonly LostAddress[];
  readonly shown: ShownAddresses;
  /** Files that are no JavaScript, or too big to parse, with the hosts that they name. */
  readonly unparsed: readonly { readonly file: string; readonly origins: readonly string[] }[];
}

/** A file of the app, with what it shows in its template. */
export interface AppFile extends SourceFile {
  readonly markup: string;
}

/** Bigger ones are bundles, which take longer to parse than they tell. */
const MAX_PARSED_CHARACTERS = 1_500_000;

/** Follows the addresses in some files to the calls. */
export function followApp(
  files: readonly AppFile[],
  roots: readonly string[],
  environment: EnvironmentFiles,
): FollowedApp {
  const shown = new ShownAddresses();
  const unparsed: { file: string; origins: readonly string[] }[] = [];
  const parsable = new Map<string, SourceFile>();
  for (const file of files) {
    shown.addMarkup(file.markup);
    if (file.script.length > MAX_PARSED_CHARACTERS) unparsed.push({ file: file.file, origins: originsIn(file.script) });
    else if (file.script !== '') parsable.set(file.path, file);
  }

  const program = createProgram(parsable, roots);
  const modules: ModuleFacts[] = [];
  for (const source of parsable.values()) {
    const isData = source.file.endsWith('.json');
    if (source.thirdParty ? !isWorthwhile(source.script) : isData && !source.script.includes('://')) continue;
    const module = program.moduleAt(source.path);
    if (module) modules.push(module);
    else unparsed.push({ file: source.file, origins: originsIn(source.script) });
  }

  const follower = createFollower(program, modules, environment.valuesOf);
  const called: CalledAddress[] = [];
  const lost = new Map<string, LostAddress>();
  const told = new Set<string>();
  const placeOf = createPlaces();
  const reached = new Set<Spot['node']>();

  const take = (call: FoundCall, text: Text, thirdParty: boolean): void => {
    const { api, spot } = call;
    if (text.origin) reached.add(text.origin.node);
    const url = urlIn(text.text, text.lost === undefined);
    if (url === undefined) {
      if (text.lost && (text.text === '' || /^[a-z]+:\/\//i.test(text.text))) loseAt(api, text.lost, thirdParty);
      return;
    }
    const { place, isWaived } = placeOf(text.origin ?? spot);
    const at = placeOf(spot);
    const key = `${api} ${url} ${place.file}:${place.line ?? 0}:${place.column ?? 0} ${String(text.development)}`;
    if (told.has(key)) return;
    told.add(key);
    const development = text.development || isDevelopmentFile(place.file);
    const guessed = call.guessed || text.guessed;
    called.push({ api, url, place, call: at.place, guessed, development, thirdParty, waived: isWaived || at.isWaived });
  };
  const loseAt = (api: DomainApi, spot: Spot, thirdParty: boolean): void => {
    if (thirdParty) return;
    const { place } = placeOf(spot);
    const { start, end } = spot.node;
    const written = spot.scope.module.source.script.slice(start ?? 0, end ?? 0).replace(/\s+/g, ' ');
    const key = `${place.file}:${place.line ?? 0}:${place.column ?? 0}`;
    if (!lost.has(key))
      lost.set(key, { api, place, written: written.length > 60 ? `${written.slice(0, 60)}…` : written });
  };

  // One's own first: the first place of a host is the one that is told.
  for (const module of [...modules].sort((a, b) => Number(a.source.thirdParty) - Number(b.source.thirdParty))) {
    const { thirdParty } = module.source;
    for (const call of findCalls(module, follower)) {
      for (const value of call.addresses) {
        if (value.kind === 'text') take(call, value, thirdParty);
        else if (value.kind === 'lost') loseAt(call.api, value.spot, thirdParty);
      }
    }
  }
  for (const module of modules) {
    if (module.source.thirdParty) continue;
    for (const { node, scope, hint } of module.mentions) {
      if (reached.has(node)) continue;
      follower.begin();
      for (const value of follower.valuesOf({ node, scope })) {
        const url = value.kind === 'text' ? value.text : '';
        // A sentence, or data, may name several.
        if (/^\s*(?:https?|wss?):/i.test(url)) shown.add(url.trim(), shownAs(url, hint));
        else shown.addMarkup(url);
      }
    }
  }
  return { called, lost: [...lost.values()], shown, unparsed };
}

function isWorthwhile(script: string): boolean {
  return /(?:https?|wss?):(?:\/\/|\\)/i.test(script) && /request|uploadFile|downloadFile|connectSocket/.test(script);
}

function isDevelopmentFile(file: string): boolean {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  const last = name.replace(/\.\w+$/, '');
  return isDevelopmentName(last) || isDevelopmentName(last.slice(last.lastIndexOf('.') + 1));
}

const IN_QUOTES = /["'`]((?:https?|wss?):(?:\/\/|\\\/\\\/)[\w.-]{1,253}(?::\d{1,5})?)/gi;

function originsIn(script: string): string[] {
  const origins = new Set<string>();
  for (const [, origin = ''] of script.matchAll(IN_QUOTES)) origins.add(origin.replace(/\\\//g, '/').toLowerCase());
  return [...origins].slice(0, 20);
}

function createPlaces() {
  const linesOfScript = new Map<SourceFile, Lines>();
  return (spot: Spot): { readonly place: Place; readonly isWaived: boolean } => {
    const { source } = spot.scope.module;
    let lines = linesOfScript.get(source);
    if (!lines) linesOfScript.set(source, (lines = linesOf(source.script)));
    const place = { file: source.file, ...lines.at(spot.node.start ?? 0) };
    return { place, isWaived: isWaived(lines, place.line) };
  };
}

/** A comment on the same line, or on the one before, that says so. */
function isWaived(lines: Lines, line: number): boolean {
  return (
    lines.text(line).includes('rx-miniprogram-ignore-line') ||
    lines.text(line - 1).includes('rx-miniprogram-ignore-next-line')
  );
}
