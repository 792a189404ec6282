// A finished run: its answer, its tables, what it is made of, what it cost, and the next thing to type.
import { formatUsd } from "../../dollars.ts";
import { toRepeatCommand } from "../../repeat-command.ts";
import { type Json, isJson, toField, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { type Column, toColumns, toTable } from "./table.ts";
import { formatCell, formatDuration, formatMoment, formatTime, toNamed, toShortId } from "./value.ts";
import type { View } from "./view.ts";

const ROWS_SHOWN = 20;
const TABLES_SHOWN = 2;
/** A second skill below this is no guess of what else was meant. */
const LEAST_DOUBT = 0.01;

export function toResultLines(body: Json, view: View): readonly string[] {
  const changed = hasChanged(body);
  const answer = toText(body["answer"]);
  const details = toText(body["details"]);
  const facts = toFacts(body, view, `${answer} ${details}`).join(" · ");
  if (changed) {
    const first = `${view.paint("green", "✓")} ${view.paint("bold", answer || toText(body["skill"]))}`;
    return [
      `${first} · ${facts}`,
      ...toIndented(details),
      ...toFileHint(body, view),
      ...toDeletedHint(body, view),
    ];
  }
  const shown =
    answer === "" ? toValueLines(body, view) : [view.paint("bold", answer), ...toIndented(details)];
  return [...shown, ...toTables(body, view), `  ${view.paint("dim", facts)}`];
}

export function toRunShort(body: Json): string {
  return toText(body["short_id"]) || toShortId(toText(body["run_id"]), "r");
}

function toIndented(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n").map((line) => `  ${line}`);
}

function toEffects(body: Json): readonly Json[] {
  return toJsonList(toField(body, "plan", "effects"));
}

/** An empty list of writes: each was left out by its condition. */
export function hasChanged(body: Json): boolean {
  const writes = toField(body, "plan", "manifest");
  if (Array.isArray(writes) && writes.length === 0) return false;
  return toEffects(body).some((effect) => toText(effect["class"]) !== "read");
}

/** As recorded, and what somebody said since that it was in truth. */
export function toCostText(run: Json): string {
  const corrected = toNumber(toField(run, "corrected_cost", "usd"));
  const usd = formatUsd(toNumber(toField(run, "cost", "usd")) ?? 0);
  return corrected === null ? usd : `${usd} → ${formatUsd(corrected)}`;
}

function toFacts(body: Json, view: View, said: string): readonly string[] {
  const { words } = view;
  const usesModel = toEffects(body).some((effect) => effect["via"] === "model");
  const usd = toCostText(body);
  const duration = toNumber(body["duration_ms"]);
  const isReadOnly = !hasChanged(body);
  const approved = toJson(body["approved"]);
  const approvedAt = toText(approved["at"]);
  return [
    ...(isReadOnly ? [words.changedNothing] : []),
    ...(approvedAt === ""
      ? []
      : [words.approvedBy(toApprover(toText(approved["by"]), view), formatTime(approvedAt, view))]),
    ...toOrigin(body, view, said),
    ...(body["degraded"] === true ? [words.degraded] : []),
    words.cost(usd) + (isReadOnly && !usesModel ? words.noModel : ""),
    ...(duration === null ? [] : [formatDuration(duration, view)]),
    words.run(toRunShort(body)),
  ];
}

/** The local owner is the person at this terminal. */
function toApprover(by: string, view: View): string {
  return by === "owner" || by === "" ? view.words.you : by;
}

/** Said once: the skill's own sentence may have said it already. */
function toOrigin(body: Json, view: View, said: string): readonly string[] {
  const { words } = view;
  const asOf = toText(body["as_of"]);
  const practice =
    body["data"] === "practice" && !said.includes(words.practiceData) ? [words.practiceData] : [];
  const sample = body["sample"] === true ? [words.sample] : [];
  return [...practice, ...sample, ...(asOf === "" ? [] : [words.asOf(formatMoment(asOf, view))])];
}

function toFormats(body: Json): Readonly<Record<string, string>> {
  const entries = Object.entries(toJson(body["formats"]));
  return Object.fromEntries(entries.map(([path, currency]) => [path, toText(currency)]));
}

/** Every list of objects in the result, drawn as a table. */
function toTables(body: Json, view: View): readonly string[] {
  const formats = toFormats(body);
  return Object.entries(toJson(body["result"])).flatMap(([name, value]) => {
    const rows = toJsonList(value);
    if (rows.length === 0) return [];
    const columns: readonly Column[] = toColumns(rows, formats, `${name}[].`);
    const lines = toTable(rows.slice(0, ROWS_SHOWN), columns, {
      ...view,
      width: view.width === null ? null : view.width - 2,
    });
    const more = rows.length > ROWS_SHOWN ? [view.words.moreRows(rows.length - ROWS_SHOWN)] : [];
    return [...lines, ...more].map((line) => `  ${line}`);
  });
}

/** A skill without an answer of its own: its output, name by name. */
function toValueLines(body: Json, view: View): readonly string[] {
  const formats = toFormats(body);
  const single = Object.entries(toJson(body["result"])).filter(
    ([, value]) => !(Array.isArray(value) && value.some(isJson)),
  );
  const lines = single.map(
    ([name, value]) => [toNamed(name, name, view), formatCell(value, view, formats[name])] as const,
  );
  const width = Math.max(0, ...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
}

function toFileHint(body: Json, view: View): readonly string[] {
  const hasFile = toEffects(body).some((effect) => effect["via"] === "file" && effect["class"] === "write");
  return hasFile ? [`  ${view.words.itsFile(toRunShort(body))}`] : [];
}

function toDeletedHint(body: Json, view: View): readonly string[] {
  // What was left out is still there, and a repeat would find it.
  const isWhole = toList(toField(body, "plan", "excluded")).length === 0;
  const deletes = isWhole && toEffects(body).some((effect) => effect["class"] === "delete");
  return [
    `  ${view.paint("dim", (deletes ? view.words.repeatDeletes : "") + view.words.stepByStep(toRunShort(body)))}`,
  ];
}

/** Below a result that a sentence was routed to: how to say that it was the wrong skill, how to bring one's own data. */
export function toHints(body: Json, view: View): readonly string[] {
  const { words } = view;
  if (hasChanged(body)) return drawHints(toRepeatHint(body, view), view);
  const [other] = toJsonList(body["alternatives"]);
  const wrong =
    other === undefined || (toNumber(other["confidence"]) ?? 0) < LEAST_DOUBT
      ? []
      : [
          [
            words.wrongSkill,
            `npx skillos feedback ${toRunShort(body)} --expected-skill-id ${toText(other["skill"])}`,
          ],
        ];
  const table =
    body["data"] === "practice"
      ? toEffects(body).find((effect) => effect["via"] === "sql" && effect["connector"] === undefined)
      : undefined;
  const own = toOwnDataHints(toText(table?.["target"]), view);
  const hints = [...toRepeatHint(body, view), ...wrong, ...own];
  return drawHints(hints, view);
}

function drawHints(hints: readonly (readonly string[])[], view: View): readonly string[] {
  const width = Math.max(0, ...hints.map(([label = ""]) => label.length));
  return hints.map(
    ([label = "", command = ""]) => `  ${view.paint("dim", `${label.padEnd(width)}    ${command}`)}`,
  );
}

/** The request said how often: this was once. */
function toRepeatHint(body: Json, { words }: View): readonly (readonly string[])[] {
  const cron = toText(toField(body, "repeat", "cron"));
  if (cron === "") return [];
  const understood = toJsonList(body["understood"]).map(({ name, value }) => ({ name: toText(name), value }));
  return [[words.repeatIt, toRepeatCommand(toText(body["skill"]), cron, understood)]];
}

/** One command for each table, of which the first two are enough to see how it goes. */
function toOwnDataHints(target: string, { words }: View): readonly (readonly string[])[] {
  const tables = target.split(/,\s*/).filter((table) => table !== "");
  const shown = tables.slice(0, TABLES_SHOWN).map((table, at) => {
    const { yours, file } = words.yourTable(table);
    return [at === 0 ? `${yours}:` : "", `npx skillos data import ${table} ${file}`];
  });
  return tables.length > TABLES_SHOWN ? [...shown, ["", "…"]] : shown;
}
