import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { SkillId } from "../../domain/id.ts";
import { fromBlob, toBlob } from "../blob.ts";
import { buildIndex } from "../build-index.ts";
import type { RoutingDocument } from "../document.ts";
import { toRequest } from "../model/model.ts";
import { route } from "../route.ts";
import { parseWordTable, toMeaningOf } from "./word-table.ts";

const bytes = readFileSync("src/kernel/routing/data/word-table.bin");
const table = parseWordTable(new Uint8Array(bytes).buffer);

function toNearness(one: string, other: string): number {
  const [first, second] = [one, other].map((text) => [...toMeaningOf(table, toRequest(text).features)]);
  return (first ?? []).reduce((sum, figure, at) => sum + figure * (second?.[at] ?? 0), 0);
}

function aDocument(id: SkillId, ...en: string[]): RoutingDocument {
  return { id, description: id, tags: [], phrases: { ru: [], en }, inputNames: [] };
}

describe("meanings", () => {
  test.each([
    ["dim the lamp", "lower the brightness", "book a taxi"],
    ["my card was stolen", "somebody took my debit card", "play some jazz"],
    ["выключи вентилятор", "turn off the fan", "what is the weather"],
  ])("%s is nearer to %s than to %s", (request, near, far) => {
    expect(toNearness(request, near)).toBeGreaterThan(toNearness(request, far) + 0.1);
  });

  test("words that the table does not have leave less of the rest", () => {
    const [known, mixed] = ["play jazz", "play jazz qwxzv vwqzx"].map((text) =>
      Math.hypot(...toMeaningOf(table, toRequest(text).features)),
    );
    expect(known).toBeCloseTo(1);
    expect(mixed).toBeLessThan(0.9);
  });
});

describe("an index made with a word table", () => {
  const documents = [
    aDocument("home/lights", "turn on the light in the kitchen", "switch the lamp off", "make it brighter"),
    aDocument("media/music", "play some jazz", "next song please", "put on the beatles"),
    aDocument("travel/taxi", "order a taxi home", "i need a cab", "get me a ride to the airport"),
  ];
  const index = buildIndex(documents, { table });

  test("finds a skill by words that it has never heard", () => {
    expect(route(index, "i want to hear rock").candidates[0]?.id).toBe("media/music");
    expect(
      route(buildIndex(documents), "i want to hear rock").candidates[0]?.features["meaning"],
    ).toBeUndefined();
  });

  test("says how much of a score is meaning", () => {
    expect(route(index, "i want to hear rock").candidates[0]?.features["meaning"]).toBeGreaterThan(0);
  });

  test("gives the same answer from its blob, and none with another table", () => {
    const blob = toBlob(index);
    const loaded = fromBlob(blob, table);
    expect(loaded && route(loaded, "play the next song")).toEqual(route(index, "play the next song"));
    expect(fromBlob(blob)).toBeNull();
    expect(fromBlob(blob, { ...table, fingerprint: 1 })).toBeNull();
  });
});
