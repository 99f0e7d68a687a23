// One thing of each clause that the app side has to do with; phone.js is in front of it.
'use strict';

function scenario() {
  var mini = load('app.js', 'rx-miniprogram');
  var api = 'https://api.example.com';
  var bytes = [0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x22, 0xe4, 0xbd, 0xa0];
  var network = mini.createNetwork({
    domains: { request: [api, 'https://shop.example.com:8080'] },
    device: function () {
      return { localip: '192.168.1.100', netmask: '255.255.255.0' };
    },
    networkTimeout: { request: 7000 },
    onWarning: function (text) {
      note('warn ' + text);
    },
  });
  var http$ = mini.createHttp(network);
  ['/ok', '/lan', '/referer'].forEach(function (path) {
    answers[path] = [100, '{}'];
  });
  answers['http://192.168.1.7/lan'] = [100, '{}'];
  answers['/gone'] = [100, '{}', 404];
  answers['/bytes'] = [100, new Uint8Array(bytes).buffer];
  // A byte order mark of UTF-16, for which there is no decoder.
  answers['/utf16'] = [100, new Uint8Array([0xff, 0xfe, 0x41, 0]).buffer];
  answers['/feed'] = [60000, '{}'];

  function watch(id, request) {
    http$(request).subscribe({
      next: function (answer) {
        note(id + ' ' + answer.status + ' ' + JSON.stringify(answer.body));
      },
      error: function (error) {
        if (!mini.isNetworkError(error)) throw error;
        note(id + ' ' + error.code + ' ' + error.rule);
      },
    });
  }

  watch('DOM-1', 'https://other.example.org/ok');
  watch('DOM-2', 'http://api.example.com/ok');
  watch('DOM-3', 'https://8.8.8.8/ok');
  watch('DOM-4', 'https://shop.example.com:9091/ok');
  watch('DOM-5', 'https://api.example.com:443/ok');
  watch('DOM-7', 'https://api.weixin.qq.com/cgi-bin/token');
  watch('DOM-8', 'https://v2.api.example.com/ok');
  watch('LAN-1', 'http://192.168.1.100/lan');
  watch('LAN-1', 'http://192.168.1.7/lan');
  watch('LIM-1', { url: api + '/referer', header: { Referer: 'https://example.org/' } });
  watch('CB-1', api + '/gone');
  watch('ENC-1', { url: api + '/utf16', charset: 'auto', as: 'text' });
  watch('ENC-2', { url: api + '/bytes', charset: 'auto', as: 'text' });

  var sockets = load('app.js', 'rx-miniprogram/sockets');
  function nothing() {}
  function stub(names) {
    return names.split(' ').reduce(function (object, name) {
      object[name] = nothing;
      return object;
    }, {});
  }
  scriptedWx.connectSocket = function () {
    note('LIM-3 connects');
    return stub('send close onOpen onMessage onError onClose');
  };
  scriptedWx.createTCPSocket = function () {
    var socket = stub('connect write close');
    'Connect Message Error Close BindWifi'.split(' ').forEach(function (event) {
      socket['on' + event] = socket['off' + event] = nothing;
    });
    socket.connect = function (option) {
      note('TCP-1 connects ' + option.address);
    };
    return socket;
  };
  scriptedWx.createUDPSocket = function () {
    var socket = stub(
      'send close setTTL onListening offListening onMessage offMessage onError offError onClose offClose',
    );
    socket.bind = function (port) {
      note('UDP-1 binds ' + port);
      return port;
    };
    return socket;
  };
  function told(id) {
    return {
      error: function (error) {
        note(id + ' ' + error.code + ' ' + error.rule);
      },
    };
  }
  var tcp$ = sockets.createTcp(network);
  tcp$({ address: '192.168.1.100', port: 9000 }).subscribe(told('TCP-1'));
  tcp$({ address: '192.168.1.7', port: 9000 }).subscribe(told('TCP-1'));
  sockets.createUdp(network)({ port: 5353 }).subscribe(told('UDP-1'));
  at(500, function () {
    var socket$ = sockets.createSocket(network);
    var open = [];
    for (var index = 0; index < 6; index++)
      open.unshift(socket$('wss://api.example.com/' + index).messages$.subscribe(told('LIM-3')));
    at(600, function () {
      // The one that waits first, or it would get the place of another.
      open.forEach(function (socket) {
        socket.unsubscribe();
      });
    });
  });

  at(1000, function () {
    watch('TIME-1', { url: api + '/late', attemptMs: 90000 });
    watch('TIME-2', api + '/soon');
  });
  at(100000, function () {
    for (var index = 0; index < 11; index++) {
      answers['/lim' + index] = [1000, index];
      watch('LIM-2', api + '/lim' + index);
    }
  });
  at(200000, function () {
    watch('BG-1', { url: api + '/order', method: 'POST', attemptMs: 30000 });
    hide();
  });
  at(201000, function () {
    watch('BG-2', { url: api + '/ok', background: 'refuse' });
  });
}
