import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { SkillId } from "../../domain/id.ts";
import { buildIndex } from "../build-index.ts";
import { DOWN, UP } from "../data/opposites.ts";
import type { RoutingDocument } from "../document.ts";
import { toRequest } from "../model/model.ts";
import { route } from "../route.ts";
import { toTerm } from "../text/terms.ts";
import { toDirection } from "./direction.ts";
import { parseWordTable } from "./word-table.ts";

test.each([
  ["turn the lights on in the hall", 1],
  ["turn the hall lights off", -1],
  ["what is on tonight", 0],
  ["pump up the volume", 1],
  ["pause the film", -1],
  ["подними шторы", 1],
  ["сделай тише", -1],
  ["turn it off and on again", 0],
])("%s goes %i", (text, direction) => {
  expect(toDirection(toRequest(text).features)).toBe(direction);
});

test("no word goes both ways", () => {
  const termsOf = (text: string): string[] => text.trim().split(/\s+/).map(toTerm);
  const up = new Set(termsOf(UP));
  expect(termsOf(DOWN).filter((term) => up.has(term))).toEqual([]);
});

describe("of two skills for opposite ends", () => {
  const aDocument = (id: SkillId, ...ru: string[]): RoutingDocument => ({
    ...{ id, description: id, tags: [], inputNames: [] },
    phrases: { ru, en: [] },
  });
  const bytes = readFileSync("src/kernel/routing/data/word-table.bin");
  const table = parseWordTable(new Uint8Array(bytes).buffer);
  const documents = [
    aDocument("blinds/open", "открой жалюзи", "открыть шторы", "открой всё"),
    aDocument("blinds/shut", "закрой жалюзи", "закрыть шторы", "закрой всё"),
  ];
  const index = buildIndex(documents, { table });

  test.each([
    ["подними жалюзи", "blinds/open"],
    ["опусти жалюзи", "blinds/shut"],
  ])("%s finds the one that goes this way, by a word neither has heard", (request, id) => {
    const [best] = route(index, request).candidates;
    expect(best?.id).toBe(id);
    expect(best?.features["direction"]).toBeGreaterThan(0);
  });
});
