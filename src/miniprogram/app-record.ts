import type { Refusal } from '../platform/refusal.js';
import type { SimulatorEvent } from '../simulator/events.js';
import type { SourcePlace } from './app-problem.js';
import type { StandInKind } from './stand-ins.js';

/** How a call ended. `cut`: by the suspension of the app (BG-1). */
export type CallOutcome = 'answered' | 'refused' | 'failed' | 'cut' | 'open';

/** A call of the network, as the report tells of it. */
export interface RecordedCall {
  readonly id: number;
  readonly api: string;
  readonly method: string;
  readonly url: string;
  /** The page that was in front, or `''` before the first. */
  readonly page: string;
  /** Milliseconds since the start. */
  readonly at: number;
  readonly durationMs?: number | undefined;
  readonly outcome: CallOutcome;
  readonly status?: number | undefined;
  readonly rule?: string | undefined;
  /** What was wrong and what to do, where a rule refused it. */
  readonly detail?: string | undefined;
  readonly refusal?: Refusal | undefined;
  readonly errMsg?: string | undefined;
  /** Why a socket did not open, where the desk knows more than the app is told: `status 403`, a sub-protocol that nobody asked for … */
  readonly reason?: string | undefined;
  /** Whether the app was hidden when it was made. */
  readonly inBackground: boolean;
  /** Whether it took longer than `slowMs`. */
  readonly slow: boolean;
}

/** Something that the app threw and did not catch. */
export interface RecordedError {
  readonly message: string;
  readonly page: string;
  readonly place?: SourcePlace | undefined;
  /** Of a page that `--visit-all` opened without the query that its links give it: it may be no fault of the app. */
  readonly withoutQuery?: true;
}

/** What a run has seen. The shape is versioned: a field is added within a version, and changed with the next. */
export interface AppReport {
  readonly version: 1;
  readonly calls: readonly RecordedCall[];
  /** The pages that were opened, in the order of their first time. */
  readonly pages: readonly { readonly path: string; readonly opened: number; readonly calls: number }[];
  readonly standIns: readonly { readonly api: string; readonly kind: StandInKind; readonly count: number }[];
  readonly errors: readonly RecordedError[];
  /** Failures of `wx` that the app handed on and nobody handled, in their words. */
  readonly unhandled: readonly { readonly errMsg: string; readonly count: number }[];
  /** Plugins and components that are not here. */
  readonly missing: readonly string[];
  readonly summary: {
    readonly calls: number;
    readonly answered: number;
    readonly refused: number;
    readonly failed: number;
    readonly cut: number;
    readonly open: number;
    readonly slow: number;
    readonly inBackground: number;
    readonly errors: number;
  };
}

/** The book of a run. */
export interface AppRecord {
  readonly note: (event: SimulatorEvent) => void;
  readonly enter: (page: string) => void;
  readonly opened: (page: string) => void;
  readonly standIn: (api: string, kind: StandInKind) => void;
  readonly unhandled: (errMsg: string) => void;
  /** The page that is entered from now on lacks the query that its links give it, until it is told that none does. */
  readonly lacksQuery: (doesIt: boolean) => void;
  /** @param isProblem - Of the app's files, whatever page is in front. */
  readonly threw: (error: Pick<RecordedError, 'message' | 'place'>, isProblem?: boolean) => void;
  readonly missing: (what: string) => void;
  readonly calls: () => readonly RecordedCall[];
  readonly report: () => AppReport;
}

/** Slow for somebody who looks at a screen. */
const SLOW_MS = 3_000;

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What the events of all sorts of calls may hold. */
interface LooseEvent {
  readonly type: string;
  readonly at: number;
  readonly id?: number;
  readonly api?: string;
  readonly method?: string;
  readonly url?: string | undefined;
  readonly rule?: string | undefined;
  readonly detail?: string | undefined;
  readonly refusal?: Refusal | undefined;
  readonly outcome?: string | undefined;
  readonly statusCode?: number | undefined;
  readonly errMsg?: string | undefined;
  readonly reason?: string | undefined;
}

