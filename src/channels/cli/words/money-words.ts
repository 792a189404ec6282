// What the commands of money say beside figures: the ledger, warnings, an overrun, services that are left alone, the operator's switch.
import type { Locale } from "../../../kernel/domain/text.ts";
import { toEnglishCount, toRussianCount } from "./count.ts";
import { toPayerText } from "./payer-words.ts";

export interface Warned {
  readonly scope: string;
  readonly period: string;
  readonly percent: number;
  readonly spent: string;
  readonly limit: string;
}

/** Two amounts of which one is wrong, or became the other. */
export interface Sums {
  readonly scope: string;
  readonly period: string;
  readonly one: string;
  readonly other: string;
}

export interface MoneyWords {
  readonly credits: (amount: string) => string;
  /** When little of a budget is left, and what is done then. */
  readonly onLow: string;
  readonly ways: Readonly<Record<string, string>>;
  readonly warning: (warned: Warned) => string;
  readonly overrun: (run: string, usd: string) => string;
  readonly account: (account: string) => string;
  readonly ledgerMore: (next: string) => string;
  readonly ledgerHolds: (entries: number, runs: number) => string;
  readonly unbalanced: (run: string, entry: string, sum: string) => string;
  readonly runDiffers: (run: string, cost: string, booked: string) => string;
  readonly spentDiffers: (sums: Sums) => string;
  readonly verifyNext: string;
  readonly unknown: (whose: string) => string;
  readonly rebuilt: (sums: Sums) => string;
  readonly nothingRebuilt: string;
  readonly corrected: (run: string, was: string, now: string) => string;
  readonly heldBack: (again: string, until: string, run: string) => string;
  readonly breakerReset: (host: string) => string;
  readonly allPaused: (isPaused: boolean, tenants: number, running: number) => string;
}

const toEnglishPayer = (scope: string): string => toPayerText(scope, "en");
const toRussianPayer = (scope: string): string => toPayerText(scope, "ru");
const toRussianPeriod = (period: string): string => (period === "day" ? "день" : "месяц");

const RUSSIAN_ACCOUNTS: Readonly<Record<string, string>> = {
  tenant: "расход",
  overrun: "перерасход",
  correction: "исправление",
};

export const MONEY_WORDS: Readonly<Record<Locale, MoneyWords>> = {
  en: {
    credits: (amount) => `${amount} credits`,
    onLow: "when nearly spent",
    ways: { degrade: "a cheaper model", refuse: "refuse" },
    warning: ({ scope, period, percent, spent, limit }) =>
      `! ${percent} % of the ${period}'s budget is used: ${spent} of ${limit} (${toEnglishPayer(scope)}).`,
    overrun: (run, usd) =>
      `! Run ${run} was billed ${usd} beyond what was held. What costs money waits for: npx skillos budgets acknowledge-overrun`,
    account: (account) => account,
    ledgerMore: (next) => `There is more: npx skillos ledger --since ${next}`,
    ledgerHolds: (entries, runs) =>
      `✓ The ledger is right: ${toEnglishCount(entries, "entry", "entries")}, ${toEnglishCount(runs, "run")}.`,
    unbalanced: (run, entry, sum) => `✗ Run ${run}: entry ${entry} is ${sum} in sum, not zero.`,
    runDiffers: (run, cost, booked) => `✗ Run ${run} cost ${cost}; its entries say ${booked}.`,
    spentDiffers: ({ scope, period, one, other }) =>
      `✗ Of the ${period} ${one} is counted (${toEnglishPayer(scope)}); the entries say ${other}.`,
    verifyNext: "Counted wrongly: npx skillos ledger rebuild. A wrong price: npx skillos ledger correct.",
    unknown: (whose) => `Not compared, because some of its runs are past their time: ${whose}`,
    rebuilt: ({ scope, period, one, other }) => `✓ ${toEnglishPayer(scope)}, ${period}: ${one} → ${other}`,
    nothingRebuilt: "✓ What is counted is what the ledger says. Nothing was changed.",
    corrected: (run, was, now) => `✓ Run ${run}: ${was} → ${now}, by an entry of its own.`,
    heldBack: (again, until, run) =>
      `What was answered is kept. It is tried again by itself, next ${again}, until ${until}. To stop it: npx skillos runs cancel ${run}`,
    breakerReset: (host) => `✓ ${host} may be called again.`,
    allPaused: (isPaused, tenants, running) =>
      `${isPaused ? "Everything is paused" : "Nothing is paused by the operator"}: ${toEnglishCount(tenants, "tenant")}, ${toEnglishCount(running, "run")} under way.`,
  },
  ru: {
    credits: (amount) => `${amount} кр.`,
    onLow: "когда бюджет на исходе",
    ways: { degrade: "модель подешевле", refuse: "отказывать" },
    warning: ({ scope, period, percent, spent, limit }) =>
      `! Израсходовано ${percent} % лимита на ${toRussianPeriod(period)}: ${spent} из ${limit} (${toRussianPayer(scope)}).`,
    overrun: (run, usd) =>
      `! За запуск ${run} выставлено на ${usd} больше придержанного. Платное ждёт команды: npx skillos budgets acknowledge-overrun`,
    account: (account) => RUSSIAN_ACCOUNTS[account] ?? account.replace(/^source:/, "кому:"),
    ledgerMore: (next) => `Есть ещё: npx skillos ledger --since ${next}`,
    ledgerHolds: (entries, runs) =>
      `✓ Книга верна: ${toRussianCount(entries, ["проводка", "проводки", "проводок"])}, ${toRussianCount(runs, ["запуск", "запуска", "запусков"])}.`,
    unbalanced: (run, entry, sum) => `✗ Запуск ${run}: сумма проводки ${entry} равна ${sum}, а не нулю.`,
    runDiffers: (run, cost, booked) => `✗ Запуск ${run} стоил ${cost}, а по проводкам ${booked}.`,
    spentDiffers: ({ scope, period, one, other }) =>
      `✗ За ${toRussianPeriod(period)} насчитано ${one} (${toRussianPayer(scope)}), а по проводкам ${other}.`,
    verifyNext: "Неверно насчитано: npx skillos ledger rebuild. Неверна цена: npx skillos ledger correct.",
    unknown: (whose) => `Не сравнивалось: часть запусков уже не хранится: ${whose}`,
    rebuilt: ({ scope, period, one, other }) =>
      `✓ ${toRussianPayer(scope)}, ${toRussianPeriod(period)}: ${one} → ${other}`,
    nothingRebuilt: "✓ Насчитано то же, что в книге. Ничего не изменено.",
    corrected: (run, was, now) => `✓ Запуск ${run}: ${was} → ${now}, отдельной проводкой.`,
    heldBack: (again, until, run) =>
      `Ответ сохранён. Запуск попробует сам: в следующий раз ${again}, до ${until}. Остановить: npx skillos runs cancel ${run}`,
    breakerReset: (host) => `✓ ${host} снова вызывается.`,
    allPaused: (isPaused, tenants, running) =>
      `${isPaused ? "Всё на паузе" : "Оператор ничего не остановил"}: ${toRussianCount(tenants, ["организация", "организации", "организаций"])}, сейчас идёт ${toRussianCount(running, ["запуск", "запуска", "запусков"])}.`,
  },
};
