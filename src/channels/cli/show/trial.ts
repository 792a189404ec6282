// A trial run: what would be read, written and deleted, row by row, before anybody says yes.
import { formatUsd } from "../../dollars.ts";
import { isJson, type Json, toField, toJson, toJsonList, toNumber, toText } from "../json.ts";
import { type Column, toCells, toColumns, toRowLines } from "./table.ts";
import { toShortPlan } from "./value.ts";
import type { View } from "./view.ts";

const ROWS_SHOWN = 20;
const COLUMNS_SHOWN = 5;

interface Line {
  readonly class: "read" | "write" | "delete";
  readonly target: string;
  readonly count: string;
  readonly rows: readonly Json[];
  readonly total: number;
}

export function toWrites(body: Json): readonly Json[] {
  return toJsonList(toField(body, "plan", "manifest"));
}

/** How many things would be changed; what is unknown counts as none. */
export function toEntityCount(writes: readonly Json[]): number {
  return writes.reduce((sum, write) => sum + (toNumber(write["total"]) ?? 0), 0);
}

export function toTrialLines(body: Json, view: View, savedIn: string | null): readonly string[] {
  const { words } = view;
  const lines = [...toReads(body, view), ...toWriteLines(body, view)];
  const verbs = lines.map((line) => words.verbs[line.class]);
  const verbWidth = Math.max(0, ...verbs.map((verb) => verb.length));
  const targetWidth = Math.max(0, ...lines.map((line) => line.target.length));
  const isReadOnly = lines.every((line) => line.class === "read");
  return [
    view.paint("bold", isReadOnly ? words.trialReads : words.trial),
    ...lines.flatMap((line) => [
      `  ${toVerb(line, verbWidth, view)}  ${line.target.padEnd(targetWidth)}  ${line.count}${line.class === "delete" ? `, ${words.noUndo}` : ""}`.trimEnd(),
      ...toRows(line.rows, body, view).map((row) => `${" ".repeat(verbWidth + 4)}${row}`),
    ]),
    `  ${toTrialFacts(body, view, savedIn)}`,
  ];
}

/** The server's name for a file that was not given. */
const NO_FILE = "an attached file";

function toVerb(line: Line, width: number, view: View): string {
  const verb = view.words.verbs[line.class].padEnd(width);
  if (line.class === "read") return verb;
  return view.paint(line.class === "delete" ? "red" : "yellow", verb);
}

/** Reads are told once per target; how many rows each gave is known only where the server says so. */
function toReads(body: Json, view: View): readonly Line[] {
  const done = toJsonList(body["effects"]).filter((effect) => effect["class"] === "read");
  const patterns = toJsonList(toField(body, "plan", "effects")).filter(
    (effect) => effect["class"] === "read",
  );
  const targets = [...new Set(patterns.map((effect) => toText(effect["target"])))];
  return targets.map((target) => {
    const of = [...done, ...patterns].filter((effect) => effect["target"] === target);
    const isTable = of.some((effect) => effect["via"] === "sql");
    const total = of.map((effect) => toReadCount(body, effect)).find((count) => count !== null) ?? null;
    return {
      class: "read",
      target: target === NO_FILE ? view.words.anAttachedFile : target,
      count: total === null ? "" : toCount(total, isTable, view),
      rows: [],
      total: total ?? 0,
    };
  });
}

function toReadCount(body: Json, effect: Json): number | null {
  const rows = toStepRows(body, toText(effect["step"])).length;
  return toNumber(effect["total"]) ?? (rows > 0 ? rows : null);
}

function toCount(count: number, isTable: boolean, view: View): string {
  return isTable ? view.words.rows(count) : view.words.objects(count);
}

function toWriteLines(body: Json, view: View): readonly Line[] {
  const patterns = toJsonList(toField(body, "plan", "effects"));
  return toWrites(body).map((write) => {
    const total = toNumber(write["total"]);
    const isTable = patterns.some((effect) => effect["step"] === write["step"] && effect["via"] === "sql");
    return {
      class: write["class"] === "delete" ? "delete" : "write",
      target: toText(write["target"]),
      count: total === null ? view.words.unknownUntilRun : toCount(total, isTable, view),
      rows: toJsonList(write["entities"]),
      total: total ?? 0,
    };
  });
}

/** The entities as a table of what a person would know them by; of long lists only the beginning. */
export function toRows(entities: readonly Json[], body: Json, view: View): readonly string[] {
  const more = entities.length > ROWS_SHOWN ? [view.words.moreRows(entities.length - ROWS_SHOWN)] : [];
  return [...toAllRows(entities.slice(0, ROWS_SHOWN), body, view), ...more];
}

