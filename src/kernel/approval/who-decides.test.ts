import { describe, expect, it } from "vitest";
import { anOrder } from "../../../test/builders.ts";
import type { Person } from "../domain/person.ts";
import type { Role } from "../domain/principal.ts";
import type { StepRecord } from "../domain/run.ts";
import { toAskers } from "./askers.ts";
import { type Asked, decideNo, decideYes, listDeciders, listOthers, toAskedOf } from "./who-decides.ts";

type Present = Person & { readonly role: Role };

const anna: Present = { id: "anna", role: "owner" };
const boris: Present = { id: "boris", role: "owner" };
const clara: Present = { id: "clara", role: "manager" };
const mia: Present = { id: "mia", role: "member" };
const vera: Present = { id: "vera", role: "viewer" };

const as = ({ id, role }: Present) => ({ user: id, role });
const askedBy = ({ id }: Present, by: Role = "owner", others: readonly Present[] = []): Asked => ({
  ...anOrder({ approval: { needed: "yes", by, always: false } }),
  askers: [id, ...others.map((one) => one.id)],
});

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

  it("is not of whoever put something into it, while somebody else could", () => {
    const asked = askedBy(mia, "manager", [clara]);
    expect(decideYes(asked, as(clara), [anna, clara, mia])).toMatchObject({
      refusal: { rule: "nobody agrees to what he himself put into a run", who: ["anna"] },
    });
    expect(decideYes(asked, as(anna), [anna, clara, mia])).toEqual({ allowed: true, isOwn: false });
  });

  it("is rather theirs than his own whose name it is in; it is on record as their own too", () => {
    const asked = askedBy(boris, "owner", [anna]);
    expect(decideYes(asked, as(anna), [anna, boris])).toEqual({ allowed: true, isOwn: true });
    expect(decideYes(asked, as(boris), [anna, boris])).toMatchObject({ refusal: { who: ["anna"] } });
  });

  describe("once the question is put", () => {
    const order = anOrder({ approval: { needed: "yes", by: "owner", always: false } });
    const put = { order, steps: [], deciders: ["boris"] };

    it("is not his own where others could say it then, though nobody can now", () => {
      expect(decideYes(toAskedOf(put), as(anna), [anna])).toMatchObject({
        refusal: { rule: "others could decide when it was asked, or within the last day", who: ["boris"] },
      });
      expect(decideYes(toAskedOf({ ...put, deciders: [] }), as(anna), [anna])).toMatchObject({ isOwn: true });
    });

    it("is not of those who have answered its forms", () => {
      const answered: StepRecord = {
        ...{ path: "account", kind: "form", status: "succeeded", startedAt: 1, durationMs: 0, attempts: 1 },
        ...{ costMicroUsd: 0, answeredBy: { user: "boris", at: 1 } },
      };
      const asked = toAskedOf({ order: { ...order, askers: ["mia"] }, steps: [answered], deciders: [] });
      expect(asked.askers).toEqual(["anna", "mia", "boris"]);
      expect(toAskers({ order, steps: [answered, answered] })).toEqual(["anna", "boris"]);
      const people = [anna, boris, { ...boris, id: "carl" }];
      expect(decideYes(asked, as(boris), people)).toMatchObject({ refusal: { who: ["carl"] } });
    });
  });

  describe("of a key in an asker's hands", () => {
    const keys = (...ways: readonly (readonly string[])[]) => ({ ...boris, ways });
    const by = (hands: readonly string[]) => ({ ...as(boris), hands });

    it("is none, whatever the age of the key; he who has another way is told so", () => {
      const stopped = decideYes(askedBy(anna), by(["anna"]), [anna, keys(["anna"], [])]);
      expect(stopped).toMatchObject({
        refusal: {
          rule: "the key comes from whoever asked",
          who: ["boris"],
          mend: { en: expect.stringContaining("mailed") },
        },
      });
      expect(decideYes(askedBy(anna), by(["clara"]), [anna, boris])).toEqual({ allowed: true, isOwn: false });
    });

    it("is none either while somebody else could; the owner who can make him another key is named", () => {
      const carl = { ...boris, id: "carl", ways: [[]] };
      expect(decideYes(askedBy(anna), by(["anna"]), [anna, keys(["anna"]), carl])).toMatchObject({
        refusal: { who: ["carl"], mend: { en: expect.stringContaining("another owner (carl)") } },
      });
    });

    it("is on record as the asker's own where nobody has another way; he himself is not asked then", () => {
      const people = [anna, keys(["anna"])];
      expect(decideYes(askedBy(anna), by(["anna"]), people)).toEqual({ allowed: true, isOwn: true });
      expect(decideYes(askedBy(anna), as(anna), people)).toMatchObject({ refusal: { who: ["boris"] } });
    });
  });

  describe("within a day of the others' end", () => {
    const gone: Person = { id: "boris", role: null, lately: "owner", ways: [[]] };
    const smaller: Person = { id: "boris", role: "member", lately: "owner", ways: [["anna"]] };

    it.each([
      ["removed", gone],
      ["made smaller", smaller],
    ])("is not the asker's own: %s", (_how, before) => {
      expect(decideYes(askedBy(anna), as(anna), [anna, before])).toMatchObject({
        refusal: { rule: "others could decide when it was asked, or within the last day", who: ["boris"] },
      });
    });

    it("is kept with the question who they were", () => {
      expect(listOthers(askedBy(anna), [anna, gone, { ...clara, lately: "owner" }])).toEqual([
        "boris",
        "clara",
      ]);
      expect(listOthers(askedBy(anna), [anna, smaller])).toEqual([]);
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

/** Every list of some of these. */
function toSubsets<Of>(all: readonly Of[]): readonly (readonly Of[])[] {
  return all.reduce<readonly (readonly Of[])[]>(
    (sets, one) => [...sets, ...sets.map((set) => [...set, one])],
    [[]],
  );
}

describe("for all that may be", () => {
  const NAMES = ["anna", "boris", "carl"];
  const WAYS = [undefined, [[]], [["anna"]], [["boris"], ["carl"]]];
  const LIVES = [
    { role: "owner" },
    { role: null, lately: "owner" },
    { role: "member", lately: "owner" },
  ] as const;
  const EACH = WAYS.length * LIVES.length;
  const SOME = toSubsets(NAMES);

  const toPerson = (id: string, turn: number): Person => {
    const ways = WAYS[turn % WAYS.length];
    const life = LIVES[Math.floor(turn / WAYS.length) % LIVES.length] ?? LIVES[0];
    return { id, ...life, ...(ways && { ways }) };
  };
  const toPeople = (seed: number): readonly Person[] =>
    NAMES.map((id, n) => toPerson(id, Math.floor(seed / EACH ** n)));

  interface Said {
    readonly askers: readonly string[];
    readonly person: Person;
    readonly hands: readonly string[];
  }
  const CASES = SOME.filter((askers) => askers.length > 0).flatMap((askers) =>
    NAMES.flatMap((name) => SOME.map((hands) => ({ askers, name, hands }))),
  );

  /** A yes that should be none, or that is on record as what it is not. */
  function findWrong({ askers, person, hands }: Said, people: readonly Person[]): boolean {
    if (person.role === null) return false;
    const asked: Asked = { ...askedBy(anna), askers };
    const principal = { user: person.id, role: person.role, hands };
    const said = decideYes(asked, principal, people);
    if (!said.allowed) return false;
    const isAskers = (names: readonly string[]) => names.some((one) => askers.includes(one));
    const isClean = !isAskers([person.id, ...hands]);
    const could = people.filter(
      ({ id, role, lately, ways = [[]] }) =>
        (lately ?? role) === "owner" && !askers.includes(id) && ways.some((way) => !isAskers(way)),
    );
    return said.isOwn === isClean || (!isClean && could.length > 0);
  }

  it("is of no asker, nor of a key in his hands, while another person could", () => {
    const wrong = Array.from({ length: EACH ** NAMES.length }, (_, seed) => toPeople(seed)).flatMap(
      (people) =>
        CASES.flatMap(({ askers, name, hands }) => {
          const person = people.find(({ id }) => id === name) ?? anna;
          const said = { askers, person, hands: hands.filter((one) => one !== name) };
          return findWrong(said, people) ? [{ people, ...said }] : [];
        }),
    );
    expect(wrong).toEqual([]);
  });

  it("is somebody's, whoever they are who may decide and come by some way", () => {
    const stuck = Array.from({ length: EACH ** NAMES.length }, (_, seed) => toPeople(seed)).filter(
      (people) =>
        people.every(({ lately, role }) => lately === undefined || role === lately) &&
        SOME.some((askers) => askers.length > 0 && !hasYes(askers, people)),
    );
    expect(stuck).toEqual([]);
  });

  function hasYes(askers: readonly string[], people: readonly Person[]): boolean {
    const asked: Asked = { ...askedBy(anna), askers };
    return people.some(({ id, role, ways = [[]] }) =>
      ways.some((hands) => role !== null && decideYes(asked, { user: id, role, hands }, people).allowed),
    );
  }
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

it("asks those who put nothing into it, then those who did, at last whose name it is in", () => {
  expect(listDeciders(askedBy(anna), [anna, boris, mia])).toEqual([boris]);
  expect(listDeciders(askedBy(boris, "owner", [anna]), [anna, boris])).toEqual([anna]);
  expect(listDeciders(askedBy(anna), [anna, mia])).toEqual([anna]);
});
