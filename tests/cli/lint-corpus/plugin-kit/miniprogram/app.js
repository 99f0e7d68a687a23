const plugin = requirePlugin('kit');
App({ onLaunch() { plugin.setHost('https://plug-own.example.com'); plugin.getData((data) => console.log(data)); wx.request({ url: 'https://plug-mini.example.com' }); } });
