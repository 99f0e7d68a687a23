import { NEVER } from 'rxjs';
import { installGlobalWx, json, marbles, scriptedWx } from '../../src/testing/index.js';

const url = 'https://api.example.com/users';
const scope = globalThis as { wx?: ReturnType<typeof scriptedWx>; uni?: unknown };
/** The members of which our own types say nothing. */
const members = () => scope.wx as unknown as Record<string, jest.Mock | undefined>;

describe('installGlobalWx', () => {
  it('puts a wx of the test into the global scope, until it is taken away', () => {
    const wx = scriptedWx(() => NEVER);
    const remove = installGlobalWx(wx);
    expect([scope.wx, scope.uni]).toEqual([wx, wx]);

    remove();
    expect(['wx' in globalThis, 'uni' in globalThis]).toEqual([false, false]);
  });

  it('puts back the phone of the running test', () => {
    const removePhone = installGlobalWx();
    installGlobalWx(scriptedWx(() => NEVER))();
    const told: unknown[] = [];

    marbles(({ server, flush }) => {
      server.get(url).replies('--r|', { r: json([1]) });
      scope.wx?.request({ url, success: ({ data }) => told.push(data) });
      flush();
    })();
    removePhone();

    expect(told).toEqual([[1]]);
    expect('wx' in globalThis).toBe(false);
  });

  it('has what is not simulated, as a phone has it: stand-ins that answer, and a user who says no', () => {
    const remove = installGlobalWx();
    const told: unknown[] = [];
    const note = (result: unknown) => told.push(result);

    marbles(({ flush }) => {
      expect(['showToast' in scope.wx!, 'noSuch' in scope.wx!, members()['noSuch']]).toEqual([true, false, undefined]);
      members()['showToast']?.({ title: 'saved', success: note });
      members()['showModal']?.({ success: note });
      members()['chooseImage']?.({ fail: note });
      flush();
    })();
    remove();

    expect(told).toEqual([
      { errMsg: 'showToast:ok' },
      { confirm: false, cancel: true, content: null, errMsg: 'showModal:ok' },
      { errMsg: 'chooseImage:fail cancel' },
    ]);
  });

  it('has nothing in the place of what the client of the test lacks', () => {
    const remove = installGlobalWx();
    const body = () => {
      expect([members()['login'], 'login' in scope.wx!, members()['checkSession']]).toEqual([
        undefined,
        false,
        undefined,
      ]);
    };
    try {
      marbles(body, { simulator: { missingMembers: ['login', 'checkSession'] } })();
    } finally {
      remove();
    }
  });

  it("takes the test's own in the place of any member, and gives the phone's back", () => {
    const remove = installGlobalWx();
    const own = jest.fn();
    members()['showToast'] = own;
    const spy = jest
      .spyOn(scope.wx as unknown as { getStorageSync: () => unknown }, 'getStorageSync')
      .mockReturnValue('spied');

    marbles(() => {
      members()['showToast']?.({ title: 'a' });
      expect([members()['getStorageSync']?.('key'), 'showToast' in scope.wx!]).toEqual(['spied', true]);
      spy.mockRestore();
      expect(members()['getStorageSync']?.('key')).toBe('');
    })();
    expect(own).toHaveBeenCalledWith({ title: 'a' });

    delete members()['showToast'];
    expect(() => members()['showToast']?.({})).toThrow('wx.showToast was called outside of marbles() and scenario()');
    remove();
  });
});
