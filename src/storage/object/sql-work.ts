// How many rows a statement would look at, by SQLite's own plan: nothing stops a statement that is running, and its store
// answers nobody meanwhile. A join on equal columns counts as one row each, so that one of columns that are all alike is let
// through; texts, patterns and numbers of columns are bounded by the platform.
// https://developers.cloudflare.com/durable-objects/platform/limits/

import { toNames } from "../../kernel/domain/statement-names.ts";
import { toName } from "./sql-name.ts";

/** A second of the plainest work and ten of a dear one, measured on two cores. */
const MAX_VISITED = 100_000_000;

/** A search without an index is the one for the least or the greatest of a table: all of it. */
const SCAN = /^(?:SCAN|SEARCH(?!.* USING )) (.+)$/;

export interface Statement {
  readonly text: string;
  readonly values: readonly SqlStorageValue[];
}

export interface PlanNode {
  readonly id: number;
  readonly parent: number;
  readonly detail: string;
}

interface Scene {
  readonly plan: readonly PlanNode[];
  readonly countOf: (scanned: string) => number;
}

export function toPlan(sql: SqlStorage, { text, values }: Statement): PlanNode[] {
  return sql
    .exec(`explain query plan ${text}`, ...values)
    .toArray()
    .map(({ id, parent, detail }) => ({ id: Number(id), parent: Number(parent), detail: String(detail) }));
}

/** Null: it may run. Otherwise what is wrong with it. */
export function findTooMuchWork(
  sql: SqlStorage,
  statement: Statement,
  plan: readonly PlanNode[],
): string | null {
  // `with` needs no `recursive` to name itself.
  if (plan.some(({ detail }) => detail === "RECURSIVE STEP"))
    return "a select that uses itself may never end";
  // What is looked through once multiplies nothing, and need not be counted.
  if (plan.filter(({ detail }) => SCAN.test(detail)).length < 2) return null;
  const visited = toVisited({ plan, countOf: (scanned) => countRows(sql, statement, scanned) }, 0);
  return visited > MAX_VISITED ? toTooMuch(visited) : null;
}

function toTooMuch(visited: number): string {
  const [wanted, most] = [visited, MAX_VISITED].map((rows) => (rows / 1e6).toFixed(0));
  return `it would look at ${wanted} million rows, more than ${most} million: join tables on equal columns, or use two steps`;
}

/** Scans that stand beside each other are loops within loops; what stands under them is done once, or for each of their rows. */
function toVisited(scene: Scene, parent: number): number {
  let loops = 1;
  let once = 0;
  let forEach = 1;
  for (const { id, detail } of scene.plan.filter((node) => node.parent === parent)) {
    const scanned = SCAN.exec(detail)?.[1];
    if (scanned !== undefined) loops *= toScanned(scene, scanned);
    else if (detail.startsWith("CORRELATED")) forEach += toVisited(scene, id);
    else once += toVisited(scene, id);
  }
  return loops * forEach + once;
}

/** A table that the statement makes for itself has at most the rows that were looked at for it. */
function toScanned(scene: Scene, scanned: string): number {
  const made = scene.plan.find(({ detail }) => {
    const name = /^(?:CO-ROUTINE|MATERIALIZE) (.+)$/.exec(detail)?.[1];
    return name !== undefined && isNamed(scanned, name);
  });
  return made ? toVisited(scene, made.id) : scene.countOf(scanned);
}

/** `scanned` is a name, or an alias, and what SQLite says of how. Whose alias it is cannot always be told: then the largest. */
function countRows(sql: SqlStorage, statement: Statement, scanned: string): number {
  if (/CONSTANT ROWS?$/.test(scanned)) return 1;
  if (scanned.includes(" VIRTUAL TABLE ")) return toMostElements(statement);
  const tables = sql
    .exec("select name from _tables")
    .toArray()
    .map(({ name }) => String(name));
  const [alias = ""] = scanned.toLowerCase().split(" ");
  const words = toNames(statement.text);
  const found =
    tables.find((name) => isNamed(scanned, name)) ?? tables.find((name) => isAlias(words, name, alias));
  const counts = (found === undefined ? tables : [found]).map((name) =>
    Number(sql.exec(`select count(*) as n from ${toName(name)}`).one()["n"]),
  );
  return Math.max(1, ...counts);
}

function isNamed(scanned: string, name: string): boolean {
  return `${scanned} `.toLowerCase().startsWith(`${name.toLowerCase()} `);
}

/** `from quotes q`, `join "quotes" as q`. */
function isAlias(words: readonly string[], name: string, alias: string): boolean {
  return words.some((word, n) => {
    const next = words[n + 1] === "as" ? words[n + 2] : words[n + 1];
    return word === name.toLowerCase() && next === alias;
  });
}

/** Of a JSON list: each has at least a digit and a comma. */
function toMostElements({ text, values }: Statement): number {
  const sizes = [text, ...values].map((part) => (typeof part === "string" ? part.length / 2 : 0));
  return Math.max(...sizes);
}
