import type { RefObject } from 'preact';
import type { DeskCommand, DeskSource } from '../../../desk/protocol.js';
import type { ConnectionState } from './desk-connection.js';
import type { Filter } from './rows.js';
import type { Words } from './words.js';

interface ToolbarProps {
  readonly words: Words;
  readonly sources: readonly DeskSource[];
  readonly source: DeskSource | undefined;
  readonly connection: ConnectionState;
  readonly filter: Filter;
  readonly isPaused: boolean;
  readonly search: RefObject<HTMLInputElement | null>;
  readonly harAddress: string | undefined;
  readonly onSource: (source: number) => void;
  readonly onFilter: (filter: Filter) => void;
  readonly onPause: () => void;
  readonly onTheme: () => void;
  readonly onLanguage: () => void;
  readonly onCommand: (command: DeskCommand) => void;
}

const KINDS = ['all', 'calls', 'sockets', 'failed', 'slow', 'cut', 'pending'] as const;

/** What is shown, and what can be done. */
export function Toolbar(props: ToolbarProps) {
  const { words, sources, source, connection, filter, isPaused, search, harAddress } = props;
  const { onSource, onFilter, onPause, onTheme, onLanguage, onCommand } = props;
  const command = (type: 'go-offline' | 'go-online' | 'enter-background' | 'enter-foreground', text: string) => (
    <button type="button" onClick={() => source && onCommand({ type, source: source.source })}>
      {text}
    </button>
  );
  return (
    <header class="toolbar">
      <h1>
        <span
          class={`light ${connection === 'connected' && source?.connected !== false ? 'on' : 'off'}`}
          aria-hidden="true"
        />
        rx-miniprogram
      </h1>
      {sources.length > 0 && (
        <select
          aria-label={words.source}
          value={source?.source}
          onChange={(event) => onSource(Number(event.currentTarget.value))}
        >
          {sources.map(({ source, name, connected }) => (
            <option value={source}>{`${name} · ${connected ? words.connected : words.disconnected}`}</option>
          ))}
        </select>
      )}
      <input
        ref={search}
        type="search"
        placeholder={words.search}
        aria-label={words.search}
        value={filter.text}
        onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <div class="chips" role="group" aria-label={words.calls}>
        {KINDS.map((kind) => (
          <button
            type="button"
            aria-pressed={filter.kind === kind}
            onClick={() => onFilter({ ...filter, kind })}
            data-kind={kind}
          >
            {words[kind]}
          </button>
        ))}
        {filter.range && (
          <button type="button" class="reset" onClick={() => onFilter({ ...filter, range: undefined })}>
            {words.wholeTime} ✕
          </button>
        )}
      </div>
      <div class="actions">
        {source?.controllable && (
          <>
            {command('go-offline', words.offline)}
            {command('go-online', words.online)}
            {command('enter-background', words.hide)}
            {command('enter-foreground', words.show)}
          </>
        )}
        <button type="button" aria-pressed={isPaused} onClick={onPause} data-action="pause">
          {isPaused ? words.goOn : words.pause}
        </button>
        <button
          type="button"
          onClick={() => source && onCommand({ type: 'clear', source: source.source })}
          data-action="clear"
        >
          {words.clear}
        </button>
        {harAddress !== undefined && (
          <a href={harAddress} download="network.har" class="button">
            {words.saveHar}
          </a>
        )}
        <label class="button">
          {words.openHar}
          <input
            type="file"
            accept=".har,application/json"
            onChange={(event) => {
              const input = event.currentTarget;
              const file = input.files?.[0];
              if (file) void open(file, onCommand);
              input.value = '';
            }}
          />
        </label>
        <button type="button" onClick={onTheme} aria-label={words.theme} title={words.theme} data-action="theme">
          ◐
        </button>
        <button type="button" onClick={onLanguage} data-action="language">
          {words.language}
        </button>
      </div>
    </header>
  );
}

async function open(file: File, onCommand: (command: DeskCommand) => void): Promise<void> {
  const text = await file.text();
  try {
    onCommand({ type: 'open-har', name: file.name, har: JSON.parse(text) });
  } catch (error) {
    alert(`${file.name}: ${(error as Error).message}`);
  }
}
