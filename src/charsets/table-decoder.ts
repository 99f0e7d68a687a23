import type { Charset, StreamingDecoder } from '../platform/charset.js';
import { roomForUnits, textOfUnits, UNITS_A_PIECE } from '../platform/utf16-units.js';

/** What `afterLead` answers when the sequence may still become a character. */
export const UNFINISHED = 0;
/** What stands in `singles` for a byte that begins a longer sequence. */
export const LEAD = 1;

/** A charset of one- and two-byte codes, as the WHATWG Encoding Standard reads it. */
export interface MultiByteTables {
  /** For each byte from 0x80: its character, {@link LEAD}, or 0 where it is malformed. */
  readonly singles: Uint16Array;
  /** From `decodeTableOf`. */
  readonly doubles: Int32Array;
  /**
   * Looks at a sequence that begins with a lead and that `doubles` does not hold.
   *
   * @returns The code point of a sequence of `longest` bytes; or {@link UNFINISHED}; or, for a malformed sequence, the
   * number of bytes that U+FFFD stands for, negated: what follows is read anew.
   */
  readonly afterLead: (bytes: Uint8Array, lead: number, end: number) => number;
  readonly longest: number;
}

/** `afterLead` of a charset that has no longer codes: an ASCII byte that broke a sequence is read anew. */
export function afterLeadOfTwo(bytes: Uint8Array, lead: number, end: number): number {
  if (lead + 1 >= end) return UNFINISHED;
  return (bytes[lead + 1] as number) < 0x80 ? -1 : -2;
}

/** `singles` with a lead from `first` to `last`. */
export function singlesWithLeads(first: number, last: number): Uint16Array {
  return new Uint16Array(0x80).fill(LEAD, first - 0x80, last - 0x80 + 1);
}

// One for all: a call of `write` leaves nothing in it.
const units = /* @__PURE__ */ roomForUnits();

/**
 * Decodes by tables, a piece at a time. What a piece leaves unfinished is put before the first bytes of the next, so
 * that a character that was torn is read by the same code as any other.
 */
export function createTableDecoder(charset: Charset, fatal: boolean, tables: MultiByteTables): StreamingDecoder {
  const { singles, doubles, afterLead, longest } = tables;
  const seam = new Uint8Array(2 * longest);
  let held = 0;
  let offset = 0;
  let stoppedAt = 0;

  return {
    write(piece) {
      let from = 0;
      let text = '';
      if (held > 0) {
        const taken = Math.min(longest, piece.length);
        for (let index = 0; index < taken; index++) seam[held + index] = piece[index] as number;
        text = decoded(seam, 0, held, held + taken, offset - held);
        from = stoppedAt - held;
        if (from < 0) {
          // So short a piece that all of it is in the seam.
          held += taken - stoppedAt;
          seam.copyWithin(0, stoppedAt, stoppedAt + held);
          offset += piece.length;
          return text;
        }
      }
      text += decoded(piece, from, piece.length, piece.length, offset);
      held = 0;
      for (let index = stoppedAt; index < piece.length; index++) seam[held++] = piece[index] as number;
      offset += piece.length;
      return text;
    },
    end() {
      if (held === 0) return '';
      held = 0;
      return String.fromCharCode(malformed(offset));
    },
  };

  /** Reads the characters that begin before `until`, and leaves in `stoppedAt` where the next begins. */
  function decoded(bytes: Uint8Array, from: number, until: number, end: number, start: number): string {
    const last = end - 1;
    let text = '';
    let length = 0;
    let index = from;
    while (index < until) {
      if (length >= UNITS_A_PIECE) {
        text += textOfUnits(units, length);
        length = 0;
      }
      const byte = bytes[index] as number;
      if (byte < 0x80) {
        units[length++] = byte;
        index++;
        continue;
      }
      if (index < last) {
        const pair = doubles[((byte & 0x7f) << 8) | (bytes[index + 1] as number)] as number;
        if (pair !== 0) {
          units[length++] = pair & 0xffff;
          if (pair >>> 16 !== 0) units[length++] = pair >>> 16;
          index += 2;
          continue;
        }
      }
      const single = singles[byte & 0x7f] as number;
      if (single > LEAD) {
        units[length++] = single;
        index++;
        continue;
      }
      const found = single === LEAD ? afterLead(bytes, index, end) : -1;
      if (found === UNFINISHED) break;
      if (found > 0xffff) {
        units[length++] = 0xd7c0 + (found >> 10);
        units[length++] = 0xdc00 + (found & 0x3ff);
      } else {
        units[length++] = found > 0 ? found : malformed(start + index + lengthToTheBreak(bytes, index, end));
      }
      index += found > 0 ? longest : -found;
    }
    stoppedAt = index;
    return text + textOfUnits(units, length);
  }

  function malformed(at: number): number {
    if (fatal) throw new RangeError(`not ${charset} at byte ${at}`);
    return 0xfffd;
  }

  /** How many bytes of a malformed sequence might still have become a character. */
  function lengthToTheBreak(bytes: Uint8Array, lead: number, end: number): number {
    if (singles[(bytes[lead] as number) & 0x7f] !== LEAD) return 0;
    let length = 1;
    while (lead + length < end && afterLead(bytes, lead, lead + length + 1) === UNFINISHED) length++;
    return length;
  }
}
