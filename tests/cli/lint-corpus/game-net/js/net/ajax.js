export function ajax(options) {
  const xhr = new XMLHttpRequest();
  xhr.onreadystatechange = () => { if (xhr.readyState === 4) options.success(JSON.parse(xhr.responseText)); };
  xhr.open(options.type || 'GET', options.url, true);
  xhr.send(options.data);
}
