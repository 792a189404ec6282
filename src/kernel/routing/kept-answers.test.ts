import { expect, it } from "vitest";
import { buildIndex } from "./build-index.ts";
import type { RoutingDocument } from "./document.ts";
import { routeOnce } from "./kept-answers.ts";

const aSkill = (name: "boxes" | "prices", phrases: readonly string[]): RoutingDocument => ({
  id: `shop/${name}`,
  description: phrases[0] ?? "",
  tags: [],
  phrases: { ru: [], en: phrases },
  inputNames: [],
});
const BOXES = aSkill("boxes", ["count the boxes", "how many boxes are there", "number of boxes"]);
const PRICES = aSkill("prices", ["show the price list", "what are the prices", "price list please"]);
const index = buildIndex([BOXES, PRICES]);
const everything = { allowed: () => true };
const QUERY = "how many boxes";

it("a request that was just asked is not weighed again, for as long as the registry stays as it is", () => {
  const first = routeOnce(index, QUERY, everything);
  expect(first.candidates[0]?.id).toBe("shop/boxes");
  expect(routeOnce(index, QUERY, everything)).toBe(first);
  const after = buildIndex([PRICES]);
  expect(routeOnce(after, QUERY, everything).candidates.map(({ id }) => id)).not.toContain("shop/boxes");
});

it("nobody is answered what another key reaches", () => {
  routeOnce(index, QUERY, everything);
  const small = { globs: ["shop/prices"], allowed: (id: string) => id === "shop/prices" };
  expect(routeOnce(index, QUERY, small).candidates.map(({ id }) => id)).toEqual(["shop/prices"]);
  expect(routeOnce(index, QUERY, everything).candidates[0]?.id).toBe("shop/boxes");
});
