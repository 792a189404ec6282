// Behind the curtain: the steps of a run in their order (--debug), by their time (--profile), or with every effect (--trace).
import { microUsdToUsd } from "../../../kernel/domain/money.ts";
import { formatUsd } from "../../dollars.ts";
import { type Json, toJsonList, toNumber, toText } from "../json.ts";
import { toLogWord } from "../words/log-words.ts";
import { toStatus } from "./status.ts";
import { type Column, toTable } from "./table.ts";
import { formatDuration } from "./value.ts";
import type { View } from "./view.ts";

const LONGEST_VALUE = 200;

export function toStepLines(
  body: Json,
  detail: "debug" | "profile" | "trace",
  view: View,
): readonly string[] {
  const steps = toJsonList(body["steps"]).map((step) => ({
    ...step,
    ms: toNumber(step["durationMs"]) ?? toNumber(step["duration_ms"]) ?? 0,
  }));
  const ordered = detail === "profile" ? [...steps].sort((left, right) => right.ms - left.ms) : steps;
  const rows = ordered.map((step) => toStepRow(step, step.ms, view));
  const columns = ["step", "kind", "status", "time", "tries", "cost"].map((key) => toColumn(key, view));
  const table = toTable(rows, columns, view);
  const values = detail === "debug" ? steps.flatMap((step) => toValueLine(step)) : [];
  return [
    ...(rows.length === 0 ? [] : ["", ...table]),
    ...values,
    ...(detail === "trace" ? toEffectLines(body, view) : []),
  ].map((line) => (line === "" ? "" : `  ${line}`));
}

function toColumn(key: string, { words }: View): Column {
  return { key, title: words.titles[key] ?? key };
}

function toStepRow(step: Json, ms: number, view: View): Json {
  const cost = toNumber(step["costMicroUsd"]) ?? toNumber(step["cost_micro_usd"]) ?? 0;
  return {
    step: step["path"] ?? step["id"],
    kind: step["kind"],
    status: toLogWord(toStatus(toText(step["status"]), view), view.locale),
    time: formatDuration(ms, view),
    tries: step["attempts"],
    cost: formatUsd(microUsdToUsd(cost)),
  };
}

function toValueLine(step: Json): readonly string[] {
  const problem = toText(step["problem"]);
  const value = step["value"] === undefined ? "" : JSON.stringify(step["value"]);
  const shown = problem === "" ? value : problem;
  if (shown === "") return [];
  return [
    `${toText(step["path"])} = ${shown.length > LONGEST_VALUE ? `${shown.slice(0, LONGEST_VALUE)}…` : shown}`,
  ];
}

function toEffectState(state: string, view: View): string {
  const word = toLogWord(state, view.locale);
  return word === state ? toStatus(state, view) : word;
}

export function toEffectLines(body: Json, view: View): readonly string[] {
  const rows = toJsonList(body["effects"]).map((effect) => ({
    effect: toLogWord(toText(effect["class"]), view.locale),
    via: toLogWord(toText(effect["via"]), view.locale),
    target: effect["target"],
    state: toEffectState(toText(effect["state"]), view),
    data: toLogWord(toText(effect["origin"]), view.locale),
    time: formatDuration(toNumber(effect["durationMs"]) ?? toNumber(effect["duration_ms"]) ?? 0, view),
    key: toText(effect["key"]).replace(/^run_\d+_[0-9a-z]{20}/, "r-"),
  }));
  if (rows.length === 0) return [];
  return [
    "",
    ...toTable(
      rows,
      Object.keys(rows[0] ?? {}).map((key) => toColumn(key, view)),
      view,
    ),
  ];
}
