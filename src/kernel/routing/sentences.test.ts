import { expect, test } from "vitest";
import type { SkillId } from "../domain/id.ts";
import { buildIndex } from "./build-index.ts";
import type { RoutingDocument } from "./document.ts";
import { route } from "./route.ts";
import { toSentences } from "./sentences.ts";

const aDocument = (id: SkillId, description: string, ...en: string[]): RoutingDocument => ({
  ...{ id, description, tags: [], inputNames: [] },
  phrases: { ru: [], en },
});
const DESCRIBED = [
  aDocument("sea/charts", "Charts of harbours with depths and tides"),
  aDocument(
    "sea/insurance",
    "Insurance of a boat against storms, with the premium and the harbour of a boat",
  ),
  aDocument("sea/crew", "Finds a crew for a boat"),
];
const REQUEST =
  "My boat lies in a harbour and I have had this boat for years, a fine boat that has seen storms. Which depths and tides are there?";

test("a skill that is known by its description is found by the sentence that asks", () => {
  const [best] = route(buildIndex(DESCRIBED), REQUEST).candidates;
  expect(best?.id).toBe("sea/charts");
  expect(best?.features["sentence"]).toBeGreaterThan(0);
});

test("where people have said how they ask, a request is taken whole", () => {
  const heard = DESCRIBED.map((one) => ({ ...one, phrases: { ru: [], en: [`please ${one.id}`] } }));
  const [best] = route(buildIndex(heard), REQUEST).candidates;
  expect(best?.features["sentence"]).toBeUndefined();
});

test("a sentence has some words, and a long request is not cut for ever", () => {
  expect(toSentences("Convert 3.5 tons to pounds please")).toEqual([]);
  expect(toSentences("Hello! I have a question. Where is my parcel now?")).toEqual([
    "I have a question.",
    "Where is my parcel now?",
  ]);
  expect(toSentences("what is this? ".repeat(1_000))).toHaveLength(6);
});
