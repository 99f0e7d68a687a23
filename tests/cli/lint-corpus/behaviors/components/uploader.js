const loader = require('../behaviors/loader');
Component({
  behaviors: [loader],
  properties: {
    action: { type: String, value: 'https://bh-action.example.com/upload' },
    placeholder: { type: String, value: 'https://bh-placeholder.example.com/p.png' },
  },
  methods: {
    choose() { wx.chooseMedia({ success: ({ tempFiles }) => this.upload(tempFiles[0].tempFilePath) }); },
    upload(filePath) { wx.uploadFile({ url: this.properties.action, filePath, name: 'file' }); this.load('/quota'); },
  },
});
