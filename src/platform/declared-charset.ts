/** As far as browsers look. */
const HEAD_BYTES = 1024;

const XML = /^<\?xml\s[^>]*?\sencoding\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const COMMENT = /<!--[^]*?(?:-->|$)/g;
const META = /<meta[\s/]((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;
const ATTRIBUTE = /([^\s=/"'>]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/**
 * The label that a page or an XML document gives within itself: `gbk` in `<meta charset=gbk>`, in
 * `<meta http-equiv="Content-Type" content="text/html; charset=gbk">` and in `<?xml version="1.0" encoding="gbk"?>`.
 */
export function declaredCharsetOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode.apply(null, Array.from(bytes.subarray(0, HEAD_BYTES)));
  const xml = XML.exec(head);
  if (xml) return readable(xml[1] ?? xml[2]);

  const page = head.replace(COMMENT, '');
  META.lastIndex = 0;
  for (let meta = META.exec(page); meta; meta = META.exec(page)) {
    const { charset, content, 'http-equiv': equivalent } = attributesOf(meta[1] as string);
    if (charset) return readable(charset);
    const inContent = /charset\s*=\s*["']?\s*([^\s"';]+)/i.exec(content ?? '')?.[1];
    if (inContent !== undefined && equivalent?.toLowerCase() === 'content-type') return readable(inContent);
  }
  return undefined;
}

function readable(label: string | undefined): string | undefined {
  // Whoever could read this declaration has no UTF-16 before him, whatever it says.
  if (/^utf-16/i.test(label ?? '')) return 'utf-8';
  // Of `<meta charset=gbk/>`.
  return label?.replace(/\/$/, '');
}

function attributesOf(text: string): { readonly [name: string]: string | undefined } {
  const attributes: { [name: string]: string } = {};
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(text); found; found = ATTRIBUTE.exec(text)) {
    const name = (found[1] as string).toLowerCase();
    // The first of a name counts.
    if (!Object.prototype.hasOwnProperty.call(attributes, name)) {
      attributes[name] = found[2] ?? found[3] ?? found[4] ?? '';
    }
  }
  return attributes;
}
