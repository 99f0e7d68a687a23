/** How far something is, as a row of marks. ASCII: in a Chinese locale block characters may be two columns wide. */
export function bar(percent: number, columns: number): string {
  const done = Math.floor((Math.min(Math.max(percent, 0), 100) / 100) * columns);
  return `[${'='.repeat(done)}${' '.repeat(columns - done)}]`;
}
