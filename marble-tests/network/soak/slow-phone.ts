import type { SchedulerLike } from 'rxjs';
import type { SimulatedWx } from '../../../src/simulator/index.js';
import type { Faults } from './faults.js';
import type { Chance } from './random.js';

interface Callbacks {
  success?: (result: never) => void;
  fail?: (failure: never) => void;
}

type Start = (option: Callbacks) => { abort(): void };

const PLACES = 10;

/**
 * A phone that takes its time to tell of the end of a task that was aborted, and counts it until then, as some do
 * (discoveries/concurrency.md). An eleventh is a fault.
 */
export function slowPhone(wx: SimulatedWx, chance: Chance, scheduler: SchedulerLike, faults: Faults): SimulatedWx {
  let counted = 0;

  const counting =
    (name: 'request' | 'uploadFile' | 'downloadFile') =>
    (option: Callbacks): object => {
      if (++counted > PLACES) faults.add(`an eleventh task: ${name}`);
      let isCounted = true;
      let isAborted = false;
      const tell =
        <Told>(callback: ((told: Told) => void) | undefined) =>
        (told: Told) => {
          const end = () => {
            try {
              callback?.(told);
            } finally {
              if (isCounted) counted--;
              isCounted = false;
            }
          };
          if (isAborted) scheduler.schedule(end, chance.one(0, 1, 20, 100, 240));
          else end();
        };
      const { success, fail } = option;
      const task = (wx[name] as unknown as Start)({ ...option, success: tell(success), fail: tell(fail) });
      return Object.assign(Object.create(task) as object, {
        abort() {
          isAborted = true;
          task.abort();
        },
      });
    };

  return Object.assign(Object.create(wx) as SimulatedWx, {
    request: counting('request'),
    uploadFile: counting('uploadFile'),
    downloadFile: counting('downloadFile'),
  });
}
