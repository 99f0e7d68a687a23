/** How much of a file is looked at for the banner of a library. */
const BANNER_CHARACTERS = 1_200;
/** Nobody writes lines like this by hand. */
const LONG_LINE_CHARACTERS = 500;

const FOLDER = /(?:^|[\\/])(?:miniprogram_npm|node_modules|vendors?|third[-_]?party|sdks?)[\\/]/i;
const BUILT = /(?:[.-]min\.[cm]?js|(?:^|[-_.])(?:js)?sdk(?:[-_.][\w.-]*)?\.[cm]?js)$/i;
const KNOWN =
  /^(?:qqmap-wx|amap-wx|bmap-wx|ald-stat|mta_analysis|uma|sensorsdata|talkingdata|tingyun|strophe|webim|nim_web|tim-wx|cos-wx|qiniu|leancloud|av-weapp|bmob|weapp-adapter)/i;

/** Tells somebody else's code from the app's own: by where it lies, what it is called, its banner, and how it is written. */
export function isThirdParty(file: string, text: string): boolean {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  if (FOLDER.test(file) || BUILT.test(name) || KNOWN.test(name)) return true;
  if (!/\.[cm]?js$/i.test(name)) return false;
  const banner = text.slice(0, BANNER_CHARACTERS);
  if (/^\s*\/\*!/.test(banner) && /\bv?\d+\.\d+\.\d+\b/.test(banner)) return true;
  return text.length > 10 * LONG_LINE_CHARACTERS && text.length / linesIn(text) > LONG_LINE_CHARACTERS;
}

function linesIn(text: string): number {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
