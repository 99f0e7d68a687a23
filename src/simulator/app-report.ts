import type { Report } from './events.js';

/** What an app tells while it lives, and of its end. */
export interface AppReport {
  readonly report: Report;
  /** It is killed: that is told, and what it tells while it is taken apart. Afterwards nothing is. */
  readonly dies: (takeApart: () => void) => void;
}

/** Lets through what an app tells until it has been killed, and then only the end of what was being told at that moment. */
export function createAppReport(tell: Report): AppReport {
  let silent = false;
  let told: Parameters<Report>[0] | undefined;
  let dyingId: number | undefined;

  return {
    report(event) {
      if (!silent) {
        told = event;
        tell(event);
        told = undefined;
      } else if (
        'id' in event &&
        event.id === dyingId &&
        (event.type === 'settled' || event.type === 'socket-closed')
      ) {
        tell(event);
      }
    },
    dies(takeApart) {
      // Whoever hears of a socket's birth may kill the app: its end is told all the same. Taken now, before others end.
      dyingId = told && 'id' in told ? told.id : undefined;
      tell({ type: 'destroyed' });
      takeApart();
      silent = true;
    },
  };
}
