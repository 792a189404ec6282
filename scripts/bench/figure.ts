/** One measured figure, beside what it is measured against. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** The reference of the same sitting, and the ratio to it, where the figure is one. */
  readonly reference?: number;
  readonly ratio?: number;
  /** What must hold, and what we want. Of the ratio where there is one. */
  readonly floor?: number;
  readonly aim?: number;
  readonly better: "more" | "less";
  readonly note?: string;
}

const round = (value: number): number => Number(value.toPrecision(3));

export function toTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, ratio, floor, aim, better }) => {
    const judged = ratio ?? value;
    const holds = floor === undefined || (better === "more" ? judged >= floor : judged <= floor);
    const bounds = floor === undefined ? "" : `floor ${floor}, aim ${aim ?? floor}`;
    const shown = `${round(value)} ${unit}`.padStart(14);
    return `${holds ? "✓" : "✗"} ${name.padEnd(44)}${shown}  ${ratio === undefined ? "" : `ratio ${round(ratio)}`.padEnd(12)}  ${bounds}`;
  });
  return rows.join("\n");
}

const HEAD = ["what", "measured", "reference of this run", "ratio", "floor", "aim"];

/** For a document. */
export function toMarkdown(figures: readonly Figure[]): string {
  const show = (value: number | undefined): string => (value === undefined ? "" : String(round(value)));
  const rows = figures.map(({ name, value, unit, reference, ratio, floor, aim }) =>
    [name, `${round(value)} ${unit}`, show(reference), show(ratio), show(floor), show(aim)].map((cell) =>
      cell.trim(),
    ),
  );
  const lines = [HEAD, HEAD.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
