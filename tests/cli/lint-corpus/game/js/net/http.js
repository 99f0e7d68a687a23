export default class Http {
  static send(url, data, callback) {
    const xhr = new XMLHttpRequest()
    xhr.onreadystatechange = function () {
      if (xhr.readyState === 4 && xhr.status === 200) callback(JSON.parse(xhr.responseText))
    }
    xhr.open('POST', url, true)
    xhr.send(JSON.stringify(data))
  }
}
