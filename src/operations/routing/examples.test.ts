import { describe, expect, it } from "vitest";
import { aSkill } from "../../../test/builders.ts";
import type { SkillId } from "../../kernel/domain/id.ts";
import { toCandidates } from "./examples.ts";

const toSkills = (...ids: readonly SkillId[]) =>
  ids.map((id) => aSkill({ id, phrases: { ru: [], en: [`ask for ${id}`], not: [] } }));
const many = (domain: string) =>
  toSkills(...Array.from({ length: 100 }, (_, n): SkillId => `${domain}/s${n + 100}`));

describe("what is tried for an example", () => {
  it("is one of each domain before a second of any", () => {
    const tried = toCandidates([...many("a"), ...toSkills("z/last", "b/two", "b/one")], "en");
    expect(tried.slice(0, 5).map(({ id }) => id)).toEqual(["a/s100", "b/one", "z/last", "a/s101", "b/two"]);
  });

  it("is bounded, however many skills there are", () => {
    expect(toCandidates([...many("a"), ...many("b")], "en")).toHaveLength(30);
  });

  it("has words in the language of whoever asked", () => {
    expect(toCandidates(many("a"), "ru")).toEqual([]);
  });
});
