// RFC 8785: one JSON text per value, so that equal values have equal hashes.

/**
 * Keys sort by UTF-16 code units, numbers and strings are written as ECMAScript writes them; both are what the RFC asks for.
 * Values with toJSON (dates, money) stand as that; `undefined` members are left out, as in JSON.
 */
export function toCanonicalJson(value: unknown): string {
  return write(value, 0);
}

const MAX_DEPTH = 200;

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new RangeError("canonical JSON: nested more than 200 deep");
  const plain = toJsonValue(value);
  if (plain === null || plain === undefined) return "null";
  if (typeof plain === "number" && !Number.isFinite(plain))
    throw new TypeError("canonical JSON: NaN and Infinity are not JSON");
  if (typeof plain === "string") return writeString(plain);
  if (typeof plain !== "object") return JSON.stringify(plain);
  if (Array.isArray(plain)) return `[${plain.map((item) => write(item, depth + 1)).join(",")}]`;
  const members = Object.entries(plain).filter(([, member]) => member !== undefined);
  members.sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, member]) => `${writeString(key)}:${write(member, depth + 1)}`).join(",")}}`;
}

function toJsonValue(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (
    typeof value !== "object" ||
    value === null ||
    !("toJSON" in value) ||
    typeof value.toJSON !== "function"
  )
    return value;
  return value.toJSON();
}

function writeString(text: string): string {
  // The RFC refuses lone surrogates; a replacement character keeps hashing total without two texts sharing a form by accident of escaping.
  return JSON.stringify(text.toWellFormed());
}
