// What an app does in its first seconds; phone.js is in front of it.
'use strict';

function scenario() {
  var mini = load('app.js', 'rx-miniprogram');
  var rx = load('app.js', 'rx-miniprogram/rxjs');
  var api = 'https://api.example.com';
  var bytes = [0xef, 0xbb, 0xbf, 0x5b, 0x22, 0xe4, 0xbd, 0xa0, 0xf0, 0x9f, 0x98, 0x80, 0x22, 0x5d];

  answers['/items'] = [100, '[{"id":1}]'];
  answers['/bytes'] = [100, new Uint8Array(bytes).buffer];
  answers['/gone'] = [100, 'nothing', 404];
  answers['/await'] = [100, '"a promise"'];
  answers['/held'] = [100, '"held"'];
  answers['/feed'] = [60000, '"late"'];

  function watch(label, answer$) {
    return answer$.subscribe({
      next: function (answer) {
        note(label + ' ' + answer.status + ' ' + JSON.stringify(answer.body));
      },
      error: function (error) {
        if (!mini.isNetworkError(error) || !(error instanceof mini.NetworkError)) throw error;
        note(label + ' ' + error.code + ' ' + (error.rule || '-'));
      },
      complete: function () {
        note(label + ' complete');
      },
    });
  }

  note('one rxjs ' + (mini.http$(api) instanceof rx.Observable));
  watch('items', mini.http$.get(api + '/items'));
  watch('bytes', mini.http$.get(api + '/bytes', { as: 'text', charset: 'utf-8' }));
  watch('bytes', mini.http$({ url: api + '/bytes', charset: 'auto' }));
  watch('gone', mini.http$(api + '/gone').pipe(mini.requireOk()));
  watch('refused', mini.http$('https://api.weixin.qq.com/cgi-bin/token'));
  rx.firstValueFrom(
    mini.http$(api + '/await').pipe(
      rx.map(function (answer) {
        return answer.body;
      }),
    ),
  ).then(function (body) {
    note('awaited ' + body);
  });

  at(1000, function () {
    var calls = [];
    for (var index = 0; index < 11; index++) calls.push(watch('cancelled', mini.http$.post(api + '/slow' + index, {})));
    at(1050, function () {
      // Waits: is never sent.
      calls[10].unsubscribe();
      calls.forEach(function (call) {
        call.unsubscribe();
      });
    });
  });

  at(2000, function () {
    watch('timeout', mini.http$({ url: api + '/never', attemptMs: 1000 }));
  });

  at(5000, function () {
    watch('feed', mini.http$.get(api + '/feed'));
    watch('order', mini.http$.post(api + '/order', {}));
  });
  at(6000, hide);
  at(7000, function () {
    watch('held', mini.http$.get(api + '/held'));
  });
  at(20000, function () {
    answers['/feed'] = [100, '"fresh"'];
    show();
  });
}
