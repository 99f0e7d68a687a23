/** A component file, taken apart. Each part is as long as the file, and blank where the others are. */
export interface ComponentParts {
  readonly script: string;
  /** Templates and styles: what is shown. */
  readonly shown: string;
}

/** Takes apart `.vue`, `.mpx` and `.wpy`, in one pass: the end of a script is looked for once, and not for each beginning. */
export function componentParts(source: string): ComponentParts {
  let script = '';
  let shown = '';
  let end = 0;
  let bracket = -1;
  for (const { index } of source.matchAll(/<script\b/gi)) {
    if (index < end) continue;
    if (bracket < index) bracket = source.indexOf('>', index);
    const start = bracket + 1;
    const close = bracket === -1 ? -1 : source.indexOf('</script', start);
    // Nor is there one behind those that follow.
    if (close === -1) break;
    // Mpx keeps its JSON in a script too.
    const isData = /application\/json/i.test(source.slice(index, start));
    const code = source.slice(start, close);
    script += blank(source.slice(end, start)) + (isData ? blank(code) : code);
    shown += source.slice(end, start) + blank(code);
    end = close;
  }
  return { script, shown: withoutComments(shown + source.slice(end)) };
}

/** Blanks what is commented out. */
export function withoutComments(markup: string): string {
  let text = '';
  let end = 0;
  for (let start = markup.indexOf('<!--'); start !== -1; start = markup.indexOf('<!--', end)) {
    const close = markup.indexOf('-->', start);
    if (close === -1) break;
    text += markup.slice(end, start) + blank(markup.slice(start, close));
    end = close;
  }
  return text + markup.slice(end);
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
