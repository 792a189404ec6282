import { describe, expect, it } from "vitest";
import { anOrder } from "../../../test/builders.ts";
import { decideNo, decideYes, listDeciders, type Person, toAskedOf } from "./who-decides.ts";

const anna: Person = { id: "anna", role: "owner" };
const boris: Person = { id: "boris", role: "owner" };
const clara: Person = { id: "clara", role: "manager" };
const mia: Person = { id: "mia", role: "member" };
const vera: Person = { id: "vera", role: "viewer" };

const as = ({ id, role }: Person) => ({ user: id, role });
const askedBy = ({ id, role }: Person, by: Person["role"] = "owner") => {
  const order = anOrder({ approval: { needed: "yes", by, always: false } });
  return { ...order, principal: { ...order.principal, user: id, role } };
};

describe("whose yes counts", () => {
  it.each([
    ["one above him decides", mia, anna, "owner", [anna, mia], true],
    ["another owner decides", anna, boris, "owner", [anna, boris], true],
    ["not his own, with another owner there", anna, anna, "owner", [anna, boris], false],
    ["his own, where he alone may decide", anna, anna, "owner", [anna, clara, mia], true],
    ["his own, where nobody is on record", anna, anna, "owner", [], true],
    ["not of a smaller role", mia, clara, "owner", [anna, clara], false],
    ["of a greater role than wanted", mia, anna, "manager", [anna, clara], true],
    ["not his own, where one above him may decide too", clara, clara, "manager", [anna, clara], false],
    ["one member agrees for another", mia, { ...mia, id: "max" }, "member", [mia], true],
    ["no viewer's, whatever the skill says", mia, vera, "viewer", [vera], false],
  ] as const)("%s", (...[, starter, decider, by, people, allowed]) => {
    expect(decideYes(askedBy(starter, by), as(decider), people)).toMatchObject({ allowed });
  });

  it("is on record as his own where there is nobody else", () => {
    expect(decideYes(askedBy(anna), as(anna), [anna])).toEqual({ allowed: true, isOwn: true });
    expect(decideYes(askedBy(mia), as(anna), [anna])).toEqual({ allowed: true, isOwn: false });
  });

  describe("once the question is put", () => {
    const put = { order: askedBy(anna), createdAt: 100, deciders: ["boris"] };

    it("is not his own where others could say it then, though nobody can now", () => {
      expect(decideYes(toAskedOf(put), as(anna), [anna])).toMatchObject({
        refusal: { rule: "others could decide when it was asked", who: ["boris"] },
      });
      expect(decideYes(toAskedOf({ ...put, deciders: [] }), as(anna), [anna])).toMatchObject({ isOwn: true });
    });

    it.each([
      ["of a key that the asker made", { of: ["anna"], isOwn: false, since: 1 }, false],
      ["of one that its user made of that before", { of: ["anna"], isOwn: true, since: 99 }, true],
      ["nor of one that its user made of that since", { of: ["anna"], isOwn: true, since: 100 }, false],
      ["of a key that somebody else made", { of: ["clara"], isOwn: false, since: 100 }, true],
    ])("%s", (_what, hands, allowed) => {
      expect(decideYes(toAskedOf(put), { ...as(boris), hands }, [anna, boris])).toMatchObject({ allowed });
    });
  });

  it("is told with the names of those who may", () => {
    expect(decideYes(askedBy(anna), as(anna), [anna, boris, clara])).toMatchObject({
      refusal: { reason: "forbidden", action: "approve test/one", who: ["boris"] },
    });
    expect(decideYes(askedBy(mia, "manager"), as(mia), [anna, clara])).toMatchObject({
      refusal: { rule: "only manager decides", who: ["anna", "clara"] },
    });
  });
});

describe("whose no counts", () => {
  it.each([
    ["his own: he takes the question back", mia, mia, true],
    ["of those who may say yes", mia, anna, true],
    ["not of others", mia, clara, false],
  ] as const)("%s", (...[, starter, decider, allowed]) => {
    expect(decideNo(askedBy(starter), as(decider), [anna, clara, mia])).toMatchObject({ allowed });
  });
});

it("asks those who did not ask for it, or else whoever there is", () => {
  expect(listDeciders(askedBy(anna), [anna, boris, mia])).toEqual([boris]);
  expect(listDeciders(askedBy(anna), [anna, mia])).toEqual([anna]);
});