export function toAllRows(entities: readonly Json[], body: Json, view: View): readonly string[] {
  if (entities.length === 0) return [];
  const drawn = toDrawn(entities, body);
  return drawn === null ? entities.map(toLabel) : toRowLines(drawn.facts, drawn.columns, view);
}

/** Of each entity what its line shows, cell by cell: a person may name it by any of them. */
export function toRowCells(
  entities: readonly Json[],
  body: Json,
  view: View,
): readonly (readonly string[])[] {
  const drawn = toDrawn(entities, body);
  return drawn === null
    ? entities.map((entity) => [toLabel(entity)])
    : toCells(drawn.facts, drawn.columns, view);
}

function toLabel(entity: Json): string {
  return toText(entity["label"]) || toText(entity["id"]);
}

/** Null: not every entity has its facts, so that only labels can be shown. */
function toDrawn(
  entities: readonly Json[],
  body: Json,
): { readonly facts: readonly Json[]; readonly columns: readonly Column[] } | null {
  const facts = entities.map((entity) => entity["before"] ?? entity["after"]).filter(isJson);
  if (facts.length < entities.length) return null;
  const chosen = toShown(body);
  const isChosen = chosen.length > 0 && facts.every((fact) => chosen.every((key) => key in fact));
  const all = toColumns(facts, toPlanFormats(body), "");
  const columns = isChosen ? all.filter(({ key }) => chosen.includes(key)) : all.slice(0, COLUMNS_SHOWN);
  return { facts, columns };
}

function toPlanFormats(body: Json): Readonly<Record<string, string>> {
  const formats = Object.entries(toJson(toField(body, "plan", "formats")));
  return Object.fromEntries(formats.map(([path, currency]) => [path, toText(currency)]));
}

/** Columns that the skill's `approval: show:` names; else those that a step of it looked at before. */
function toShown(body: Json): readonly string[] {
  const [first] = toJsonList(toField(body, "plan", "show"));
  if (first !== undefined) return Object.keys(first);
  const reading = toJsonList(toField(body, "plan", "effects")).find((effect) => effect["class"] === "read");
  const [row] = toStepRows(body, toText(reading?.["step"]));
  return Object.keys(row ?? {});
}

function toStepRows(body: Json, step: string): readonly Json[] {
  const found = toJsonList(body["steps"]).find((one) => one["path"] === step);
  return toJsonList(toField(found, "value", "rows"));
}

function toTrialFacts(body: Json, view: View, savedIn: string | null): string {
  const { words } = view;
  const plan = toJson(body["plan"]);
  const risk = toNumber(plan["risk"]);
  const classes = toJsonList(plan["effects"]).map((effect) => toText(effect["class"]));
  const why = classes.includes("delete")
    ? words.riskWhy.delete
    : classes.includes("write")
      ? words.riskWhy.write
      : "";
  const approval = toJson(plan["approval"]);
  const short = toShortPlan(toText(plan["hash"]));
  const upper = toNumber(toField(plan, "forecast", "upper_usd")) ?? 0;
  return [
    ...(risk === null ? [] : [words.risk(risk, why)]),
    ...(approval["needed"] === "yes" ? [words.needsYes(words.role(toText(approval["by"]) || "owner"))] : []),
    upper > 0 ? words.upTo(formatUsd(upper)) : words.cost(formatUsd(0)),
    savedIn === null ? words.plan(short) : words.planSaved(short, savedIn),
  ].join(" · ");
}

/** "delete 3 draft quotes, cannot be undone": the writes of a plan in one sentence. */
export function toWritesSentence(writes: readonly Json[], view: View): string {
  const { words } = view;
  return writes
    .map((write) => {
      const isDelete = write["class"] === "delete";
      const total = toNumber(write["total"]);
      const target = toText(write["target"]);
      const what = total === null ? words.someOf(target) : words.objectOf(total, target, toQuality(write));
      return `${words.doVerbs[isDelete ? "delete" : "write"]} ${what}${isDelete ? `, ${words.noUndo}` : ""}`;
    })
    .join("; ");
}

/** What all of them have in common, when it is one word: the `draft` of draft quotes. */
function toQuality(write: Json): string {
  const states = new Set(
    toJsonList(write["entities"]).map((entity) => toText(toField(entity, "before", "status"))),
  );
  const [state = ""] = states;
  return states.size === 1 && /^\p{L}+$/u.test(state) ? state : "";
}
