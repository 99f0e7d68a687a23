import { visit } from 'jsonc-parser';
import { findUrls, type FoundUrls } from './find-urls.js';
import { urlIn, type FoundUrl } from './found-url.js';

/** Finds the URLs of a file, by its ending: JavaScript, TypeScript, JSON, and the scripts in `.vue` and `.mpx`. */
export function urlsOfFile(source: string, file: string): FoundUrls {
  if (/\.json$/i.test(file)) return urlsOfJson(source);
  if (/\.(?:vue|mpx)$/i.test(file)) return findUrls(scriptsOf(source), file);
  return findUrls(source, file);
}

/** Data that an app loads by `require`. Broken JSON yields what can be read of it. */
function urlsOfJson(source: string): FoundUrls {
  const urls: FoundUrl[] = [];
  if (!source.includes('://')) return { urls, readAs: 'syntax' };
  try {
    visit(source, {
      onLiteralValue: (value: unknown, offset) => {
        const url = typeof value === 'string' ? urlIn(value, true) : undefined;
        if (url !== undefined) urls.push({ url, api: undefined, offset });
      },
    });
    return { urls, readAs: 'syntax' };
  } catch {
    // Nested deeper than the stack.
    return { urls, readAs: 'text' };
  }
}

/** The scripts of a component, each character where it was; everything else blank. */
function scriptsOf(source: string): string {
  let scripts = '';
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
    const isJson = /application\/json/i.test(source.slice(index, start));
    const script = source.slice(start, close);
    scripts += blank(source.slice(end, start)) + (isJson ? blank(script) : script);
    end = close;
  }
  return scripts;
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
