import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { CallTable, keyOfRecord } from './call-table.js';
import { connect, type ConnectionState, type DeskConnection } from './desk-connection.js';
import { EMPTY, heard, type DeskState } from './desk-state.js';
import { Detail } from './detail.js';
import { Overview } from './overview.js';
import { rowsOf, type Filter, type Sort } from './rows.js';
import { timelineOf } from './timeline.js';
import type { DeskMessage } from '../../../desk/protocol.js';
import { Toolbar } from './toolbar.js';
import { WORDS, type Language } from './words.js';

const ALL: Filter = { text: '', kind: 'all', range: undefined };

/** The page: what is known, as it is asked for. */
export function App({ code }: { code: string }) {
  const [desk, setDesk] = useState<DeskState>(EMPTY);
  const [connection, setConnection] = useState<ConnectionState>('connecting');
  const [language, setLanguage] = useState<Language>(navigator.language.startsWith('zh') ? 'zh' : 'en');
  const [isDark, setIsDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const [isPaused, setIsPaused] = useState(false);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const [filter, setFilter] = useState<Filter>(ALL);
  const [sort, setSort] = useState<Sort>({ by: 'when', down: false });
  const [selected, setSelected] = useState<string | undefined>(undefined);
  const server = useRef<DeskConnection | undefined>(undefined);
  const search = useRef<HTMLInputElement>(null);
  const latest = useRef<DeskState>(EMPTY);
  const paused = useRef(false);
  paused.current = isPaused;

  useEffect(() => {
    let waiting: DeskMessage[] = [];
    let frame = 0;
    // Taken together once a frame: an app makes more events than anybody can see.
    const take = () => {
      frame = 0;
      // Heard all the same while the page is paused: what is heard is bounded, what waits would not be.
      latest.current = waiting.reduce(heard, latest.current);
      waiting = [];
      if (!paused.current) setDesk(latest.current);
    };
    const timer = setInterval(() => {
      if (waiting.length > 0 && frame === 0) frame = requestAnimationFrame(take);
    }, 50);
    server.current = connect(
      code,
      (message) => {
        if (message.type === 'hello') setLanguage(message.language);
        waiting.push(message);
      },
      setConnection,
      alert,
    );
    return () => clearInterval(timer);
  }, [code]);
  useEffect(() => {
    if (!isPaused) setDesk(latest.current);
  }, [isPaused]);
  useEffect(() => {
    document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  }, [isDark]);

  const words = WORDS[language];
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = `${words.title} · rx-miniprogram`;
  }, [language]);

  const sources = [...desk.sources.values()];
  const state = (chosen === undefined ? undefined : desk.sources.get(chosen)) ?? sources[sources.length - 1];
  const all = useMemo(() => [...(state?.records.values() ?? [])], [state?.records]);
  const timeline = useMemo(() => timelineOf(all, state?.happenings ?? []), [all, state?.happenings]);
  const rows = useMemo(() => rowsOf(all, filter, sort), [all, filter, sort]);
  const record = selected === undefined ? undefined : state?.records.get(selected);
  const [fromMs, toMs] = filter.range ?? [timeline.fromMs, timeline.toMs];

  const step = (by: number) => {
    const index = rows.findIndex((row) => keyOfRecord(row) === selected);
    const next = rows[Math.min(Math.max(index + by, 0), rows.length - 1)];
    if (next) setSelected(keyOfRecord(next));
  };
  const onKey = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLInputElement;
    if (event.key === 'Escape') {
      setSelected(undefined);
      search.current?.blur();
    } else if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === '/') {
      event.preventDefault();
      search.current?.focus();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      step(event.key === 'ArrowDown' ? 1 : -1);
    } else if (event.key === 'p') setIsPaused((before) => !before);
  };
  useEffect(() => {
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  const onSelect = useCallback((key: string) => setSelected(key), []);

  if (connection === 'refused' && sources.length === 0) {
    return (
      <div class="empty" role="alert">
        {words.wrongCode}
      </div>
    );
  }
  return (
    <div class={record ? 'page with-detail' : 'page'}>
      <Toolbar
        words={words}
        sources={sources.map(({ source }) => source)}
        source={state?.source}
        connection={connection}
        filter={filter}
        isPaused={isPaused}
        search={search}
        harAddress={state && server.current?.harAddress(state.source.source)}
        onSource={setChosen}
        onFilter={setFilter}
        onPause={() => setIsPaused(!isPaused)}
        onTheme={() => setIsDark(!isDark)}
        onLanguage={() => setLanguage(language === 'en' ? 'zh' : 'en')}
        onCommand={(command) => server.current?.send(command)}
      />
      <Overview
        timeline={timeline}
        range={filter.range}
        words={words}
        onRange={(range) => setFilter({ ...filter, range })}
      />
      <main>
        {rows.length === 0 ? (
          <p class="empty">{all.length === 0 ? words.nothing : words.nothingFits}</p>
        ) : (
          <CallTable
            rows={rows}
            fromMs={fromMs}
            toMs={toMs}
            sort={sort}
            selected={selected}
            words={words}
            onSort={setSort}
            onSelect={onSelect}
          />
        )}
        {record && <Detail record={record} language={language} words={words} onClose={() => setSelected(undefined)} />}
      </main>
      <footer>
        <span role="status">{words.shown(rows.length, all.length)}</span>
        {state && state.dropped > 0 && <span>{words.dropped(state.dropped)}</span>}
        {connection === 'lost' && <span class="warning">{words.lost}</span>}
        <span class="keys">{words.keys}</span>
      </footer>
    </div>
  );
}
