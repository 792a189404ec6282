// Whether JSON names a key twice in one object: parsers differ in which one counts, and an attacker picks the parser.

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/** `text` is JSON already: a parser has read it. */
export function hasDoubleKeys(text: string): boolean {
  const open: (Set<string> | null)[] = [];
  let last = "";
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const key = String(JSON.parse(last));
      const keys = open.at(-1);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
    last = token;
  }
  return false;
}
