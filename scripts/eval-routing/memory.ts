// How much memory an object holds, counted from what it leads to: a measured heap says what the collector has got round to.
const PER_OBJECT = 16;
const PER_FIELD = 8;
/** The object of a typed array, beside its buffer. */
const PER_VIEW = 104;

export function countHeldBytes(root: unknown): number {
  const seen = new Set<unknown>();
  const waiting: unknown[] = [root];
  let bytes = 0;
  while (waiting.length > 0) {
    const one = waiting.pop();
    if (seen.has(one)) continue;
    if (typeof one === "string") bytes += PER_OBJECT + (/^[\0-\xff]*$/.test(one) ? 1 : 2) * one.length;
    if (typeof one !== "object" || one === null) continue;
    seen.add(one);
    if (one instanceof ArrayBuffer) bytes += one.byteLength;
    else if (ArrayBuffer.isView(one)) {
      bytes += PER_VIEW;
      waiting.push(one.buffer);
    } else {
      const parts = toParts(one);
      bytes += PER_OBJECT + PER_FIELD * parts.length;
      waiting.push(...parts);
    }
  }
  return bytes;
}

function toParts(one: object): unknown[] {
  if (one instanceof Map) return [...one].flat();
  return one instanceof Set ? [...one] : Object.values(one);
}
