// How much more often than by chance a word stands near another, and occurs under a label: positive pointwise mutual information.
import type { Lexicon } from "./lexicon.ts";

/** Words this far apart have to do with each other. */
const WINDOW = 4;
/** Lifts rare neighbours less: the usual exponent. */
const SMOOTHING = 0.75;

/** Rows of words: where they start, which columns, what values. */
export interface SparseMatrix {
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float32Array;
  readonly width: number;
}

type Counts = Map<number, number>[];

export function toAssociations(lexicon: Lexicon): SparseMatrix {
  const near = toInformation(countNear(lexicon), lexicon.words.length);
  const labelled = toInformation(countLabelled(lexicon), lexicon.drawn.length);
  const rows = near.map((row, word) => {
    const joined = new Map(row);
    for (const [label, value] of labelled[word] ?? []) joined.set(lexicon.words.length + label, value);
    return joined;
  });
  return pack(rows, lexicon.words.length + lexicon.drawn.length);
}

function countNear({ words, texts }: Lexicon): Counts {
  const counts: Counts = words.map(() => new Map());
  for (const text of texts)
    for (let at = 0; at < text.length; at++)
      for (let apart = 1; apart <= WINDOW && at + apart < text.length; apart++) {
        add(counts[text[at] ?? 0], text[at + apart] ?? 0, 1 / Math.sqrt(apart));
        add(counts[text[at + apart] ?? 0], text[at] ?? 0, 1 / Math.sqrt(apart));
      }
  return counts;
}

function countLabelled({ words, texts, labels }: Lexicon): Counts {
  const counts: Counts = words.map(() => new Map());
  texts.forEach((text, number) => {
    for (const word of new Set(text)) add(counts[word], labels[number] ?? 0, 1);
  });
  return counts.map((row) => new Map([...row].map(([label, count]) => [label, Math.log1p(count)])));
}

function add(row: Map<number, number> | undefined, column: number, amount: number): void {
  row?.set(column, (row.get(column) ?? 0) + amount);
}

/** Scaled so that a row is one long on average. */
function toInformation(counts: Counts, width: number): Counts {
  const columnSums = new Float64Array(width);
  for (const row of counts)
    for (const [column, count] of row) columnSums[column] = (columnSums[column] ?? 0) + count;
  const smoothed = columnSums.map((sum) => sum ** SMOOTHING);
  const total = smoothed.reduce((sum, one) => sum + one, 0);
  let lengths = 0;
  const informed = counts.map((row) => {
    const rowSum = [...row.values()].reduce((sum, one) => sum + one, 0);
    const kept = [...row]
      .map(([column, count]): [number, number] => [
        column,
        Math.log((count * total) / (rowSum * (smoothed[column] ?? 1))),
      ])
      .filter(([, value]) => value > 0);
    lengths += Math.sqrt(kept.reduce((sum, [, value]) => sum + value * value, 0));
    return new Map(kept);
  });
  const scale = counts.length / lengths;
  return informed.map((row) => new Map([...row].map(([column, value]) => [column, value * scale])));
}

function pack(rows: Counts, width: number): SparseMatrix {
  const size = rows.reduce((sum, row) => sum + row.size, 0);
  const starts = new Int32Array(rows.length + 1);
  const columns = new Int32Array(size);
  const values = new Float32Array(size);
  let end = 0;
  rows.forEach((row, number) => {
    for (const [column, value] of row) {
      columns[end] = column;
      values[end++] = value;
    }
    starts[number + 1] = end;
  });
  return { starts, columns, values, width };
}
