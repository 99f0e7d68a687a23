import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The licences of the packages that these files belong to, as one text. */
export function thirdPartyLicenses(files) {
  const folders = new Set(
    files.flatMap((file) => /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1] ?? []),
  );
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((candidate) => /^(licen[cs]e|copying)/i.test(candidate));
    if (!file) throw new Error(`${name}: no licence file to ship with what is bundled of it`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  const rule = `\n${'-'.repeat(80)}\n\n`;
  return ['Parts of these packages are contained in this one.\n', ...texts.sort()].join(rule);
}
