// Where the expressions of a text begin and end. It respects quotes and brackets, so `${{ {'a': '}}'} }}` is one expression.

export interface TemplatePart {
  /** As written, `${{ }}` included. */
  readonly text: string;
  readonly expression?: string | undefined;
  /** Where the expression starts in the whole text. */
  readonly expressionOffset: number;
  readonly unclosed?: boolean | undefined;
}

const MAX_CACHED = 4000;
const cache = new Map<string, readonly TemplatePart[]>();

export function parseTemplate(text: string): readonly TemplatePart[] {
  if (!text.includes("${{")) return [{ text, expressionOffset: 0 }];
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parts = split(text);
  if (cache.size >= MAX_CACHED) for (const oldest of cache.keys()) if (cache.delete(oldest)) break;
  cache.set(text, parts);
  return parts;
}

function split(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let position = 0;
  while (position < text.length) {
    const start = text.indexOf("${{", position);
    if (start < 0) break;
    if (start > position) parts.push({ text: text.slice(position, start), expressionOffset: position });
    const end = findEnd(text, start + 3);
    const inner = text.slice(start + 3, end ?? text.length);
    const lead = inner.length - inner.trimStart().length;
    const next = end === null ? text.length : end + 2;
    const part = {
      text: text.slice(start, next),
      expression: inner.trim(),
      expressionOffset: start + 3 + lead,
    };
    parts.push(end === null ? { ...part, unclosed: true } : part);
    position = next;
  }
  if (position < text.length) parts.push({ text: text.slice(position), expressionOffset: position });
  return parts;
}

function findEnd(text: string, from: number): number | null {
  let depth = 0;
  for (let index = from; index < text.length; index++) {
    const character = text[index];
    if (character === '"' || character === "'") index = skipQuoted(text, index, character);
    else if (character === "{") depth++;
    else if (character === "}" && depth > 0) depth--;
    else if (character === "}" && text[index + 1] === "}") return index;
  }
  return null;
}

/** The index of the closing quote, or of the end of the text. */
function skipQuoted(text: string, start: number, quote: string): number {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === "\\") index++;
    else if (text[index] === quote) return index;
  }
  return text.length;
}
