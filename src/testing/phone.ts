import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NetworkType } from '../platform/wx.js';
import { settingsOf } from '../simulator/settings.js';
import { simulatorOn, type Simulator } from '../simulator/simulator-on.js';
import type { KitSettings } from './kit-options.js';
import type { KeptRecords } from './keep-records.js';
import type { LaneTarget } from './lanes.js';
import { createServer, type ScriptedServer } from './server.js';
import type { Refusal } from './server-complaint.js';
import type { Stage } from './stage.js';

/** The phone of one test, and the server that it talks to. */
export interface Phone {
  readonly server: ScriptedServer;
  /** Made when it is first asked for: a test of a bare operator has none. */
  readonly simulator: Simulator;
  /** Whether its client, or its kind of app, has no such member of `wx`. */
  readonly lacks: (member: string) => boolean;
  /** What the lanes do. */
  readonly lanes: LaneTarget;
  /** @throws an Error about calls that nobody expected and, unless the test has failed anyway, promises that nobody claimed. */
  verify(failure?: unknown): void;
  /** Removes its files. */
  leave(): void;
}

/** Makes the phone of one test. */
export function createPhone({ simulator: options }: KitSettings, stage: Stage, records?: KeptRecords): Phone {
  const { server, wire, complaint } = createServer(stage);
  const refusals: Refusal[] = [];
  const names = new Map<number, string>();
  let made: Simulator | undefined;
  let folder: string | undefined;
  let hiddenBefore = false;
  let networkBefore: NetworkType | undefined;

  let lacks: Phone['lacks'] = () => true;

  const make = (): Simulator => {
    // Its own would go with `close()`, which would tell the app of it after the test.
    folder = mkdtempSync(join(tmpdir(), `rx-miniprogram-test-${process.pid}-`));
    const settings = settingsOf({
      storageFolder: folder,
      ...options,
      // Values in a folder of this test alone would be read by nobody.
      storage: { inMemory: options.storageFolder === undefined, ...options.storage },
      scheduler: stage.scheduler,
      wire,
    });
    const { runsAs, missingMembers } = settings;
    lacks = (member) => runsAs !== 'mini-program' || missingMembers.includes(member);
    const simulator = simulatorOn(settings, wire);
    simulator.events$.subscribe((event) => {
      records?.note(event);
      if (event.type === 'called') names.set(event.id, `${event.method} ${event.url}`);
      if (event.type !== 'refused') return;
      const why = event.rule === undefined ? event.detail : `[${event.rule}] ${event.detail}`;
      refusals.push({ at: event.at, name: names.get(event.id) ?? '', why });
    });
    if (networkBefore !== undefined) simulator.setNetwork(networkBefore);
    if (hiddenBefore) simulator.enterBackground();
    return simulator;
  };

  return {
    server,
    get simulator() {
      return (made ??= make());
    },
    lacks: (member) => lacks(member),
    lanes: {
      enterBackground: () => {
        hiddenBefore = true;
        made?.enterBackground();
      },
      enterForeground: () => {
        hiddenBefore = false;
        made?.enterForeground();
      },
      setNetwork: (networkType) => {
        networkBefore = networkType;
        made?.setNetwork(networkType);
      },
    },
    leave: () => {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    },
    verify: (...failure) => {
      const message = complaint(refusals, failure.length > 0);
      if (message !== undefined) throw new Error(message, { cause: failure[0] });
    },
  };
}
