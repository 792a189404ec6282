// Requests and what they say: one table for each kind of form or skill.
import { expect, it } from "vitest";
import type { InputField } from "../src/kernel/domain/skill.ts";
import type { ParameterContext } from "../src/kernel/language/parameters/found.ts";
import { parseParameters } from "../src/kernel/language/parameters/parse-parameters.ts";

export type SaidRow = readonly [query: string, said: Record<string, unknown>];

/** Exactly these values are read from each request, each from words that stand in it. */
export function checkSaid(
  fields: readonly InputField[],
  rows: readonly SaidRow[],
  context: ParameterContext,
): void {
  it.each(rows)("%s", (query, said) => {
    const { understood } = parseParameters(query, fields, context);
    expect(Object.fromEntries(understood.map(({ name, value }) => [name, value]))).toEqual(said);
    for (const { words } of understood) expect(query).toContain(words);
  });
}
