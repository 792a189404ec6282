// Russian words lie where their English twins lie: what the corpora show of them is too little, and of one corpus, so that two words of
// one meaning would lie apart.
import { normalise, toWords } from "../../src/kernel/routing/text/normalise.ts";
import { toTerm } from "../../src/kernel/routing/text/terms.ts";
import { RUSSIAN_WORDS } from "../../src/kernel/routing/data/russian-words.ts";
import type { Table } from "./write.ts";

const RUSSIAN = /[а-я]/;

const toTerms = (text: string): string[] => toWords(normalise(text)).map(toTerm);

/** The table with the twins in their places, and those that it lacked at its end. */
export function addTwins(table: Table): Table {
  const { size } = table;
  const twins = findTwins(table);
  const rowOf = toRows(table);
  const added = [...twins.keys()].filter((term) => !rowOf.has(term));
  const words = [...table.words, ...added];
  const vectors = new Float32Array(words.length * size);
  vectors.set(table.vectors);
  words.forEach((word, row) => {
    const vector = twins.get(word);
    if (vector) vectors.set(vector, row * size);
  });
  const shares = new Float32Array(words.length);
  shares.set(table.shares);
  return { words, size, vectors, shares };
}

/** Russian term -> where its twins lie; of two entries the first counts. */
function findTwins(table: Table): ReadonlyMap<string, Float32Array> {
  const rowOf = toRows(table);
  const twins = new Map<string, Float32Array>();
  for (const entry of RUSSIAN_WORDS.split(";")) {
    const [russian = "", english = ""] = entry.split("=");
    const vector = toSum(
      table,
      toTerms(english).flatMap((term) => rowOf.get(term) ?? []),
    );
    if (!vector) continue;
    for (const term of toTerms(russian)) if (RUSSIAN.test(term) && !twins.has(term)) twins.set(term, vector);
  }
  return twins;
}

function toRows({ words }: Table): ReadonlyMap<string, number> {
  return new Map(words.map((word, row) => [word, row]));
}

function toSum({ vectors, size }: Table, rows: readonly number[]): Float32Array | null {
  if (rows.length === 0) return null;
  return Float32Array.from({ length: size }, (_, at) =>
    rows.reduce((sum, row) => sum + (vectors[row * size + at] ?? 0), 0),
  );
}
