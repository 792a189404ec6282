// Finds the tables of a result: lists of objects become rows, what stands beside them becomes facts. Used by page and CSV alike.
import { isMap } from "../../../kernel/language/expression-values.ts";

import { toPlaceOfKey } from "../../../kernel/domain/effect.ts";
import type { PlanEntity, PlanWrite } from "./answer.ts";

export interface Column {
  readonly key: string;
  /** Path in `formats`. */
  readonly path: string;
}

export interface ResultTable {
  /** Where it stands in the result; "" when the result itself is the list. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

export interface ResultParts {
  readonly facts: readonly { readonly name: string; readonly path: string; readonly value: unknown }[];
  readonly tables: readonly ResultTable[];
}

const MOST_COLUMNS = 40;

export function toResultParts(result: unknown): ResultParts {
  if (Array.isArray(result)) return { facts: [], tables: [toTable("", result)] };
  if (!isMap(result))
    return {
      facts: result === null || result === undefined ? [] : [{ name: "", path: "", value: result }],
      tables: [],
    };
  const entries = Object.entries(result);
  return {
    facts: entries.flatMap(([name, value]) =>
      isTable(value) ? [] : isFlat(value) ? toInner(name, value) : [{ name, path: name, value }],
    ),
    tables: entries.flatMap(([name, value]) => (isTable(value) ? [toTable(name, value)] : [])),
  };
}

/** The table that a download holds: the longest list, or the facts as one row. */
export function toMainTable(result: unknown): ResultTable {
  const { facts, tables } = toResultParts(result);
  const [longest] = [...tables].sort((left, right) => right.rows.length - left.rows.length);
  if (longest) return longest;
  const row = Object.fromEntries(facts.map(({ name, value }) => [name === "" ? "value" : name, value]));
  return {
    name: "",
    columns: facts.map(({ name, path }) => ({ key: name === "" ? "value" : name, path })),
    rows: facts.length === 0 ? [] : [row],
  };
}

/** Every entry that a trial run would touch, as it is now (or, where it is new, as it would be). */
export function toPlanTable(writes: readonly PlanWrite[]): ResultTable {
  const rows = writes.flatMap((write) =>
    write.entities === "unknown until run"
      ? []
      : write.entities.map(({ id, label, before, after }) => ({
          action: write.class,
          target: write.target,
          id,
          ...(before ?? after ?? { label }),
        })),
  );
  return toTable("", rows);
}

/** The name by which one entry of a list is left out, without the run's id: a trial run and the run itself have different ones. */
export function toEntry({ key }: PlanWrite, { id }: PlanEntity): string {
  return `${toPlaceOfKey(key)}#${id}`;
}

export function listEntries(writes: readonly PlanWrite[]): readonly string[] {
  return writes.flatMap((write) =>
    write.entities === "unknown until run" ? [] : write.entities.map((entity) => toEntry(write, entity)),
  );
}

function isTable(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.some(isMap);
}

function isFlat(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && Object.values(value).every((item) => item === null || typeof item !== "object");
}

/** An object of plain values is told value by value. */
function toInner(name: string, value: Readonly<Record<string, unknown>>): ResultParts["facts"] {
  return Object.entries(value).map(([key, item]) => ({
    name: `${name}: ${key}`,
    path: `${name}.${key}`,
    value: item,
  }));
}

function toTable(name: string, list: readonly unknown[]): ResultTable {
  const rows = list.map((item) => (isMap(item) ? item : { value: item }));
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, MOST_COLUMNS);
  return { name, columns: keys.map((key) => ({ key, path: `${name}[].${key}` })), rows };
}
