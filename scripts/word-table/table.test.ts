import { expect, test } from "vitest";
import { toWordKey } from "../../src/kernel/routing/features/extract.ts";
import { findTableRow, parseWordTable } from "../../src/kernel/routing/features/word-table.ts";
import { toAssociations } from "./associations.ts";
import { contrast } from "./contrast.ts";
import { toLexicon } from "./lexicon.ts";
import { toShares } from "./shares.ts";
import type { Source } from "./sources.ts";
import { toCoordinates } from "./subspace.ts";
import { toBytes } from "./write.ts";

const SIZE = 4;
const request = (label: string, corpus: string, text: string): Source => ({
  label,
  corpus,
  language: "en",
  isRequest: true,
  drawn: 1,
  terms: text.split(" "),
});
const SOURCES = [
  request("music", "one", "the play song jazz"),
  request("music", "one", "the play tune rock"),
  request("music", "two", "the play song tune"),
  request("card", "two", "the card lost bank"),
  request("card", "one", "the card stolen bank"),
  request("card", "two", "the lost stolen jazz rock card"),
];

function make(): Float32Array {
  const lexicon = toLexicon(SOURCES, 100);
  const vectors = toCoordinates(toAssociations(lexicon), SIZE);
  contrast(vectors, lexicon, { steps: 40, batch: 8, rate: 2e-2, seed: 1 });
  return vectors;
}

test("words that are said of one thing come to lie nearer to each other than to words of another", () => {
  const { words } = toLexicon(SOURCES, 100);
  const vectors = make();
  const rowOf = (word: string) => [
    ...vectors.subarray(words.indexOf(word) * SIZE, (words.indexOf(word) + 1) * SIZE),
  ];
  const nearness = (one: string, other: string) => {
    const [first, second] = [rowOf(one), rowOf(other)];
    const product = first.reduce((sum, figure, at) => sum + figure * (second[at] ?? 0), 0);
    return product / (Math.hypot(...first) * Math.hypot(...second));
  };
  expect(nearness("song", "tune")).toBeGreaterThan(nearness("song", "lost"));
  expect(nearness("lost", "stolen")).toBeGreaterThan(nearness("stolen", "play"));
});

test("the same sources give the same figures", () => {
  expect(make()).toEqual(make());
});

test("everyday is what all corpora have, and a topic is not", () => {
  const [the = 0, jazz = 0] = toShares(
    [...SOURCES, request("chat", "three", "the weather")],
    ["the", "weather"],
  );
  expect(the).toBe(1);
  expect(jazz).toBe(0);
});

test("bytes are read as they were written", () => {
  const vectors = Float32Array.of(1, -0.5, 0.25, 0, 0, 0.01, 0.02, -0.01);
  const table = parseWordTable(
    toBytes({ words: ["song", "card"], size: SIZE, vectors, shares: Float32Array.of(0.5, 0.25) }).buffer,
  );
  const row = findTableRow(table, toWordKey("card"));
  const figures = [...table.values.subarray(row * SIZE, (row + 1) * SIZE)].map(
    (one) => one * (table.scales[row] ?? 0),
  );
  expect(figures[1]).toBeCloseTo(0.01, 3);
  expect(figures[2]).toBeCloseTo(0.02, 3);
  expect(table.shares[row]).toBe(0.25);
  expect(findTableRow(table, toWordKey("taxi"))).toBe(-1);
});
