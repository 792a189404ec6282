import { expect, it } from "vitest";
import type { RoutingDocument } from "../../src/kernel/routing/document.ts";
import { REFERENCE_NAMES, toReferenceRouter, withReference } from "./references.ts";

const aDocument = (id: RoutingDocument["id"], ...en: string[]): RoutingDocument => ({
  ...{ id, description: "", tags: [], inputNames: [] },
  phrases: { ru: [], en },
});
const DOCUMENTS = [
  aDocument("a/flights", "find a flight", "cheap flights to Sochi"),
  aDocument("a/hotels", "find a hotel", "a room in Sochi"),
];

it.each(REFERENCE_NAMES)("%s finds the nearer skill, and is used no longer than it is asked for", (name) => {
  const found = withReference(name, () => toReferenceRouter(DOCUMENTS)?.("a cheap hotel room"));
  expect(found?.candidates[0]?.id).toBe("a/hotels");
  expect(toReferenceRouter(DOCUMENTS)).toBeUndefined();
});
