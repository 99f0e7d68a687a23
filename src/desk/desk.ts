import { Subject, type Observable } from 'rxjs';
import type { NetworkRecord } from '../inspect/advance.js';
import { fromHar } from '../inspect/from-har.js';
import { RecordBook } from '../inspect/record-book.js';
import type { InspectEvent } from '../network/network-event.js';
import type { DeskCommand, DeskMessage, DeskSource } from './protocol.js';

/** What the desk keeps of a source. */
const LIMITS = { keep: 10_000, maxBytes: 33_554_432 };
const MAX_HAPPENINGS = 1_000;
/** So many sources are kept; of those that are gone the oldest goes first. */
const MAX_SOURCES = 16;

/** What can be done to a source that is a simulator. */
export interface DeskControls {
  setOffline(offline: boolean): void;
  setBackground(background: boolean): void;
}

/** Where the events of one source go in. */
export interface DeskInlet {
  readonly source: number;
  take(events: readonly InspectEvent[]): void;
  /** How many events the source had to drop so far. */
  dropped(count: number): void;
  /** It is gone; what it told stays. */
  end(): void;
}

interface Source {
  info: DeskSource;
  readonly book: RecordBook;
  readonly happenings: InspectEvent[];
  readonly controls: DeskControls | undefined;
  droppedThere: number;
  droppedHere: number;
}

/** What several apps tell, kept and handed on: the middle between phones, pages and programs. */
export class Desk {
  private readonly told$ = new Subject<DeskMessage>();
  /** What happens from now on; `snapshot()` has what was before. */
  readonly messages$: Observable<DeskMessage> = this.told$.asObservable();
  private readonly all = new Map<number, Source>();
  private count = 0;

  /** A source is there. */
  open(kind: DeskSource['kind'], name: string, controls?: DeskControls): DeskInlet {
    const number = ++this.count;
    const info = { source: number, kind, name, connected: true, controllable: controls !== undefined };
    const source: Source = {
      info,
      book: new RecordBook(LIMITS),
      happenings: [],
      controls,
      droppedThere: 0,
      droppedHere: 0,
    };
    this.all.set(number, source);
    this.forgetOldest();
    this.told$.next({ type: 'source', ...info });
    return {
      source: number,
      take: (events) => this.take(source, events),
      dropped: (droppedThere) => {
        if (droppedThere === source.droppedThere) return;
        source.droppedThere = droppedThere;
        this.told$.next({ type: 'dropped', source: number, dropped: droppedOf(source) });
      },
      end: () => {
        source.info = { ...source.info, connected: false, controllable: false };
        this.told$.next({ type: 'source', ...source.info });
      },
    };
  }

  /** The records of a HAR file, as a source of their own. @throws TypeError for what is none */
  openHar(name: string, har: unknown): void {
    const records = fromHar(har);
    const { source } = this.open('har', name);
    const own = this.all.get(source) as Source;
    records.forEach((record, index) => {
      // Files that were put together have some numbers twice.
      own.book.put({ ...record, id: index + 1 });
    });
    this.told$.next(snapshotOf(own));
  }

  sources(): readonly DeskSource[] {
    return [...this.all.values()].map(({ info }) => info);
  }

  /** Of one source; of the last that came where nobody says which. */
  records(source = this.count): readonly NetworkRecord[] {
    return this.all.get(source)?.book.records() ?? [];
  }

  /** What one must know who comes late. */
  snapshot(): readonly DeskMessage[] {
    return [...this.all.values()].flatMap((source) => [
      { type: 'source', ...source.info } as const,
      snapshotOf(source),
    ]);
  }

  /** Does what the page asks for. @throws TypeError that says what is wrong with it */
  command(asked: unknown): void {
    const command = (asked ?? {}) as DeskCommand;
    if (command.type === 'open-har') {
      this.openHar(String(command.name), command.har);
      return;
    }
    const source = this.all.get(command.source);
    if (!source) throw new TypeError(`there is no source ${String(command.source)}`);
    switch (command.type) {
      case 'clear':
        source.book.clear();
        source.happenings.length = 0;
        this.told$.next(snapshotOf(source));
        break;
      case 'go-offline':
      case 'go-online':
        controlsOf(source).setOffline(command.type === 'go-offline');
        break;
      case 'enter-background':
      case 'enter-foreground':
        controlsOf(source).setBackground(command.type === 'enter-background');
        break;
      default:
        throw new TypeError(`there is no command '${String((command as { type?: unknown }).type)}'`);
    }
  }

  private take(source: Source, events: readonly InspectEvent[]): void {
    const { book, happenings, info } = source;
    const before = book.dropped;
    for (const event of events) {
      if ('call' in event || 'socket' in event) book.take(event);
      else if (happenings.push(event) > MAX_HAPPENINGS) happenings.shift();
    }
    this.told$.next({ type: 'events', source: info.source, events });
    if (book.dropped === before) return;
    source.droppedHere = book.dropped;
    this.told$.next({ type: 'dropped', source: info.source, dropped: droppedOf(source) });
  }

  private forgetOldest(): void {
    if (this.all.size <= MAX_SOURCES) return;
    const gone = [...this.all.values()].find(({ info }) => !info.connected || info.kind === 'har');
    const [first] = this.all.keys();
    this.all.delete(gone?.info.source ?? (first as number));
  }
}

function controlsOf({ controls, info }: Source): DeskControls {
  if (controls && info.controllable) return controls;
  throw new TypeError(
    `source ${info.source}, ${info.name}, is not a simulator that runs: it cannot be told what to do`,
  );
}

function snapshotOf(source: Source): DeskMessage {
  const { book, happenings, info } = source;
  return {
    type: 'snapshot',
    source: info.source,
    records: book.records(),
    happenings: [...happenings],
    dropped: droppedOf(source),
  };
}

function droppedOf({ droppedThere, droppedHere }: Source): number {
  return droppedThere + droppedHere;
}
