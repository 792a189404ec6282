// In what a plan differs from what would be done now, row by row: `+` came, `-` went, `~` is another.
import { isJson, type Json, toJson, toJsonList, toNumber, toText } from "../json.ts";
import type { View } from "./view.ts";

const KINDS = [
  ["added", "+", "green"],
  ["gone", "-", "red"],
  ["changed", "~", "yellow"],
] as const;
const ROWS_SHOWN = 20;

export function toDriftLines(rows: Json, { paint }: View): readonly string[] {
  const lines = KINDS.flatMap(([kind, sign, colour]) =>
    toJsonList(rows[kind]).map((row) => `${paint(colour, sign)} ${toRow(row)}`),
  );
  const all = KINDS.reduce((sum, [kind]) => sum + (toNumber(toJson(rows["counts"])[kind]) ?? 0), 0);
  const shown = lines.slice(0, ROWS_SHOWN);
  return all > shown.length ? [...shown, `… +${all - shown.length}`] : shown;
}

function toRow(row: Json): string {
  const label = toText(row["label"]);
  if (!isJson(row["was"]) || !isJson(row["now"])) return label;
  const [was, now] = [row["was"], row["now"]];
  const changes = Object.keys({ ...was, ...now }).map(
    (name) => `${name}: ${toShown(was[name])} → ${toShown(now[name])}`,
  );
  return changes.length === 0 ? label : `${label}  ${changes.join(", ")}`;
}

function toShown(value: unknown): string {
  if (value === undefined || value === null) return "–";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
