import type { Observable } from 'rxjs';
import { marbles } from '../src/testing/index.js';
import { CHINESE, ENGLISH, loaderOf } from './support/readme.js';

describe.each([
  ['en', ENGLISH],
  ['zh', CHINESE],
])('guide/resilience.md, %s', (_, pages) => {
  afterEach(() => Reflect.deleteProperty(globalThis, 'wx'));

  it(
    'the drafts: are found after a restart, and say where there is no room',
    marbles(({ simulator, flush }) => {
      interface Drafts {
        readonly drafts: { get(post: string): Observable<unknown> };
        readonly saveDraft: (post: string, text: string, toast: (words: string) => void) => void;
      }
      const start = () => {
        Object.assign(globalThis, { wx: simulator.wx });
        return loaderOf(pages)<Drafts>('drafts');
      };
      const toasts: string[] = [];
      const { saveDraft } = start();
      saveDraft('7', 'half a sentence', (words) => toasts.push(words));
      flush();
      saveDraft('8', 'x'.repeat(1_048_577), (words) => toasts.push(words));
      flush();
      simulator.destroy();
      simulator.restart();

      const found: unknown[] = [];
      start()
        .drafts.get('7')
        .subscribe((draft) => found.push(draft));
      flush();
      expect(toasts).toEqual(['saved', 'no room left']);
      expect(found).toEqual([{ text: 'half a sentence' }]);
    }),
  );
});
