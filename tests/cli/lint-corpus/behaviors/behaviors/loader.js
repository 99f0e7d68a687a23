const { hosts } = require('../config.json');
module.exports = Behavior({
  data: { page: 1 },
  methods: {
    getUrl(path) { return hosts.api + path; },
    load(path) { wx.request({ url: this.getUrl(path), success: (res) => this.setData({ list: res.data }) }); },
  },
});
