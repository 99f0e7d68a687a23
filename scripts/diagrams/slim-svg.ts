/**
 * Takes out of Swirly's SVG what says nothing: fifteen digits, defaults, empty texts, and a font at every letter in place of
 * one at the root. Text is put into the middle in a way that every renderer knows.
 */
export function slimSvg(xml: string): string {
  const font = /font-family="[^"]*"/.exec(xml)?.[0] ?? '';
  const ink = /<text[^>]* (fill="[^"]*")/.exec(xml)?.[1] ?? '';
  return xml
    .replace(/<text[^>]*\/>/g, '')
    .replace(/<text[^>]*>/g, (text) => {
      const bare = text
        .replace(/ (fill|font-family|font-weight|font-style|width)="[^"]*"/g, '')
        .replace(/(size="\d+)px/, '$1');
      return bare.replace('dominant-baseline="middle"', 'dy=".35em"');
    })
    .replace(/ (x|y|x1|y1|rx)="0"/g, '')
    .replace(/<ellipse cx="([^"]*)" cy="([^"]*)" rx="([^"]*)" ry="[^"]*"/g, '<circle cx="$1" cy="$2" r="$3"')
    .replace(/\d+\.\d{2,}/g, (long) => String(Math.round(Number(long) * 10) / 10))
    .replace('<svg ', `<svg ${font} ${ink} `);
}
