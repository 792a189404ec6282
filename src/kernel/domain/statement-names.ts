// What a statement of SQL may name: any of its words, but for those that it says nothing with. It is not understood here; who asks compares with the tables that there are.

/** Texts, quoted names, templates and comments: brackets and words in them are none of the statement's. */
export const OPAQUE = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$\{\{[\s\S]*?\}\}|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g;

/** In small letters, as SQLite compares them. */
export function toNames(statement: string): readonly string[] {
  return statement.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** One name as SQLite compares it: it knows of no small letters beside these. */
export function toSmall(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
