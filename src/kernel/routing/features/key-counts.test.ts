import { expect, test } from "vitest";
import { KeyCounts } from "./key-counts.ts";

test("counts far more keys than it begins with, in the order they were first seen", () => {
  const counts = new KeyCounts();
  const keys = Array.from({ length: 3_000 }, (_, at) => Math.imul(at + 1, 0x9e3779b1) >>> 0);
  for (const key of [...keys, ...keys.slice(0, 1_000)]) counts.add(key);
  expect([...counts.keys]).toEqual(keys);
  expect([...counts.counts]).toEqual(keys.map((_, at) => (at < 1_000 ? 2 : 1)));
});

test("keys that want one place are told apart", () => {
  const counts = new KeyCounts();
  for (const key of [1, 513, 1025, 513]) counts.add(key);
  expect([...counts.keys]).toEqual([1, 513, 1025]);
  expect([...counts.counts]).toEqual([1, 2, 1]);
});

test("holds nothing once cleared", () => {
  const counts = new KeyCounts();
  counts.add(7);
  counts.clear();
  expect(counts.keys).toHaveLength(0);
  counts.add(7);
  expect([...counts.counts]).toEqual([1]);
});
