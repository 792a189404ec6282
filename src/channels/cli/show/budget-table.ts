// A budget as a table: limits, what is spent and left, what has limits of its own, what is paused.
import type { Locale } from "../../../kernel/domain/text.ts";
import { formatExactUsd, formatUsd } from "../../dollars.ts";
import { type Json, toField, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { MONEY_WORDS } from "../words/money-words.ts";
import { toLimitsText, toPayerText } from "../words/payer-words.ts";
import { formatMoment } from "./value.ts";
import type { View } from "./view.ts";

export function toBudgetTable(body: Json, view: View): readonly string[] {
  const { words } = view;
  // Rounded, what is left would be more than the limit.
  const usd = (...path: string[]): string => formatExactUsd(toNumber(toField(body, ...path)) ?? 0);
  const money = MONEY_WORDS[view.locale];
  const credits = (name: string): string =>
    money.credits(toDecimal(toNumber(toField(body, "limits", name)) ?? 0, view.locale));
  const exact = (name: string): string => usd("limits", name);
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

/** To the micro-dollar, of which a credit is 10,000. */
function toDecimal(credits: number, locale: Locale): string {
  return credits.toLocaleString(locale, { maximumFractionDigits: 4, useGrouping: false });
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
