// What a statement of SQL may name: any of its words. It is not understood here; who asks compares with the tables that there are.

/** In small letters, as SQLite compares them. */
export function toNames(statement: string): readonly string[] {
  return statement.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}
