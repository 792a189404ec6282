import { describe, expect, it } from "vitest";
import type { SkillId } from "../domain/id.ts";
import { decideCompound, type PartAnswer } from "./compound.ts";

const NOBODY: PartAnswer = { skill: null, confidence: 0, isTie: false };
const an = (skill: SkillId, confidence = 0.9): PartAnswer => ({ skill, confidence, isTie: false });
/** Who answers to which word. */
const TOPICS: readonly (readonly [RegExp, PartAnswer])[] = [
  [/flights|рейсы/, an("travel/flights")],
  [/convert|переведи/, an("money/convert", 0.8)],
  [/rest|разбер/, an("shop/rest")],
  [/either/, { skill: "a/b", confidence: 0.5, isTie: true }],
];
const answer = (text: string): PartAnswer => TOPICS.find(([topic]) => topic.test(text))?.[1] ?? NOBODY;

function decide(query: string, { whole = answer(query), takes = "" } = {}) {
  const steps = decideCompound(query, { whole, answer, takesSteps: (skill) => skill === takes });
  return steps?.map(({ skill, confidence }) => [skill, confidence]) ?? null;
}

describe("several requests", () => {
  const TWO = [
    ["travel/flights", 0.9],
    ["money/convert", 0.8],
  ];

  it("are steps, each with its own skill", () => {
    expect(decide("find flights and then convert the price")).toEqual(TWO);
    expect(decide("найди рейсы, а потом переведи цену")).toEqual(TWO);
  });

  it("name the wish that nobody can grant", () => {
    expect(decide("find flights and then email the list to Ivan")).toEqual([TWO[0], [null, 0]]);
    expect(decide("найди рейсы, потом пришлите список Ивану")).toEqual([TWO[0], [null, 0]]);
  });

  it("between two skills are still a wish, and none without one", () => {
    expect(decide("find flights, then find either")).toEqual([TWO[0], ["a/b", 0.5]]);
    expect(decide("find flights, then either")).toBeNull();
  });
});

describe("one request", () => {
  it.each([
    "find flights and convert the price",
    "find flights, then we will see",
    "find flights, then other flights",
    "flights from 1 to 5, then from 10 to 12",
    "flights to Sochi, then to Moscow",
    "найди рейсы, потом разберёмся",
    "найди рейсы, потом уже неважно",
    "I took flights, then convert it",
    "sing to me, then dance",
  ])("stays one: %s", (query) => {
    expect(decide(query)).toBeNull();
  });

  it("is what a skill is asked for in steps by its own people, or fits better whole than in parts", () => {
    const query = "find flights and then convert the price";
    expect(decide(query, { whole: an("travel/trip", 0.5), takes: "travel/trip" })).toBeNull();
    expect(decide(query, { whole: an("travel/trip", 0.75) })).toBeNull();
    expect(decide(query, { whole: an("travel/trip", 0.5) })).not.toBeNull();
  });
});
