import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSkillId, type SkillId } from "../domain/id.ts";
import { type Saying, toSayingId, weigh } from "./said.ts";

const id = (name: string): SkillId => {
  const parsed = parseSkillId(name);
  if (parsed === null) throw new Error(name);
  return parsed;
};
const [HOTELS, FLIGHTS] = [id("travel/hotels"), id("travel/flights")];
const wrong = (user: string, query: string): Saying => ({ user, query, chosen: HOTELS, expected: FLIGHTS });
const right = (user: string, query: string): Saying => ({ user, query, chosen: HOTELS, expected: HOTELS });
const demeritOf = (sayings: readonly Saying[]): number => weigh(sayings).demerits.get(HOTELS) ?? 0;

describe("a skill that keeps being corrected", () => {
  it("is only taught by the first correction, and pushed down from the second on", () => {
    expect(demeritOf([wrong("anna", "a")])).toBe(0);
    expect(demeritOf([wrong("anna", "a"), wrong("anna", "b")])).toBe(0.5);
    expect(demeritOf([wrong("anna", "a"), wrong("boris", "b")])).toBe(1);
  });
  it("weighs what many say more than what one repeats", () => {
    const insistent = Array.from({ length: 40 }, (_, n) => wrong("anna", `way ${"x".repeat(n)}`));
    expect(demeritOf(insistent)).toBeLessThanOrEqual(1);
    expect(demeritOf(["anna", "boris", "vera", "gleb"].map((user) => wrong(user, "a")))).toBe(3);
  });
  it("is forgiven by who says that it was right", () => {
    expect(demeritOf([wrong("anna", "a"), wrong("anna", "b"), right("anna", "c")])).toBe(0);
  });
  it("of a request that was no run, nobody is to blame", () => {
    expect(weigh([{ user: "anna", query: "a", chosen: null, expected: FLIGHTS }]).demerits.size).toBe(0);
  });
});

it("whatever people say, a demerit is between nothing and 3, and one person alone never reaches more than 1", () => {
  const saying = fc.tuple(fc.constantFrom("anna", "boris", "vera"), fc.string());
  fc.assert(
    fc.property(fc.array(saying, { maxLength: 60 }), (told) => {
      const sayings = told.map(([user, query]) => wrong(user, query));
      expect(demeritOf(sayings)).toBeGreaterThanOrEqual(0);
      expect(demeritOf(sayings)).toBeLessThanOrEqual(3);
      expect(demeritOf(sayings.filter(({ user }) => user === "anna"))).toBeLessThanOrEqual(1);
    }),
  );
});

it("a skill learns fifty requests of one person at most, the newest ones, each once", () => {
  const many = Array.from({ length: 80 }, (_, n) => wrong("anna", `request ${"i".repeat(n + 1)}`));
  const learnt = weigh([...many, wrong("boris", many[79]?.query ?? "")]).corrections.get(FLIGHTS) ?? [];
  expect(learnt).toHaveLength(50);
  expect(learnt.at(-1)).toBe(many[79]?.query);
  expect(learnt).not.toContain(many[29]?.query);
});

it("one person says one thing of a request, whatever its case, spaces, punctuation and numbers", () => {
  const said = toSayingId("anna", "Переведи 100 долларов!");
  expect(toSayingId("anna", "  переведи   250 долларов ")).toBe(said);
  expect(toSayingId("anna", "переведи рубли")).not.toBe(said);
  expect(toSayingId("boris", "Переведи 100 долларов!")).not.toBe(said);
});
