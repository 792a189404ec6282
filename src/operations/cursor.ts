// Opaque cursors: a caller keeps what it was given and learns nothing from it.
import { z } from "zod";
import { joinLanguages } from "../kernel/domain/text.ts";
import type { LedgerPlace } from "../kernel/ports/ledger.ts";
import type { EventPlace } from "../kernel/ports/run-store.ts";

const LONGEST = 64;

function toOpaque(text: string): string {
  return btoa(text).replaceAll("=", "");
}

function readOpaque(cursor: string, shape: RegExp): number[] | null {
  try {
    const [, ...digits] = shape.exec(atob(cursor)) ?? [];
    return digits.length === 0 ? null : digits.map(Number);
  } catch {
    return null;
  }
}

/** Absent or empty: from the beginning. */
function defineCursor<T>(beginning: T, read: (cursor: string) => T | null) {
  return z
    .string()
    .max(LONGEST)
    .default("")
    .transform((text, context): T => {
      if (text === "") return beginning;
      const found = read(text);
      if (found !== null) return found;
      context.addIssue({
        code: "custom",
        message: joinLanguages({
          en: "this cursor is none of ours; leave it out to start at the beginning",
          ru: "этот курсор не отсюда; без него чтение пойдёт с начала",
        }),
      });
      return z.NEVER;
    });
}

export function toCursor(seq: number): string {
  return toOpaque(`c1:${seq}`);
}

export const Cursor = defineCursor(0, (text) => readOpaque(text, /^c1:(\d{1,15})$/)?.[0] ?? null);

export function toEventCursor({ seq, place }: EventPlace): string {
  return toOpaque(`e1:${seq}.${place}`);
}

/** Before the first event of the first row. */
const FIRST: EventPlace = { seq: 0, place: -1 };

export const EventCursor = defineCursor(FIRST, (text): EventPlace | null => {
  const [seq, place] = readOpaque(text, /^e1:(\d{1,15})\.(-1|\d{1,6})$/) ?? [];
  return seq === undefined || place === undefined ? null : { seq, place };
});

export function toLedgerCursor(place: LedgerPlace | null): string {
  return place === null ? "" : toOpaque(`l1:${place.at}.${place.seq}`);
}

export const LedgerCursor = defineCursor<LedgerPlace | null>(null, (text) => {
  const [at, seq] = readOpaque(text, /^l1:(\d{1,15})\.(\d{1,15})$/) ?? [];
  return at === undefined || seq === undefined ? null : { at, seq };
});
