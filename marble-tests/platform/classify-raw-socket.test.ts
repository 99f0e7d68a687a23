import { classifyRawSocketFailure } from '../../src/platform/classify-raw-socket.js';

describe('classifyRawSocketFailure', () => {
  const CALL = { api: 'createTCPSocket', url: '192.168.7.1:9000' };
  const codeOf = (errMsg: string, errCode?: number) => classifyRawSocketFailure({ errMsg, errCode }, CALL).code;

  it.each([
    [-1, 'connection'],
    [-2, 'connection'],
    [-3, 'connection'],
    [-4, 'connection'],
    [1, 'invalid-argument'],
    [2, 'invalid-argument'],
    [0, 'unknown'],
    [3, 'unknown'],
    [undefined, 'unknown'],
  ])('takes the code %p for %s where the words are new', (errCode, code) => {
    expect(codeOf('something new', errCode)).toBe(code);
  });

  it('takes the words before the code', () => {
    expect(codeOf('connect timed out', -1)).toBe('timeout');
  });

  it('tells all that is known', () => {
    const failure = { errMsg: 'something new', errCode: -2, errno: 7 };
    const error = classifyRawSocketFailure(failure, CALL);

    expect({ ...error, cause: error.cause }).toEqual({
      name: 'NetworkError',
      what: 'something new; try again, if that is safe, and check the server',
      code: 'connection',
      phase: 'attempt',
      errno: 7,
      errMsg: 'something new',
      cause: failure,
      ...CALL,
    });
  });

  it.each([undefined, null])('makes an error of %p', (failure) => {
    expect(classifyRawSocketFailure(failure as never, CALL).code).toBe('unknown');
  });
});
