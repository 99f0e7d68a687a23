import type { WriteStream } from 'node:tty';

/** What a live display needs. */
export const SCREEN_COLUMNS = 80;
export const SCREEN_ROWS = 24;

/** The part of a terminal's stream that drawing needs. */
export interface Canvas {
  readonly columns: number;
  readonly rows: number;
  write(text: string): unknown;
  on(event: 'resize', listener: () => void): unknown;
  off(event: 'resize', listener: () => void): unknown;
}

/** A piece of the terminal that is drawn over and over, in place. */
export interface Screen {
  draw(lines: readonly string[]): void;
  /** Leaves the last frame where it is, and gives the cursor back. */
  close(): void;
}

/** Whether a live display makes sense: a terminal that can move its cursor, large enough, with somebody before it. */
export function canShowLive({ isTTY, columns, rows }: Partial<WriteStream>, { TERM, CI }: NodeJS.ProcessEnv): boolean {
  if (isTTY !== true || TERM === 'dumb' || (CI !== undefined && CI !== '')) return false;
  return (columns ?? 0) >= SCREEN_COLUMNS && (rows ?? 0) >= SCREEN_ROWS;
}

const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';
const CLEAR_LINE = '\x1b[2K';
const CLEAR_BELOW = '\x1b[J';
const CLEAR_ALL = '\x1b[2J\x1b[H';
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** Takes the cursor. It comes back upon `close()`, and however else the process ends. */
export function openScreen(out: Canvas): Screen {
  let height = 0;
  let open = true;

  const close = () => {
    if (!open) return;
    open = false;
    out.write(SHOW_CURSOR);
    out.off('resize', startOver);
    process.off('exit', close);
    for (const signal of Object.keys(SIGNALS)) process.off(signal, leave);
  };
  const leave = (signal: keyof typeof SIGNALS) => {
    close();
    // As a shell reports a process that a signal has ended.
    process.exit(128 + SIGNALS[signal]);
  };
  // The terminal has rewrapped the lines: nobody knows where they are now.
  const startOver = () => {
    height = 0;
    out.write(CLEAR_ALL);
  };

  out.write(HIDE_CURSOR);
  out.on('resize', startOver);
  process.once('exit', close);
  for (const signal of Object.keys(SIGNALS)) process.once(signal, leave);

  return {
    close,
    draw(lines) {
      if (!open) return;
      const fits = out.columns >= SCREEN_COLUMNS;
      // One row is left for the cursor, or the terminal would scroll.
      const shown = fits ? lines.slice(0, out.rows - 1) : ['(too narrow to show)'.slice(0, out.columns - 1)];
      const up = height > 0 ? `\x1b[${height}A\r` : '';
      // In one write, so that no half frame is seen.
      out.write(up + shown.map((line) => `${CLEAR_LINE}${line}\n`).join('') + CLEAR_BELOW);
      height = shown.length;
    },
  };
}
