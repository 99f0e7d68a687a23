import type { Place } from '../finding.js';

/** Keys and indices on the way to a value. */
export type ValuePath = readonly (string | number)[];

/** A value out of a file, with the places where its parts stand. */
export interface Located {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** Where a part stands; the nearest part around it that can be found, else the file. */
  readonly placeOf: (path: ValuePath) => Place;
}

/** The lines of a text, made once: asked for each of thousands of places, a search would be quadratic. */
export interface Lines {
  /** Line and column of a character, both from 1. */
  readonly at: (offset: number) => { readonly line: number; readonly column: number };
  /** The line of that number, and nothing where there is none. */
  readonly text: (line: number) => string;
}

/** Finds where the lines of a text begin. */
export function linesOf(text: string): Lines {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return {
    at: (offset) => {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
    text: (line) => {
      const start = starts[line - 1];
      return start === undefined ? '' : text.slice(start, starts[line] ?? text.length);
    },
  };
}

/** The same for a single place. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  return linesOf(text).at(offset);
}
