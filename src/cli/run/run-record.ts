import type { Refusal } from '../../platform/refusal.js';
import type { SimulatorEvent } from '../../simulator/events.js';
import type { Language } from '../language.js';
import { refusalFix, refusalText } from '../refusal-text.js';
import type { Paint } from '../terminal/paint.js';
import { visible } from '../terminal/visible.js';

/** What became of the calls of a run. */
export interface RunRecord {
  readonly note: (event: SimulatorEvent) => void;
  /** How many calls a rule refused, at once or at a redirect. */
  readonly refusedCalls: () => number;
  readonly summary: (language: Language, paint: Paint) => string[];
}

interface Call {
  readonly api: string;
  readonly method: string;
  url: string;
  rule?: string | undefined;
  detail?: string | undefined;
  refusal?: Refusal | undefined;
  errMsg?: string | undefined;
  outcome?: string | undefined;
  refused: boolean;
}

interface LooseEvent {
  readonly type: string;
  readonly id?: number;
  readonly api?: string;
  readonly method?: string;
  readonly url?: string;
  readonly rule?: string | undefined;
  readonly detail?: string | undefined;
  readonly refusal?: Refusal | undefined;
  readonly outcome?: string | undefined;
  readonly errMsg?: string | undefined;
}

/** Keeps the book of a run. */
export function createRunRecord(): RunRecord {
  const calls = new Map<number, Call>();

  const alike = (wanted: (call: Call) => boolean) => {
    const groups = new Map<string, { readonly call: Call; count: number }>();
    for (const call of calls.values()) {
      if (!wanted(call)) continue;
      const key = `${call.rule ?? ''} ${call.method} ${call.url.replace(/[?#].*$/, '')} ${call.detail ?? ''}`;
      const group = groups.get(key);
      if (group) group.count++;
      else groups.set(key, { call, count: 1 });
    }
    return [...groups.values()];
  };
  const count = (wanted: (call: Call) => boolean) => [...calls.values()].filter(wanted).length;
  const isRefused = (call: Call) => call.refused;
  const isFailed = ({ refused, outcome }: Call) => !refused && outcome !== undefined && outcome !== 'success';

  return {
    note: (event) => {
      // Sockets have events of their own, which a simulator may or may not know.
      const told: LooseEvent = event;
      const { id, type, rule, errMsg } = told;
      if (id === undefined) return;
      if (type === 'called' || type === 'socket-created') {
        const { api = '', method = api, url = '' } = told;
        calls.set(id, { api, method, url, refused: false });
      }
      const call = calls.get(id);
      if (!call) return;
      switch (type) {
        case 'refused':
          Object.assign(call, { rule, detail: told.detail, refusal: told.refusal, refused: true });
          return;
        case 'settled':
          Object.assign(call, { outcome: told.outcome, errMsg, rule: call.rule ?? rule });
          return;
        case 'socket-connecting':
          call.url = told.url ?? call.url;
          return;
        case 'socket-opened':
          call.outcome = 'success';
          return;
        case 'socket-failed':
          Object.assign(call, { outcome: 'fail', errMsg, rule: call.rule ?? rule });
      }
    },
    refusedCalls: () => count(isRefused),
    summary: (language, paint) => {
      const [all, answered] = [calls.size, count(({ outcome }) => outcome === 'success')];
      const [refused, failed] = [count(isRefused), count(isFailed)];
      const open = all - answered - refused - failed;
      const lines = [
        language === 'zh'
          ? `共 ${all} 次调用：${answered} 次有应答，${refused} 次被规则拒绝，${failed} 次失败${open > 0 ? `，${open} 次未结束` : ''}`
          : `${all} ${all === 1 ? 'call' : 'calls'}: ${answered} answered, ${refused} refused by a rule, ${failed} failed${open > 0 ? `, ${open} not ended` : ''}`,
      ];
      const tell = (title: string, wanted: (call: Call) => boolean, look: 'bad' | 'notice') => {
        const groups = alike(wanted);
        if (groups.length > 0) lines.push('', paint(look, title));
        for (const { call, count: times } of groups) {
          const many = times > 1 ? ` ×${times}` : '';
          lines.push(`  ${paint('strong', call.rule ?? '-')}  ${call.method} ${visible(call.url)}${many}`);
          lines.push(`    ${visible(reasonOf(call, language) ?? call.detail ?? call.errMsg ?? '')}`);
        }
      };
      tell(language === 'zh' ? '被规则拒绝' : 'refused by a rule', isRefused, 'bad');
      tell(language === 'zh' ? '失败' : 'failed', isFailed, 'notice');
      return lines;
    },
  };
}

/** The simulator speaks English; of addresses the same can be said in Chinese. */
function reasonOf({ refusal }: Call, language: Language): string | undefined {
  if (language === 'en' || !refusal) return undefined;
  return [refusalText(refusal).zh, refusalFix(refusal)?.zh].filter((part) => part !== undefined).join('；');
}

/** One event in a line, for `--trace`. */
export function traceLine(event: SimulatorEvent, startedAt: number): string {
  const { at, type, ...rest } = event;
  const seconds = ((at - startedAt) / 1_000).toFixed(3).padStart(8);
  const { id, ...details } = rest as { readonly id?: number };
  const told = Object.entries(details)
    // What a refusal says, its detail says in words.
    .filter(([name, value]) => value !== undefined && name !== 'refusal')
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
  return visible(`${seconds} s  ${id === undefined ? '' : `#${id} `}${type}  ${told}`.trimEnd());
}
