// Where a text stops being JSON. What a runtime says of it differs from version to version, and some name no place.

type Want = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end";

/** Null: it is JSON. Otherwise the line of the first sign that cannot stand where it does, counted from 1. */
export function findJsonErrorLine(text: string): number | null {
  const at = findJsonError(text);
  return at === null ? null : text.slice(0, at).split("\n").length;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function findJsonError(text: string): number | null {
  const open: ("{" | "[")[] = [];
  let want: Want | "nothing" = "value";
  let at = 0;
  for (;;) {
    at = skip(SPACE, text, at);
    if (want === "nothing") return at === text.length ? null : at;
    const sign = text[at] ?? "";
    if (want.endsWith("or end") && sign === (open.at(-1) === "{" ? "}" : "]")) {
      open.pop();
      want = open.length === 0 ? "nothing" : "comma or end";
      at += 1;
      continue;
    }
    const next = step(text, at, { want, open });
    if (next === null) return at;
    ({ at, want } = next);
  }
}

interface Place {
  readonly want: Want;
  readonly open: ("{" | "[")[];
}

type Next = { readonly at: number; readonly want: Want | "nothing" } | null;

/** Null: this sign cannot stand here. */
function step(text: string, at: number, { want, open }: Place): Next {
  const sign = text[at] ?? "";
  switch (want) {
    case "colon":
      return sign === ":" ? { at: at + 1, want: "value" } : null;
    case "comma or end":
      return sign === "," ? { at: at + 1, want: open.at(-1) === "{" ? "key" : "value" } : null;
    case "key":
    case "key or end": {
      const end = sign === '"' ? endOfString(text, at) : null;
      return end === null ? null : { at: end, want: "colon" };
    }
    case "value":
    case "value or end":
      return stepIntoValue(text, at, open);
  }
}

function stepIntoValue(text: string, at: number, open: Place["open"]): Next {
  const sign = text[at] ?? "";
  if (sign === "{" || sign === "[") {
    open.push(sign);
    return { at: at + 1, want: sign === "{" ? "key or end" : "value or end" };
  }
  const end = sign === '"' ? endOfString(text, at) : skip(SCALAR, text, at);
  if (end === null || end === at) return null;
  return { at: end, want: open.length === 0 ? "nothing" : "comma or end" };
}

function endOfString(text: string, start: number): number | null {
  let at = start + 1;
  while (text[at] !== '"') {
    const isEscape = text[at] === "\\";
    const next = isEscape ? skip(ESCAPE, text, at) : at + 1;
    // Control characters have to be escaped; NaN, past the end, is below no number.
    if (next === at || !(text.charCodeAt(at) >= 0x20)) return null;
    at = next;
  }
  return at + 1;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
