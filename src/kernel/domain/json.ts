// What JSON is, and how deep and how large it may be. Recursion over what a stranger sent ends here, not at the end of the stack.

/** Far above what any service sends, far below what the stack holds. */
export const MAX_JSON_DEPTH = 100;
/** What is kept puts something around what was taken in. SQLite reads no JSON deeper than 1,000, and of a batch with it nothing. */
export const MAX_KEPT_DEPTH = 2 * MAX_JSON_DEPTH;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isTooDeep(value: unknown, left: number = MAX_JSON_DEPTH): boolean {
  if (value === null || typeof value !== "object") return false;
  if (left === 0) return true;
  if (Array.isArray(value)) return value.some((item) => isTooDeep(item, left - 1));
  return Object.values(value).some((item) => isTooDeep(item, left - 1));
}

const MOST_PER_CHARACTER = 6;
const OF_A_NODE = 32;

/** Why a value cannot be kept: it is nested deeper than this, or it is this large. */
export type Excess = { readonly limitLevels: number } | { readonly sizeBytes: number };

/** Null: `value` can be kept, and is at most `limitBytes` as JSON. Small values are not written out for it. */
export function findExcess(value: unknown, limitBytes: number): Excess | null {
  if (spend(value, limitBytes, MAX_KEPT_DEPTH) >= 0) return null;
  if (isTooDeep(value, MAX_KEPT_DEPTH)) return { limitLevels: MAX_KEPT_DEPTH };
  const sizeBytes = new TextEncoder().encode(JSON.stringify(value) ?? "").byteLength;
  return sizeBytes > limitBytes ? { sizeBytes } : null;
}

/** Of objects that never change: measured once, however often what holds them is. */
const measured = new WeakMap<object, number>();
const NO_LIMIT = 2 ** 40;

/** The same for lists of objects that never change and are looked at again and again as the lists grow. */
export function findExcessOfAll(parts: readonly object[], limitBytes: number): Excess | null {
  let left = limitBytes - OF_A_NODE - parts.length;
  for (const part of parts) {
    const most = measured.get(part) ?? NO_LIMIT - spend(part, NO_LIMIT, MAX_KEPT_DEPTH);
    measured.set(part, most);
    left -= most;
  }
  return left >= 0 ? null : findExcess(parts, limitBytes);
}

/** What is left of `budget` after the most that `value` can take; negative as soon as nothing is. */
function spend(value: unknown, budget: number, depth: number): number {
  let left = budget - OF_A_NODE;
  if (typeof value === "string") return left - value.length * MOST_PER_CHARACTER;
  if (value === null || typeof value !== "object") return left;
  if (depth === 0) return -1;
  for (const [key, item] of Object.entries(value)) {
    if (left < 0) return left;
    left = spend(item, left - key.length * MOST_PER_CHARACTER, depth - 1);
  }
  return left;
}
