import type { NetworkErrorCode } from '../../../src/index.js';

/** What a call may end with on a bad day. Anything else is wrong of the library, or of the phone. */
const MAY_END_WITH: readonly NetworkErrorCode[] = ['timeout', 'connection', 'interrupted', 'background', 'offline'];

/** Counts what must not be. Calls are known by their numbers. */
export class Faults {
  calls = 0;
  readonly ends: Record<string, number> = {};
  readonly found = new Map<string, number>();
  private readonly open = new Map<
    number,
    { readonly api: string; arrivals: number; readonly mayRepeat: boolean; readonly mustRepeat: boolean }
  >();

  /** @param mustRepeat - It is sent again where the background has cut it, at most five times. */
  begin(api: string, mayRepeat: boolean, mustRepeat: boolean): number {
    this.open.set(++this.calls, { api, arrivals: 0, mayRepeat, mustRepeat });
    return this.calls;
  }

  /** At the server. */
  arrive(id: number): void {
    const call = this.open.get(id);
    if (!call) this.add('arrived after its end');
    else if (++call.arrivals > 1 && !call.mayRepeat) this.add(`doubled at the server: ${call.api}`);
  }

  end(id: number, how: string): void {
    const call = this.open.get(id);
    if (!call) this.add(`ended twice: ${how}`);
    else if (how === 'answer' && call.arrivals === 0) this.add('answered, though it never arrived');
    this.open.delete(id);
    this.ends[how] = (this.ends[how] ?? 0) + 1;
    if (how !== 'answer' && how !== 'left' && !MAY_END_WITH.includes(how as NetworkErrorCode))
      this.add(`ended with ${how}`);
    // It may be sent again, and is.
    if (how === 'interrupted' && call?.mustRepeat && call.arrivals < 6) this.add('lost: not sent again');
  }

  add(what: string): void {
    this.found.set(what, (this.found.get(what) ?? 0) + 1);
  }

  /** When all should be over. */
  close(): void {
    for (const { api } of this.open.values()) this.add(`hanging: ${api}`);
  }
}
