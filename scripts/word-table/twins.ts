// Russian words get the vectors of their English twins, where the corpora have not shown enough of them to learn their own.
import { normalise, toWords } from "../../src/kernel/routing/text/normalise.ts";
import { toTerm } from "../../src/kernel/routing/text/terms.ts";
import { RUSSIAN_WORDS } from "../../src/kernel/routing/data/russian-words.ts";
import type { Table } from "./write.ts";

const toTerms = (text: string): string[] => toWords(normalise(text)).map(toTerm);

/** The table with the twins at its end. */
export function addTwins(table: Table): Table {
  const rowOf = new Map(table.words.map((word, row) => [word, row]));
  const twins = new Map<string, Float32Array>();
  for (const entry of RUSSIAN_WORDS.split(";")) {
    const [russian = "", english = ""] = entry.split("=");
    const vector = toSum(
      table,
      toTerms(english).flatMap((term) => rowOf.get(term) ?? []),
    );
    const missing = toTerms(russian).filter((term) => !rowOf.has(term) && !twins.has(term));
    if (vector) for (const term of missing) twins.set(term, vector);
  }
  const { size } = table;
  const rows = table.words.length;
  const vectors = new Float32Array((rows + twins.size) * size);
  vectors.set(table.vectors);
  [...twins.values()].forEach((vector, at) => vectors.set(vector, (rows + at) * size));
  const shares = new Float32Array(rows + twins.size);
  shares.set(table.shares);
  return { words: [...table.words, ...twins.keys()], size, vectors, shares };
}

function toSum({ vectors, size }: Table, rows: readonly number[]): Float32Array | null {
  if (rows.length === 0) return null;
  return Float32Array.from({ length: size }, (_, at) =>
    rows.reduce((sum, row) => sum + (vectors[row * size + at] ?? 0), 0),
  );
}
