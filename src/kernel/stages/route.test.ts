import { describe, expect, it } from "vitest";
import { aSkill } from "../../../test/builders.ts";
import type { RunRequest } from "../domain/request.ts";
import type { Skill } from "../domain/skill.ts";
import type { CatalogueSnapshot } from "../ports/catalogue.ts";
import { buildIndex } from "../routing/build-index.ts";
import { decideRoute } from "./route.ts";

const clean = aSkill({
  id: "test/clean",
  description: "Delete old drafts of quotes",
  phrases: {
    ru: ["удали старые черновики", "убери черновики предложений", "почисти черновики"],
    en: ["delete the old drafts", "remove drafts of quotes", "clean up the drafts"],
    not: [],
  },
});
const other = aSkill({
  id: "test/rates",
  description: "Exchange rates",
  phrases: { ru: ["курс доллара", "курс евро"], en: ["dollar rate", "euro rate today"], not: [] },
});

function ask(query: string, { skill = clean, changes = true }: { skill?: Skill; changes?: boolean } = {}) {
  const skills = [skill, other];
  const documents = skills.map(({ id, description, tags, phrases }) => ({
    id,
    description,
    tags,
    phrases,
    counter: phrases.not,
    inputNames: [],
  }));
  const snapshot = {
    skills: new Map(skills.map((one) => [one.id, one])),
  } as unknown as CatalogueSnapshot; // Of a catalogue, routing reads this.
  const request = { query, skill: null, tags: [], principal: {} } as unknown as RunRequest; // And these of a request.
  const rules = {
    mayChange: (one: Skill) => changes && one.id === skill.id,
    index: buildIndex(documents),
  };
  const decided = decideRoute(snapshot, request, rules);
  return "found" in decided ? decided.found.id : Object.keys(decided)[0];
}

describe("a request to look", () => {
  it.each(["покажи старые черновики", "список черновиков предложений", "show the old drafts"])(
    "does not lead to a skill that changes: %s",
    (query) => {
      expect(ask(query)).toBe("none");
      expect(ask(query, { changes: false })).toBe("test/clean");
    },
  );

  it.each(["удали старые черновики", "покажи и удали старые черновики", "delete the old drafts"])(
    "is none with a word of doing: %s",
    (query) => expect(ask(query)).toBe("test/clean"),
  );

  it("leads to one that people ask so", () => {
    const phrases = { ...clean.phrases, ru: [...clean.phrases.ru, "покажи черновики и что в них"] };
    expect(ask("покажи старые черновики", { skill: { ...clean, phrases } })).toBe("test/clean");
  });
});
