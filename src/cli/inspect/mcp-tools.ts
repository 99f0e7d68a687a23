import type { NetworkRecord } from '../../inspect/advance.js';
import type { CallRecord } from '../../inspect/call-record.js';
import { explain } from '../../inspect/explain.js';
import { toHar } from '../../inspect/to-har.js';
import type { Desk } from '../../desk/desk.js';
import { about } from '../../desk/page-server.js';

const SOURCE = {
  type: 'integer',
  description: 'The app, where several are connected; without it the one that came last.',
} as const;

/** What an assistant may ask for, as it is told of it. */
export const MCP_TOOLS = [
  {
    name: 'list_calls',
    description:
      'Lists the network calls of the mini program, the latest last: number, method, address, how it ended, status, milliseconds and the phases in which they were spent.',
    inputSchema: {
      type: 'object' as const,
      properties: {
        source: SOURCE,
        url: { type: 'string', description: 'Only addresses in which this occurs.' },
        outcome: { type: 'string', enum: ['pending', 'completed', 'failed', 'refused', 'cancelled'] },
        min_ms: { type: 'number', description: 'Only calls that took at least so many milliseconds.' },
        limit: { type: 'integer', description: 'How many at most, of the latest. Default: 50.' },
      },
    },
  },
  {
    name: 'explain_call',
    description: 'Says in a sentence why a call took so long or failed, and gives all that is known of it.',
    inputSchema: {
      type: 'object' as const,
      properties: {
        source: SOURCE,
        call: { type: 'integer', description: 'Its number, as list_calls has it.' },
        language: { type: 'string', enum: ['en', 'zh'] },
      },
      required: ['call'],
    },
  },
  {
    name: 'har',
    description: 'Gives all calls as a HAR 1.2 file. Secrets are left out.',
    inputSchema: { type: 'object' as const, properties: { source: SOURCE } },
  },
  {
    name: 'go_offline',
    description: 'Takes the network from a mini program that runs in the simulator, or gives it back.',
    inputSchema: {
      type: 'object' as const,
      properties: { source: SOURCE, offline: { type: 'boolean', description: 'Default: true.' } },
    },
  },
  {
    name: 'enter_background',
    description: 'Sends a mini program that runs in the simulator to the background, or brings it back to the front.',
    inputSchema: {
      type: 'object' as const,
      properties: { source: SOURCE, background: { type: 'boolean', description: 'Default: true.' } },
    },
  },
] as const;

type Given = { readonly [name: string]: unknown };

/** What a tool answers. @throws TypeError that says what is wrong with the question */
export function runTool(desk: Desk, name: string, given: Given): string {
  const source = sourceOf(desk, given);
  switch (name) {
    case 'list_calls':
      return JSON.stringify(listed(desk.records(source), given));
    case 'explain_call':
      return explained(desk.records(source), given);
    case 'har':
      return JSON.stringify(toHar(desk.records(source), about()));
    case 'go_offline':
      desk.command({ type: given['offline'] === false ? 'go-online' : 'go-offline', source });
      return 'done';
    case 'enter_background':
      desk.command({ type: given['background'] === false ? 'enter-foreground' : 'enter-background', source });
      return 'done';
    default:
      throw new TypeError(`there is no tool '${name}'`);
  }
}

function sourceOf(desk: Desk, { source }: Given): number {
  const sources = desk.sources();
  const found = source === undefined ? sources[sources.length - 1] : sources.find((own) => own.source === source);
  if (found) return found.source;
  throw new TypeError(
    source === undefined
      ? 'no app is connected: start it with sendToDesk(network, …), or run it with rx-miniprogram run --inspect'
      : `there is no source ${JSON.stringify(source)}; there are ${sources.map((own) => `${own.source} (${own.name})`).join(', ')}`,
  );
}

function listed(records: readonly NetworkRecord[], { url = '', outcome, min_ms: least = 0, limit = 50 }: Given) {
  const wanted = records.filter(
    (record): record is CallRecord =>
      record.kind === 'call' &&
      record.url.includes(String(url)) &&
      (outcome === undefined || record.outcome === outcome) &&
      record.durationMs >= Number(least),
  );
  return wanted.slice(-Number(limit)).map(({ id, method, url, outcome, status, durationMs, phases, error }) => ({
    call: id,
    method,
    url,
    outcome,
    status,
    ms: durationMs,
    phases: Object.fromEntries(Object.entries(phases).filter(([, ms]) => ms > 0)),
    ...(error && { error: error.code, rule: error.rule }),
  }));
}

function explained(records: readonly NetworkRecord[], { call, language }: Given): string {
  const record = records.find((own): own is CallRecord => own.kind === 'call' && own.id === call);
  if (!record) throw new TypeError(`there is no call ${JSON.stringify(call)}; list_calls tells which there are`);
  return `${explain(record, language === 'zh' ? 'zh' : 'en')}\n${JSON.stringify(record)}`;
}
