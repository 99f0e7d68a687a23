/** Which build of a mini program is running, as `wx.getAccountInfoSync` names them, or the developer tools. */
export type EnvVersion = 'develop' | 'trial' | 'release' | 'devtools';

/**
 * The Referer that the platform sends and nobody can change (LIM-1).
 *
 * @param appId - The mini program's appid.
 * @param envVersion - The build: its version reads `0` unless released, `devtools` in the developer tools.
 * @param version - The number of the release.
 */
export function refererOf(appId: string, envVersion: EnvVersion, version: string): string {
  const shown = envVersion === 'release' ? version : envVersion === 'devtools' ? 'devtools' : '0';
  return `https://servicewechat.com/${appId}/${shown}/page-frame.html`;
}
