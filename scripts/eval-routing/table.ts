// The result as a table for people.
import type { SetFigures } from "./score.ts";
import { MEASURES } from "./score.ts";

export function toTable(result: {
  sets: Record<string, SetFigures>;
  calibration: object;
  curve?: readonly object[];
  table?: object;
  latency_ms?: object;
  index?: object;
}): string {
  const lines = [["set", "examples", "top-1", "top-3", "AUROC", "in@oos90", "refused in", "refused out"]];
  for (const [set, figures] of Object.entries(result.sets)) {
    for (const [setting, value] of Object.entries(figures)) {
      if (typeof value !== "object") continue;
      lines.push([set, setting, ...MEASURES.map((column) => value[column]?.toString() ?? "")]);
    }
  }
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0))) ?? [];
  const rows = lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const rest = [
    result.calibration,
    ...(result.curve ?? []),
    result.table,
    result.latency_ms,
    result.index,
  ].filter((part) => part !== undefined);
  return [...rows, "", ...rest.map((part) => JSON.stringify(part))].join("\n");
}
