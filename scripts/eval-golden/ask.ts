// A golden row asked of a local catalogue, at a time that is handed in: dates that are counted from today stay right.
import type { GoldenAnswer, GoldenRow } from "../../src/channels/cli/files/golden.ts";
import { toJson } from "../../src/channels/cli/json.ts";
import { detectLocale } from "../../src/kernel/domain/text.ts";
import { parseParameters } from "../../src/kernel/language/parameters/parse-parameters.ts";
import { route } from "../../src/kernel/routing/route.ts";
import type { LocalCatalogue } from "./catalogue.ts";

/** The day the rows and the practice data were written for. */
export const ASKED_AT = "2026-11-21T12:00:00+03:00";
const PLACE = { timeZone: "Europe/Moscow", currency: "RUB" };

export function askLocally({ skills, index }: LocalCatalogue, row: GoldenRow): GoldenAnswer {
  const started = performance.now();
  const { candidates, decision } = route(index, row.query);
  const latencyMs = performance.now() - started;
  const isFound = decision !== "no_skill_found";
  const first = candidates[0];
  const skill = first && first.id === row.skill ? skills.get(first.id) : undefined;
  const context = { ...PLACE, now: Date.parse(ASKED_AT), locale: detectLocale(row.query) };
  const parsed = skill && parseParameters(row.query, skill.input, context);
  return {
    row,
    candidates: candidates.map(({ id, confidence }) => ({ skill: id, confidence })),
    isFound,
    latencyMs,
    input: isFound && parsed ? toJson(parsed.values) : null,
    read: isFound && parsed ? parsed.understood.map(({ name }) => name) : [],
  };
}
