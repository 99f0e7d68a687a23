import type { Observable } from 'rxjs';
import { NetworkError, readFile$, type WxFailure, type WxReadFilePort } from '../../src/index.js';
import { marbles } from '../../src/testing/index.js';

const filePath = 'wxfile://tmp_a.png';
const bytes = new Uint8Array([1, 2, 3]).buffer;

function reading(answers: () => Observable<unknown>): WxReadFilePort & { readonly paths: string[] } {
  const paths: string[] = [];
  return {
    paths,
    getFileSystemManager: () => ({
      readFile(option) {
        paths.push(option.filePath);
        answers().subscribe({
          next: () => option.success?.({ data: bytes }),
          error: (failure: WxFailure) => option.fail?.(failure),
        });
      },
    }),
  };
}

describe('readFile$', () => {
  it(
    'reads the bytes each time it is subscribed to',
    marbles(({ cold, expectObservable, flush }) => {
      const wx = reading(() => cold('                    ---b'));
      const result$ = readFile$(filePath, { wx });
      expect(wx.paths).toEqual([]);

      expectObservable(result$).toBe('                   ---(b|)', { b: bytes });
      expectObservable(result$, '                        -^').toBe('----(b|)', { b: bytes });
      flush();

      expect(wx.paths).toEqual([filePath, filePath]);
    }),
  );

  it(
    'fails as a NetworkError where there is no file',
    marbles(({ cold, expectObservable }) => {
      const failure = { errMsg: `readFile:fail no such file or directory, open ${filePath}`, errno: 1300002 };
      const wx = reading(() => cold('--#', undefined, failure));

      expectObservable(readFile$(filePath, { wx })).toBe(
        '--#',
        undefined,
        new NetworkError(`${failure.errMsg}; correct what it names`, {
          code: 'invalid-argument',
          api: 'readFile',
          url: filePath,
          phase: 'attempt',
          errno: 1300002,
          errMsg: failure.errMsg,
          cause: failure,
        }),
      );
    }),
  );
});
