// Opaque cursors: a caller keeps what it was given and learns nothing from it.
import { z } from "zod";

const PREFIX = "c1:";

export function toCursor(seq: number): string {
  return btoa(`${PREFIX}${seq}`).replaceAll("=", "");
}

/** Absent or empty: from the beginning. */
export const Cursor = z
  .string()
  .max(64)
  .default("")
  .transform((text, context): number => {
    if (text === "") return 0;
    const seq = parseCursor(text);
    if (seq !== null) return seq;
    context.addIssue({
      code: "custom",
      message: "this cursor is none of ours; leave it out to start at the beginning",
    });
    return z.NEVER;
  });

function parseCursor(text: string): number | null {
  try {
    const [, digits] = /^c1:(\d{1,15})$/.exec(atob(text)) ?? [];
    return digits === undefined ? null : Number(digits);
  } catch {
    return null;
  }
}
