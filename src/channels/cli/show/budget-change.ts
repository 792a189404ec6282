// What a change of a budget changed: what was asked for, before and now. The rest of a budget is another command's.
import type { Locale } from "../../../kernel/domain/text.ts";
import { type Json, toJson, toJsonList, toNumber, toText } from "../json.ts";
import { MONEY_WORDS } from "../words/money-words.ts";
import { type MoneyName, toMoneyText, toPayerText } from "../words/payer-words.ts";
import { toBudgetTable } from "./budget-table.ts";
import type { View } from "./view.ts";

const CHANGING: readonly MoneyName[] = ["per_request_usd", "daily_usd", "monthly_usd", "low_remaining_usd"];

/** Of everything, or of one within it. */
export function toLimitsOf(body: Json, whom: string): Json {
  if (whom === "tenant") return toJson(body["limits"]);
  return toJson(toJsonList(body["capped"]).find((one) => one["scope"] === whom)?.["limits"]);
}

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
  const all = [...changed, ...toOnLow(before, after, locale)];
  const head = `✓ ${toPayerText(whom, locale)}: ${all.length === 0 ? words.nothingChanged : all.join("; ")}`;
  return [head, ...(whom === "tenant" ? ["", ...toBudgetTable(body, view)] : [])];
}

function toOnLow(before: Json, after: Json, locale: Locale): readonly string[] {
  if (before["on_low"] === after["on_low"]) return [];
  const { onLow, ways } = MONEY_WORDS[locale];
  const [was, now] = [before, after].map(({ on_low: way }) => ways[toText(way)] ?? "—");
  return [`${onLow}: ${was} → ${now}`];
}
