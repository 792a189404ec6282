// Whom a limit or a pause is for, and what a limit says, as lists show it. `--json` never is.
import { formatExactUsd } from "../../dollars.ts";
import type { Locale } from "../../../kernel/domain/text.ts";
import { type Json, toJson, toNumber } from "../json.ts";
import { toEnglishCount, toRussianCount } from "./count.ts";

const KINDS: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: { user: "user", skill: "skill", key: "key" },
  ru: { user: "пользователь", skill: "навык", key: "ключ" },
};
const EVERYTHING: Readonly<Record<Locale, string>> = { en: "everything", ru: "всё" };

/** `skill:shop/sell` is `навык shop/sell`. */
export function toPayerText(scope: string, locale: Locale): string {
  if (scope === "tenant") return EVERYTHING[locale];
  const at = scope.indexOf(":");
  const kind = KINDS[locale][scope.slice(0, at)];
  return kind === undefined ? scope : `${kind} ${scope.slice(at + 1)}`;
}

interface LimitWords {
  readonly per_request_usd: (usd: string) => string;
  readonly daily_usd: (usd: string) => string;
  readonly monthly_usd: (usd: string) => string;
  readonly low_remaining_usd: (usd: string) => string;
  readonly rate: (requests: number, seconds: number) => string;
  readonly concurrent: (runs: number) => string;
  readonly none: string;
}

const LIMITS: Readonly<Record<Locale, LimitWords>> = {
  en: {
    per_request_usd: (usd) => `${usd} a request`,
    daily_usd: (usd) => `${usd} a day`,
    monthly_usd: (usd) => `${usd} a month`,
    low_remaining_usd: (usd) => `nearly spent below ${usd}`,
    rate: (requests, seconds) => `${toEnglishCount(requests, "request")} in ${seconds} s`,
    concurrent: (runs) => `${toEnglishCount(runs, "run")} at a time`,
    none: "no limit of its own",
  },
  ru: {
    per_request_usd: (usd) => `${usd} на запрос`,
    daily_usd: (usd) => `${usd} в день`,
    monthly_usd: (usd) => `${usd} в месяц`,
    low_remaining_usd: (usd) => `на исходе, когда меньше ${usd}`,
    rate: (requests, seconds) =>
      `${toRussianCount(requests, ["запрос", "запроса", "запросов"])} за ${seconds} с`,
    concurrent: (runs) => `одновременно ${toRussianCount(runs, ["запуск", "запуска", "запусков"])}`,
    none: "своих лимитов нет",
  },
};

const MONEY = ["per_request_usd", "daily_usd", "monthly_usd", "low_remaining_usd"] as const;

export type MoneyName = (typeof MONEY)[number];

/** Of one name; null: nothing is said of it. */
export function toMoneyText(name: MoneyName, limits: Json, locale: Locale): string | null {
  const usd = toNumber(limits[name]);
  return usd === null ? null : LIMITS[locale][name](formatExactUsd(usd));
}

export function toLimitsText(limits: Json, locale: Locale): string {
  const words = LIMITS[locale];
  const rate = toJson(limits["rate"]);
  const [requests, seconds] = [toNumber(rate["requests"]), toNumber(rate["window_seconds"])];
  const concurrent = toNumber(limits["concurrent"]);
  const said = [
    ...MONEY.flatMap((name) => toMoneyText(name, limits, locale) ?? []),
    ...(requests === null ? [] : [words.rate(requests, seconds ?? 0)]),
    ...(concurrent === null ? [] : [words.concurrent(concurrent)]),
  ];
  return said.length === 0 ? words.none : said.join(", ");
}
