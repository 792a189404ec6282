// A golden row asked of a local catalogue, at a time that is handed in: dates that are counted from today stay right.
import type { GoldenAnswer, GoldenRow } from "../../src/channels/cli/files/golden.ts";
import { toJson } from "../../src/channels/cli/json.ts";
import { route } from "../../src/kernel/routing/route.ts";
import { decideInput } from "../../src/kernel/stages/input.ts";
import type { LocalCatalogue } from "./catalogue.ts";

/** For rows that name no time: the day they and the practice data were written for. */
const ASKED_AT = "2026-11-21T12:00:00+03:00";
const TENANT = { timeZone: "Europe/Moscow", currency: "RUB" };

export function askLocally({ skills, index }: LocalCatalogue, row: GoldenRow): GoldenAnswer {
  const started = performance.now();
  const { candidates, decision } = route(index, row.query);
  const latencyMs = performance.now() - started;
  const isFound = decision !== "no_skill_found";
  const first = candidates[0];
  const skill = first && first.id === row.skill ? skills.get(first.id) : undefined;
  const request = { query: row.query, input: {}, locale: null };
  const decided =
    isFound &&
    skill &&
    decideInput(skill, request, { now: Date.parse(row.askedAt || ASKED_AT), tenant: TENANT });
  const understood = decided && "values" in decided ? decided : null;
  return {
    row,
    candidates: candidates.map(({ id, confidence }) => ({ skill: id, confidence })),
    isFound,
    latencyMs,
    input: understood && toJson(understood.values),
    read: understood?.understood.map(({ name }) => name) ?? [],
  };
}
