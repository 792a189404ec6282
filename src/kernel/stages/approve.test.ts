import { describe, expect, it } from "vitest";
import { anEffectPattern, anOrder, aPlan, aPlannedWrite, aSkill, NOW } from "../../../test/builders.ts";
import type { Manifest } from "../domain/effect.ts";
import type { RunOrder } from "../domain/run.ts";
import { toDefaultSet } from "../policy/default-policies.ts";
import { judge, toPolicyNeed } from "./authorize.ts";
import { decideApproval, needsManifest, toExcluded, toManifest } from "./approve.ts";

const asks = { needed: "yes", by: "owner", always: false } as const;
const unsure = { needed: "unknown", by: "owner", always: false } as const;
const many = (total: number) => toManifest("plan", [aPlannedWrite({ total })], []);

describe("a manifest's hash", () => {
  const hash = (...changes: Parameters<typeof toManifest>) => toManifest(...changes).hash;
  const base = hash("plan", [aPlannedWrite()], []);

  it("is the same for another run that would write the same", () => {
    expect(hash("plan", [aPlannedWrite({ key: "run_1_b:remove:1" })], [])).toBe(base);
    expect(hash("plan", [aPlannedWrite()], ["b", "a"])).toBe(hash("plan", [aPlannedWrite()], ["a", "b"]));
  });

  it("changes with the plan, a row, a place, and what was left out", () => {
    const row = { id: "quotes:1", label: "1 · sent" };
    const others = [
      hash("other", [aPlannedWrite()], []),
      hash("plan", [aPlannedWrite({ entities: [row] })], []),
      hash("plan", [aPlannedWrite({ key: "run_0_a:remove:2" })], []),
      hash("plan", [aPlannedWrite()], ["remove:1#quotes:1"]),
    ];
    expect(new Set([base, ...others]).size).toBe(5);
  });
});

describe("what is left out of a list", () => {
  const added = aPlannedWrite({
    key: "run_0_a:add:1",
    step: "add",
    class: "write",
    entities: [1, 2].map((n) => ({ id: `quotes:${n}`, label: `${n}`, after: { n } })),
    total: 2,
  });

  it("is a row that is there, by its name or its id", () => {
    const both = aPlannedWrite({
      entities: [1, 2].map((n) => ({ id: `quotes:${n}`, label: `${n}`, before: { n } })),
    });
    expect(toExcluded([both], ["quotes:1"])).toEqual({ excluded: ["remove:1#quotes:1"] });
    expect(toExcluded([both], ["remove:1#quotes:2"])).toEqual({ excluded: ["remove:1#quotes:2"] });
  });

  it("is no row of several that one statement adds, but may be all of them", () => {
    expect(toExcluded([added], ["quotes:1"])).toMatchObject({
      refusal: {
        reason: "bad_request",
        message: {
          en: '"add:1#quotes:1" is one of 2 new rows that one statement adds: it adds all of them or none. Nothing was done.',
          ru: "«add:1#quotes:1» — одна из новых строк (2), которые добавляет один запрос: он добавит все или ни одной. Ничего не сделано.",
        },
        mend: { en: "Leave out all rows of add:1, or none." },
        field: "exclude",
      },
    });
    expect(toExcluded([added], ["quotes:1", "quotes:2"])).toMatchObject({ excluded: { length: 2 } });
  });
});

/** By the policies that come with SkillOS, of a plan that writes and does not know how much. */
function decide(order: RunOrder, manifest: Manifest) {
  const { principal, channel, timeZone } = order;
  const judging = { principal, channel, timeZone, policies: toDefaultSet(), now: NOW };
  const plan = aPlan({ effects: [anEffectPattern({ class: "write", step: "remove", entities: null })] });
  const judged = judge(judging, { asked: { skill: aSkill(), called: [] }, plan, manifest, isFinal: true });
  return decideApproval(order, manifest, toPolicyNeed(judged).needed);
}

describe("a run that would write", () => {
  it.each([
    ["one row, nobody asks", anOrder(), 1, { go: true, how: "not needed" }],
    ["ten rows, not known before", anOrder({ approval: unsure }), 10, { go: true, how: "not needed" }],
    ["eleven rows", anOrder({ approval: unsure }), 11, { wait: true }],
    ["one row, policy asks", anOrder({ approval: asks }), 1, { wait: true }],
    [
      "one row, the caller may and did say yes",
      anOrder({ approval: asks, approved: true }),
      1,
      { how: "the caller" },
    ],
    ["nothing after all", anOrder({ approval: asks }), 0, { go: true, how: "not needed" }],
  ])("%s", (...row) => {
    const [, order, total, decision] = row;
    expect(decide(order, many(total))).toMatchObject(decision);
  });

  it("waits when the rows cannot be known, however few they are", () => {
    const unknown = toManifest("plan", [aPlannedWrite({ entities: "unknown until run", total: null })], []);
    expect(decide(anOrder({ approval: unsure }), unknown)).toEqual({ wait: true });
  });

  it("is refused when it is not what was agreed to, whoever says yes", () => {
    const order = anOrder({ agreedHash: "older", approved: true });
    expect(decide(order, many(1))).toMatchObject({
      refusal: { reason: "plan_drift", before: "older" },
    });
    expect(decide(anOrder({ agreedHash: many(1).hash }), many(1))).toMatchObject({ go: true });
  });

  it("is tried first only where somebody may have to be asked", () => {
    expect(needsManifest(anOrder())).toBe(false);
    for (const changes of [{ dryRun: true }, { approval: unsure }, { agreedHash: "h" }, { excluded: ["x"] }])
      expect(needsManifest(anOrder(changes))).toBe(true);
  });
});
