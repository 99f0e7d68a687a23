import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNetwork, type DomainLists } from '../../src/index.js';
import { lintLists } from '../../src/cli/lint/lint-lists.js';
import { loadProject } from '../../src/cli/config/load-project.js';
import { createSimulator } from '../../src/simulator/create-simulator.js';
import { folderWith } from './support/cli.js';
import { internalsOf } from '../../src/network/internals.js';

const TRUTH = {
  domains: {
    request: ['https://api.example.com'],
    uploadFile: ['https://up.example.com'],
    downloadFile: ['https://cdn.example.com'],
    socket: ['wss://push.example.com'],
    udp: ['udp://udp.example.com'],
    tcp: ['tcp://tcp.example.com'],
  },
};

describe('the file of truth', () => {
  it('goes as it is to createSimulator, createNetwork and lint', async () => {
    const folder = folderWith({ 'rx-miniprogram.config.json': TRUTH });
    const text = readFileSync(join(folder, 'rx-miniprogram.config.json'), 'utf8');
    const { domains } = JSON.parse(text) as { readonly domains: DomainLists };

    const simulator = createSimulator({ domains });
    expect(internalsOf(createNetwork({ wx: simulator.wx, domains })).settings.domains.of('socket')).toEqual(
      new Set(['wss://push.example.com']),
    );
    await simulator.close();
    expect(lintLists(await loadProject(folder)).domains).toEqual(TRUTH.domains);
  });

  it('reads appid, urlCheck and networkTimeout where the developer tools have them, the private file last', async () => {
    const folder = folderWith({
      'rx-miniprogram.config.json': TRUTH,
      'project.config.json': { appid: 'wx1111111111111111', miniprogramRoot: 'app', setting: { urlCheck: false } },
      'project.private.config.json': { appid: 'wx2222222222222222', setting: { urlCheck: true } },
      'app/game.json': { networkTimeout: { request: 5_000, connectSocket: 7_000 } },
    });

    expect(await loadProject(folder)).toMatchObject({
      appId: 'wx2222222222222222',
      urlCheck: true,
      networkTimeout: { request: 5_000, connectSocket: 7_000 },
    });
  });
});
