// A budget as a table: limits, what is spent and left, what has limits of its own, what is paused; and what a change of it changed.
import type { Locale } from "../../../kernel/domain/text.ts";
import { formatExactUsd, formatUsd } from "../../dollars.ts";
import { type Json, toField, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { MONEY_WORDS } from "../words/money-words.ts";
import { type MoneyName, toLimitsText, toMoneyText, toPayerText } from "../words/payer-words.ts";
import { formatMoment } from "./value.ts";
import type { View } from "./view.ts";

const CHANGING: readonly MoneyName[] = ["per_request_usd", "daily_usd", "monthly_usd", "low_remaining_usd"];

/** Of everything, or of one within it. */
export function toLimitsOf(body: Json, whom: string): Json {
  if (whom === "tenant") return toJson(body["limits"]);
  return toJson(toJsonList(body["capped"]).find((one) => one["scope"] === whom)?.["limits"]);
}

/** What changed is what was asked for; the rest of a budget is another command's. */
export function toChangedLines(
  body: Json,
  { whom, before }: { readonly whom: string; readonly before: Json },
  view: View,
): readonly string[] {
  const { locale, words } = view;
  const after = toLimitsOf(body, whom);
  const changed = CHANGING.flatMap((name) => {
    if (toNumber(before[name]) === toNumber(after[name])) return [];
    const now = toMoneyText(name, after, locale) ?? words.noLimitNow;
    return [`${toMoneyText(name, before, locale) ?? "—"} → ${now}`];
  });
  const onLow =
    before["on_low"] === after["on_low"]
      ? []
      : [`--on-low: ${toText(before["on_low"])} → ${toText(after["on_low"])}`];
  const all = [...changed, ...onLow];
  const head = `✓ ${toPayerText(whom, locale)}: ${all.length === 0 ? words.nothingChanged : all.join("; ")}`;
  return [head, ...(whom === "tenant" ? ["", ...toBudgetTable(body, view)] : [])];
}

export function toBudgetTable(body: Json, view: View): readonly string[] {
  const { words } = view;
  const usd = (...path: string[]): string => formatUsd(toNumber(toField(body, ...path)) ?? 0);
  const money = MONEY_WORDS[view.locale];
  const credits = (name: string): string =>
    money.credits(String(toNumber(toField(body, "limits", name)) ?? 0));
  const exact = (name: string): string => formatExactUsd(toNumber(toField(body, "limits", name)) ?? 0);
  const rows = [
    [words.perRequest, exact("per_request_usd"), credits("per_request_credits")],
    [
      words.perDay,
      exact("daily_usd"),
      `${credits("daily_credits")}, ${words.spent(usd("spent_usd", "day"))}`,
    ],
    [
      words.perMonth,
      exact("monthly_usd"),
      `${credits("monthly_credits")}, ${words.spent(usd("spent_usd", "month"))}`,
    ],
    [words.held, usd("held_usd"), ""],
    [words.remaining, usd("remaining_usd"), words.resets(formatMoment(toText(body["resets_at"]), view))],
  ];
  const [request, day, month] = ["per_request_usd", "daily_usd", "monthly_usd"].map(
    (name) => toNumber(toField(body, "limits", name)) ?? 0,
  );
  const idle = [
    ...(isAbove(request, day) ? [words.limitIdle(words.perRequest, words.perDay)] : []),
    ...(isAbove(day, month) ? [words.limitIdle(words.perDay, words.perMonth)] : []),
  ];
  const width = Math.max(...rows.map(([label = ""]) => label.length));
  const amountWidth = Math.max(...rows.map(([, amount = ""]) => amount.length));
  const lines = rows.map(
    ([label = "", amount = "", note = ""]) =>
      `${label.padEnd(width)}  ${amount.padStart(amountWidth)}${note === "" ? "" : `  ${view.paint("dim", note)}`}`,
  );
  return [...lines, ...idle, ...toAlarmLines(body, view), ...toCappedLines(body, view)];
}

/** Budgets that are nearly used up, and a bill that somebody has to look at. */
function toAlarmLines(body: Json, { locale, paint }: View): readonly string[] {
  const words = MONEY_WORDS[locale];
  const warnings = toJsonList(body["warnings"]).map((warning) =>
    words.warning({
      scope: toText(warning["scope"]),
      period: toText(warning["period"]),
      percent: toNumber(warning["percent"]) ?? 0,
      spent: formatUsd(toNumber(warning["spent_usd"]) ?? 0),
      limit: formatExactUsd(toNumber(warning["limit_usd"]) ?? 0),
    }),
  );
  const overrun = toJson(body["overrun"]);
  const run = toText(overrun["run_id"]);
  const over = run === "" ? [] : [words.overrun(run, formatUsd(toNumber(overrun["over_usd"]) ?? 0))];
  return [...warnings, ...over.map((line) => paint("red", line))];
}

/** Of each user of the tenant the answer is the rate alone; of anybody else, those who have limits. */
export function toRateLines(body: Json, view: View): readonly string[] {
  if (body["requests"] === undefined) return toCappedLines(body, view);
  return [`✓ ${view.words.eachUser}: ${toLimitsText({ rate: body }, view.locale)}`];
}

/** Those with limits of their own, a line each, and what is paused. */
function toCappedLines(body: Json, { words, locale }: View): readonly string[] {
  const capped = toJsonList(body["capped"]).map((one) => toCappedLine(one, locale));
  const paused = toPaused(body, locale);
  return [...capped, ...(paused === "" ? [] : [words.paused(paused)])];
}

function toCappedLine(one: Json, locale: Locale): string {
  return `${toPayerText(toText(one["scope"]), locale)}: ${toLimitsText(toJson(one["limits"]), locale)}`;
}

export function toPaused(body: Json, locale: Locale): string {
  return toList(body["paused"])
    .map((scope) => toPayerText(toText(scope), locale))
    .join(", ");
}

function isAbove(limit = 0, wider = 0): boolean {
  return limit > wider;
}
