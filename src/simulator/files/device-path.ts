import type { PhoneName } from '../phones.js';

/** The device's areas: temporary files, saved ones, and the app's own folder. */
export type Area = 'tmp' | 'store' | 'usr';

/** A path of the device, taken apart. */
export interface DevicePath {
  readonly area: Area;
  /** Below the area; none for the app's own folder itself. */
  readonly segments: readonly string[];
}

/** How a client writes its paths. */
export interface PathStyle {
  /** `wx.env.USER_DATA_PATH`. */
  readonly userData: string;
  /** The path of a file in an area that has no folders. */
  readonly of: (area: 'tmp' | 'store', name: string) => string;
  /** @returns `undefined` for what is no path of the device, or might lead out of it. */
  readonly parse: (path: string) => DevicePath | undefined;
}

/**
 * Makes the style of a client: `wxfile://tmp_…`, `wxfile://store_…`, `wxfile://usr/…` on a phone, `http://tmp/…`,
 * `http://store/…`, `http://usr/…` in the developer tools. Each takes its own alone.
 *
 * - Evidence: the official file system page has `wxfile` for phones and `http` for the developer tools
 * - Not known: what becomes of `..`. Here it leads nowhere, wherever it points
 */
export function pathStyleOf(client: PhoneName): PathStyle {
  const scheme = client === 'devtools' ? 'http://' : 'wxfile://';
  const joint = client === 'devtools' ? '/' : '_';
  const shape = new RegExp(`^${scheme}(?:(tmp|store)${joint}([^/]+)|usr(?:/(.*))?)$`, 's');

  return {
    userData: `${scheme}usr`,
    of: (area, name) => `${scheme}${area}${joint}${name}`,
    parse: (path) => {
      const found = shape.exec(path);
      if (!found) return undefined;
      const [, area = 'usr', name, below = ''] = found;
      const segments = (name ?? below).split('/').filter((segment) => segment !== '' && segment !== '.');
      // A temporary or saved file has a name; a backslash is a separator on some desks, and a NUL the end of the text.
      if ((area !== 'usr' && segments.length === 0) || segments.some(leadsAstray)) return undefined;
      return { area: area as Area, segments };
    },
  };
}

function leadsAstray(segment: string): boolean {
  return segment === '..' || segment.includes('\\') || segment.includes('\0');
}
