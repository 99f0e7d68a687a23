import { marbles } from '../../../src/testing/index.js';
import { at, createLog, phone } from '../phone.js';

const backgroundFetch = { pre: { fetchedData: '{"a":1}', afterMs: 300, path: 'pages/a', query: 'b=1', scene: 1005 } };

describe('wx.getBackgroundFetchData', () => {
  it.each([
    ['android-cronet', 'getBackgroundFetchData:fail no cached data'],
    ['ios-cronet', 'nothing'],
  ] as const)('does not wait for what has not come yet, and tells of it when it has: %s', (dialect, early) => {
    marbles(({ flush }) => {
      const { wx } = phone({}, { dialect, backgroundFetch });
      const { lines, note } = createLog();
      const ask = () => {
        wx.getBackgroundFetchData({
          fetchType: 'pre',
          success: ({ fetchedData, path, query, scene, timeStamp }) =>
            note(fetchedData === '' ? 'nothing' : [fetchedData, path, query, scene, timeStamp].join(' ')),
          fail: ({ errMsg }) => note(errMsg),
        });
      };
      wx.onBackgroundFetchData(({ fetchType, fetchedData }) => note(`${fetchType} ${fetchedData}`));
      ask();
      at(400, ask);
      flush();

      expect(lines).toEqual([`0 ${early}`, '300 pre {"a":1}', '400 {"a":1} pages/a b=1 1005 300']);
    })();
  });

  it(
    'refuses a kind that there is not',
    marbles(({ flush }) => {
      const { lines, note } = createLog();
      phone({}).wx.getBackgroundFetchData({ fetchType: 'daily', fail: ({ errMsg }) => note(errMsg) });
      flush();

      expect(lines).toEqual([
        '0 getBackgroundFetchData:fail parameter error: parameter.fetchType should be pre or periodic;',
      ]);
    }),
  );

  it(
    'keeps the token of the app over a restart',
    marbles(({ flush }) => {
      const simulator = phone({});
      const { lines, note } = createLog();
      simulator.wx.setBackgroundFetchToken({ token: 'abc', success: ({ errMsg }) => note(errMsg) });
      simulator.wx.setBackgroundFetchToken({ token: 1 as never, fail: ({ errMsg }) => note(errMsg) });
      at(1, () => {
        simulator.restart().getBackgroundFetchToken({ success: ({ token }) => note(token) });
      });
      flush();

      expect(lines).toEqual([
        '0 setBackgroundFetchToken:ok',
        '0 setBackgroundFetchToken:fail parameter error: parameter.token should be String;',
        '1 abc',
      ]);
    }),
  );
});
