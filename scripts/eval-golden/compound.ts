// How well several requests in one sentence are told from one: what a run would take for its steps, against what a person meant.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson, toJsonList, toList, toText } from "../../src/channels/cli/json.ts";
import { decideCompound, type PartAnswer } from "../../src/kernel/routing/compound.ts";
import { route } from "../../src/kernel/routing/route.ts";
import { root } from "../lib/bootstrap.mjs";
import type { LocalCatalogue } from "./catalogue.ts";

export interface CompoundRow {
  readonly query: string;
  /** None: one request. Empty text: a step that no skill is for. */
  readonly steps: readonly string[];
}

/** In percent. */
export const COMPOUND_FLOORS = { found: 90, falselySplit: 1 } as const;

export function loadCompound(): readonly CompoundRow[] {
  const text = readFileSync(join(root, "test", "fixtures", "compound_queries.json"), "utf8");
  return toJsonList(parseJson(text)).map(({ query, steps }) => ({
    query: toText(query),
    steps: toList(steps).map(toText),
  }));
}

export interface JudgedCompound {
  readonly requests: number;
  readonly found: number;
  readonly falselySplit: number;
  readonly mistakes: readonly string[];
}

export function judgeCompound(catalogue: LocalCatalogue, rows: readonly CompoundRow[]): JudgedCompound {
  const asked = rows.map((row) => {
    const steps = splitLocally(catalogue, row.query);
    return { ...row, got: steps, isRight: JSON.stringify(steps) === JSON.stringify(row.steps) };
  });
  const percent = (some: readonly unknown[], all: readonly unknown[]): number =>
    all.length === 0 ? 0 : Math.round((1000 * some.length) / all.length) / 10;
  const [several, single] = [
    asked.filter(({ steps }) => steps.length > 0),
    asked.filter(({ steps }) => steps.length === 0),
  ];
  return {
    requests: rows.length,
    found: percent(
      several.filter(({ isRight }) => isRight),
      several,
    ),
    falselySplit: percent(
      single.filter(({ isRight }) => !isRight),
      single,
    ),
    mistakes: asked
      .filter(({ isRight }) => !isRight)
      .map(({ query, got }) => `${query} → ${got.join(", ") || "one request"}`),
  };
}

function splitLocally({ index }: LocalCatalogue, query: string): readonly string[] {
  const answer = (text: string): PartAnswer => {
    const { candidates, decision } = route(index, text);
    const [best] = candidates;
    if (decision === "no_skill_found" || best === undefined)
      return { skill: null, confidence: 0, isTie: false };
    return { skill: best.id, confidence: best.confidence, isTie: decision === "choose" };
  };
  const steps = decideCompound(query, { whole: answer(query), answer, takesSteps: () => false });
  return steps?.map(({ skill }) => skill ?? "") ?? [];
}
