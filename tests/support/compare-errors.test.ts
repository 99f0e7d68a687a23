import { isNetworkError, NetworkError, type NetworkErrorDetails } from '../../src/index.js';

const DETAILS: NetworkErrorDetails = { code: 'timeout', api: 'request', phase: 'attempt', cause: { errMsg: 'late' } };
const error = (details: Partial<NetworkErrorDetails> = {}) => new NetworkError('late', { ...DETAILS, ...details });

describe('toEqual, with errors', () => {
  it.each([
    ['code', { code: 'offline' }],
    ['phase', { phase: 'total' }],
    ['api', { api: 'uploadFile' }],
    ['errno', { errno: 5 }],
    ['cause', { cause: { errMsg: 'later' } }],
    ['cause that is not there', { cause: undefined }],
  ] as const)('tells another %s apart', (_what, details) => {
    // What shows in the message would be told apart anyway.
    const other = Object.defineProperty(error(details), 'message', { value: error().message });

    expect(isNetworkError(other)).toBe(true);
    expect(other).not.toEqual(error());
    expect([{ deep: other }]).not.toEqual([{ deep: error() }]);
    expect({ deep: other }).not.toMatchObject({ deep: error() });
  });

  it('tells classes apart', () => {
    expect(new TypeError('no')).not.toEqual(new RangeError('no'));
  });

  it('takes those that are alike, made at different places', () => {
    const again = new NetworkError('late', DETAILS);

    expect(again).toEqual(error());
    expect(new TypeError('no', { cause: again })).toEqual(new TypeError('no', { cause: error() }));
  });
});
