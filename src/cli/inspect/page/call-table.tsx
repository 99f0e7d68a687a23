import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { NetworkRecord } from '../../../inspect/advance.js';
import type { CallActivity, CallRecord } from '../../../inspect/call-record.js';
import { beganAt, endedAt, isBad, methodOf, statusOf, waited, type Sort, type SortKey } from './rows.js';
import { shownTime, type Words } from './words.js';

export const ROW_HEIGHT = 28;
/** So many rows beside those that are seen are drawn, so that scrolling shows no gap. */
const BESIDE = 6;

interface CallTableProps {
  readonly rows: readonly NetworkRecord[];
  readonly fromMs: number;
  readonly toMs: number;
  readonly sort: Sort;
  readonly selected: string | undefined;
  readonly words: Words;
  readonly onSort: (sort: Sort) => void;
  readonly onSelect: (key: string) => void;
}

export function keyOfRecord({ kind, id }: NetworkRecord): string {
  return `${kind} ${id}`;
}

/** A row for each call and socket, of which only those that are seen are drawn. */
export function CallTable({ rows, fromMs, toMs, sort, selected, words, onSort, onSelect }: CallTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const sticky = useRef(true);

  const look = () => {
    const { scrollTop, clientHeight, scrollHeight } = scroller.current as HTMLDivElement;
    // Who looks at the newest goes on seeing the newest.
    sticky.current = scrollTop + clientHeight >= scrollHeight - ROW_HEIGHT;
    setView((before) =>
      before.top === scrollTop && before.height === clientHeight ? before : { top: scrollTop, height: clientHeight },
    );
  };
  useEffect(() => {
    const observer = new ResizeObserver(look);
    observer.observe(scroller.current as HTMLDivElement);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const box = scroller.current as HTMLDivElement;
    if (sticky.current && sort.by === 'when' && !sort.down) box.scrollTop = box.scrollHeight;
  }, [rows.length]);
  useLayoutEffect(() => {
    const index = rows.findIndex((record) => keyOfRecord(record) === selected);
    const box = scroller.current as HTMLDivElement;
    if (index === -1) return;
    const top = index * ROW_HEIGHT;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight) box.scrollTop = top + ROW_HEIGHT - box.clientHeight;
  }, [selected]);

  const first = Math.max(0, Math.floor(view.top / ROW_HEIGHT) - BESIDE);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / ROW_HEIGHT) + BESIDE);
  const head = (by: SortKey, text: string, name: string) => (
    <span
      role="columnheader"
      class={name}
      aria-sort={sort.by === by ? (sort.down ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        class="cell"
        onClick={() => onSort({ by, down: sort.by === by ? !sort.down : by === 'took' || by === 'waited' })}
      >
        {text}
        {sort.by === by && <span aria-hidden="true">{sort.down ? ' ▾' : ' ▴'}</span>}
      </button>
    </span>
  );
  return (
    <div class="table" role="grid" aria-rowcount={rows.length + 1} aria-label={words.calls}>
      <div class="row head" role="row" aria-rowindex={1}>
        {head('when', words.number, 'number')}
        {head('method', words.method, 'method')}
        {head('address', words.address, 'address')}
        {head('status', words.status, 'status')}
        {head('waited', words.waited, 'waited')}
        {head('took', words.took, 'took')}
        <span role="columnheader" class="cell picture">
          {words.picture}
        </span>
      </div>
      <div class="scroller" ref={scroller} onScroll={look} tabIndex={-1}>
        <div style={{ height: `${rows.length * ROW_HEIGHT}px`, position: 'relative' }}>
          {rows.slice(first, last).map((record, index) => (
            <Row
              key={keyOfRecord(record)}
              record={record}
              index={first + index}
              fromMs={fromMs}
              toMs={toMs}
              isSelected={keyOfRecord(record) === selected}
              words={words}
              onSelect={onSelect}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface RowProps extends Pick<CallTableProps, 'fromMs' | 'toMs' | 'words' | 'onSelect'> {
  readonly record: NetworkRecord;
  readonly index: number;
  readonly isSelected: boolean;
}

function Row({ record, index, fromMs, toMs, isSelected, words, onSelect }: RowProps) {
  const key = keyOfRecord(record);
  const tookMs = endedAt(record) - beganAt(record);
  const waitedMs = waited(record);
  const isPending = record.kind === 'call' ? record.outcome === 'pending' : record.state !== 'closed';
  return (
    <div
      class={`row${isSelected ? ' selected' : ''}${isBad(record) ? ' bad' : ''}${isPending ? ' pending' : ''}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      style={{ transform: `translateY(${index * ROW_HEIGHT}px)` }}
      onClick={() => onSelect(key)}
      data-key={key}
    >
      <span class="cell number" role="gridcell">
        {record.id}
      </span>
      <span class="cell method" role="gridcell">
        {methodOf(record)}
      </span>
      <span class="cell address" role="gridcell" title={record.url}>
        {pathOf(record.url)} <small>{hostOf(record.url)}</small>
      </span>
      <span class="cell status" role="gridcell" title={record.error?.what ?? statusOf(record)}>
        {record.kind === 'call' && record.outcome === 'pending' ? words.outcome['pending'] : statusOf(record)}
      </span>
      <span class="cell waited" role="gridcell">
        {waitedMs >= 1 ? shownTime(waitedMs) : ''}
      </span>
      <span class="cell took" role="gridcell">
        {shownTime(tookMs)}
      </span>
      <span class="cell picture" role="gridcell">
        <Bar record={record} fromMs={fromMs} toMs={toMs} words={words} />
      </span>
    </div>
  );
}

type BarProps = Pick<RowProps, 'record' | 'fromMs' | 'toMs' | 'words'>;

/** A life, in the colours of what it was spent on. */
export function Bar({ record, fromMs, toMs, words }: BarProps) {
  const part = (ms: number) => (ms / (toMs - fromMs)) * 100;
  const spans =
    record.kind === 'call'
      ? record.spans.map(({ activity, fromMs, toMs }) => ({
          name: activity,
          fromMs,
          toMs,
          text: activityOf(record, activity, words),
        }))
      : record.spans.map(({ state, fromMs, toMs }) => ({
          name: `socket-${state}`,
          fromMs,
          toMs,
          text: words.socketState[state],
        }));
  const note = record.kind === 'call' ? words.notSent(record.answeredFrom, record.sharedWith) : '';
  const endPart = part(Math.min(Math.max(endedAt(record), fromMs), toMs) - fromMs);
  return (
    <span class="bar">
      {note !== '' && (
        // On the side where there is room.
        <em
          class="note"
          style={endPart > 60 ? { right: `${100 - part(beganAt(record) - fromMs)}%` } : { left: `${endPart}%` }}
        >
          {note}
        </em>
      )}
      {spans.length === 0 && record.kind === 'call' && (
        <i class="phase intercepting" style={{ left: `${endPart}%`, width: '2px' }} title={shownTime(0)} />
      )}
      {spans.map((span) => {
        const left = Math.max(span.fromMs, fromMs);
        const right = Math.min(span.toMs, toMs);
        if (right < left) return null;
        return (
          <i
            class={`phase ${span.name}`}
            style={{ left: `${part(left - fromMs)}%`, width: `max(2px, ${part(right - left)}%)` }}
            title={`${span.text}: ${shownTime(span.toMs - span.fromMs)}`}
          />
        );
      })}
    </span>
  );
}

/** What a call did, in words: time in an interceptor may be time for the answer of another call. */
export function activityOf(record: CallRecord, activity: CallActivity, words: Words): string {
  const isShared = activity === 'intercepting' && record.sharedWith !== undefined;
  return isShared ? words.notSent('shared', record.sharedWith) : words.activity[activity];
}

const AUTHORITY = /^[a-z]+:\/\/([^/?#]*)/i;

function hostOf(url: string): string {
  return AUTHORITY.exec(url)?.[1] ?? '';
}

function pathOf(url: string): string {
  const path = url.replace(AUTHORITY, '');
  return path === '' ? '/' : path;
}
