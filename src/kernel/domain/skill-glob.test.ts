import { describe, expect, it } from "vitest";
import { GLOB_CASES } from "../../../test/contracts/skill-globs.ts";
import { compileGlob, isGlob, isGlobOfKey, reaches, reachesAll } from "./skill-glob.ts";

it.each(GLOB_CASES)("$glob names what it says", ({ glob, isOfKey, names, leaves }) => {
  expect(isGlob(glob)).toBe(true);
  expect(isGlobOfKey(glob)).toBe(isOfKey);
  for (const matches of [compileGlob(glob), (id: string) => reaches({ skills: [glob] }, id)]) {
    expect(names.filter(matches)).toEqual(names);
    expect(leaves.filter(matches)).toEqual([]);
  }
});

describe("a glob of a key", () => {
  it.each(["a/b", "*/*", "travel/*", "travel/find_*", "tr*/x"])("is written %s", (text) => {
    expect(isGlobOfKey(text)).toBe(true);
  });

  it.each(["*", "a", "", "a/b/c", "a/**", "*a/b", "a*b/c", "A/b", "a/", "/b", "a/b*c", "../a", "a /b"])(
    "is not %j",
    (text) => {
      expect(isGlobOfKey(text)).toBe(false);
    },
  );
});

describe("a key", () => {
  it("reaches what its globs name, all of it without globs, nothing with none", () => {
    expect(reaches({}, "a/b")).toBe(true);
    expect(reaches({ skills: [] }, "a/b")).toBe(false);
    expect(reaches({ skills: ["x/y", "travel/find_*"] }, "travel/find_hotel")).toBe(true);
    for (const id of ["travel/find", "travels/find_x", "x/y2", "x/y/z"])
      expect(reaches({ skills: ["x/y", "travel/find_*"] }, id)).toBe(false);
  });

  it("gives away no more than it reaches", () => {
    const maker = { skills: ["travel/*", "shop/pay"] };
    expect(reachesAll(maker, ["travel/*", "travel/find_*", "travel/x", "shop/pay"])).toBe(true);
    for (const glob of ["*/*", "trav*/x", "shop/pay*", "shop/*"])
      expect(reachesAll(maker, [glob])).toBe(false);
    expect(reachesAll(maker, null)).toBe(false);
    expect(reachesAll({}, null)).toBe(true);
  });
});
