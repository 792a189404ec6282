import { expect, test } from "vitest";
import type { SkillId } from "../../domain/id.ts";
import { buildIndex } from "../build-index.ts";
import type { RoutingDocument } from "../document.ts";
import { route } from "../route.ts";
import { RUSSIAN_WORDS } from "../data/russian-words.ts";
import { normalise, toWords } from "./normalise.ts";
import { findTwins } from "./twins.ts";

test.each([
  ["шторы", "curtain"],
  ["открыть", "open"],
  ["umbrella", "зонт"],
])("%s has %s for a twin", (word, twin) => {
  expect(findTwins(word)).toContain(twin);
});

test("the list is in the form that words are compared in, so that nobody need bring it there", () => {
  const sides = RUSSIAN_WORDS.split(";").flatMap((line) => line.split("=").map((side) => side.trim()));
  expect(sides.filter((side) => toWords(normalise(side)).join(" ") !== side)).toEqual([]);
});

test("two words that are one phrase are no twins of what it means, each alone", () => {
  expect(findTwins("turn")).not.toContain("выключи");
  expect(findTwins("qwxzv")).toEqual([]);
});

const aDocument = (id: SkillId, phrases: RoutingDocument["phrases"]): RoutingDocument => ({
  ...{ id, description: id, tags: [], inputNames: [], phrases },
});

test("a Russian request finds a skill that was described in English only", () => {
  const index = buildIndex([
    aDocument("home/curtains", { ru: [], en: ["open the curtains", "close the curtain", "curtains please"] }),
    aDocument("home/fridge", {
      ru: [],
      en: ["what is in the fridge", "fridge temperature", "cool the fridge"],
    }),
  ]);
  expect(route(index, "открой шторы").candidates[0]?.id).toBe("home/curtains");
  expect(route(index, "что в холодильнике").candidates[0]?.id).toBe("home/fridge");
});

test("a word that the catalogue knows stays what it is", () => {
  const index = buildIndex([
    aDocument("home/curtains", { ru: ["шторы", "открой шторы", "закрой шторы"], en: [] }),
    aDocument("shop/curtains", { ru: [], en: ["buy a curtain", "curtains price", "a curtain shop"] }),
  ]);
  expect(route(index, "шторы").candidates[0]?.id).toBe("home/curtains");
});
