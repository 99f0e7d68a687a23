Page({
  data: { tip: 'https://lost-shown.example.com' },
  scan() {
    wx.scanCode({
      success: ({ result }) => wx.request({ url: result })
    })
  }
})