/** Makes an empty book. @param startedAt - By the clock of the events. */
export function createAppRecord(startedAt: number, slowMs = SLOW_MS): AppRecord {
  const calls = new Map<number, Writable<RecordedCall>>();
  const pages = new Map<string, number>();
  const standIns = new Map<string, { api: string; kind: StandInKind; count: number }>();
  const errors: RecordedError[] = [];
  const missing = new Set<string>();
  const unhandled = new Map<string, number>();
  let page = '';
  let isHidden = false;
  let isVisit = false;

  const settle = (call: Writable<RecordedCall>, outcome: CallOutcome, { at, errMsg, rule, statusCode }: LooseEvent) => {
    if (call.outcome !== 'open' && call.outcome !== 'refused') return;
    const durationMs = at - startedAt - call.at;
    Object.assign(call, { durationMs, errMsg, rule: call.rule ?? rule, status: statusCode, slow: durationMs > slowMs });
    if (call.outcome === 'open') call.outcome = outcome;
  };
  const noteCall = (told: LooseEvent, call: Writable<RecordedCall>) => {
    switch (told.type) {
      case 'refused':
        // Without a rule it is the phone that could not: a file that is not there, an argument of another type.
        Object.assign(call, { rule: told.rule, detail: told.detail, refusal: told.refusal });
        if (told.rule !== undefined) call.outcome = 'refused';
        return;
      case 'settled': {
        const failed = told.rule === 'BG-1' ? 'cut' : 'failed';
        settle(call, told.outcome === 'success' ? 'answered' : failed, told);
        return;
      }
      case 'socket-connecting':
        call.url = told.url ?? call.url;
        return;
      case 'socket-opened':
        settle(call, 'answered', told);
        return;
      case 'socket-failed':
        call.reason = told.reason;
        settle(call, 'failed', told);
        return;
      // One that was open, has failed or was refused has had its say.
      case 'socket-closed':
        if (call.outcome !== 'open') return;
        settle(call, told.rule === 'BG-1' ? 'cut' : 'failed', { ...told, errMsg: 'closed before it was open' });
    }
  };

  return {
    note: (event) => {
      const told: LooseEvent = event;
      if (told.type === 'hidden') isHidden = true;
      if (told.type === 'shown') isHidden = false;
      if (told.id === undefined) return;
      if (told.type === 'called' || told.type === 'socket-created') {
        const { id, api = '', method = api, url = '', at } = told;
        const outcome = 'open' as CallOutcome;
        calls.set(id, { id, api, method, url, page, at: at - startedAt, outcome, inBackground: isHidden, slow: false });
      }
      const call = calls.get(told.id);
      if (call) noteCall(told, call);
    },
    enter: (path) => {
      page = path;
    },
    opened: (path) => void pages.set(path, (pages.get(path) ?? 0) + 1),
    standIn: (api, kind) => {
      const key = `${api} ${kind}`;
      const known = standIns.get(key);
      if (known) known.count++;
      else standIns.set(key, { api, kind, count: 1 });
    },
    unhandled: (errMsg) => void unhandled.set(errMsg, (unhandled.get(errMsg) ?? 0) + 1),
    lacksQuery: (doesIt) => {
      isVisit = doesIt;
    },
    threw: (error, isProblem = false) =>
      void errors.push({ ...error, page, ...(isVisit && !isProblem && { withoutQuery: true }) }),
    missing: (what) => void missing.add(what),
    calls: () => [...calls.values()],
    report: () => {
      const all = [...calls.values()];
      const ended = (outcome: CallOutcome) => all.filter((call) => call.outcome === outcome).length;
      return {
        version: 1,
        calls: all.map((call) => ({ ...call })),
        pages: [...pages].map(([path, opened]) => ({
          path,
          opened,
          calls: all.filter((call) => call.page === path).length,
        })),
        standIns: [...standIns.values()],
        errors: [...errors],
        unhandled: [...unhandled].map(([errMsg, count]) => ({ errMsg, count })),
        missing: [...missing],
        summary: {
          calls: all.length,
          answered: ended('answered'),
          refused: ended('refused'),
          failed: ended('failed'),
          cut: ended('cut'),
          open: ended('open'),
          slow: all.filter(({ slow }) => slow).length,
          inBackground: all.filter(({ inBackground }) => inBackground).length,
          errors: errors.length,
        },
      };
    },
  };
}
