// A request that would cost more than is allowed: the figures, what is left of the day, and commands that would pass.
import { formatExactUsd, formatUsd } from "../../dollars.ts";
import { type Json, toField, toNumber, toText } from "../json.ts";
import { toReference } from "./problem.ts";
import { formatTime } from "./value.ts";
import type { View } from "./view.ts";

/** Leaves room below the limit: a forecast of a part is not exactly a part of the forecast. */
const SAFE_PART = 0.8;
const ROUND_TO_PAGES = 10;

export interface BudgetFacts {
  readonly problem: Json;
  /** GET /budgets; empty when it did not answer. */
  readonly budgets: Json;
  /** The command as typed, without what would make it smaller. */
  readonly command: string;
  /** Pages of the file that was sent, when that can be counted here. */
  readonly pages: number | null;
  readonly isPractice: boolean;
}

export function toBudgetLines(facts: BudgetFacts, exitCode: number, view: View): readonly string[] | null {
  const { words, paint } = view;
  const { problem } = facts;
  const needed = toNumber(problem["needed_usd"]);
  const limit = toNumber(problem["limit_usd"]);
  if (needed === null || limit === null) return null;
  const remaining = toNumber(problem["remaining_usd"]) ?? limit;
  const scope = problem["scope"] === "day" ? "day" : problem["scope"] === "month" ? "month" : "request";
  const cheaper = toNumber(problem["cheaper_usd"]);
  const what = facts.pages === null ? "" : words.pages(facts.pages);
  const could = words.couldCost({
    what,
    usd: formatUsd(needed),
    cheaper: cheaper === null ? "" : formatUsd(cheaper),
    isPractice: facts.isPractice,
  });
  return [
    `${paint("red", "✗")} ${paint("bold", toText(problem["title"]))}`,
    `  ${could} ${words.yourLimit[scope](formatExactUsd(limit))}`,
    `  ${[...toToday(facts.budgets, view), words.doOneOf].join(" ")}`,
    ...toMends(facts, { needed, scope, ...toRoom({ scope, limit, remaining }) }, view),
    `  ${toReference(problem, exitCode, view)}`,
  ];
}

function toToday(budgets: Json, view: View): readonly string[] {
  const spent = toNumber(toField(budgets, "spent_usd", "day"));
  const limit = toNumber(toField(budgets, "limits", "daily_usd"));
  const at = toText(budgets["resets_at"]);
  if (spent === null || limit === null || at === "") return [];
  return [
    view.words.spentToday({
      spent: formatUsd(spent),
      limit: formatExactUsd(limit),
      time: formatTime(at, view),
      zone: toZoneName(view),
    }),
  ];
}

/** `Москва`, `Япония`: where Russian names a zone by its place; else the zone's own city. */
function toZoneName(view: View): string {
  if (view.locale === "ru") {
    const parts = new Intl.DateTimeFormat("ru", {
      timeZone: view.zone,
      timeZoneName: "longGeneric",
    }).formatToParts(0);
    const name = parts.find(({ type }) => type === "timeZoneName")?.value.replace(/, .*$/, "") ?? "";
    if (/^[А-Я]/.test(name)) return name;
  }
  return view.zone.split("/").at(-1)?.replaceAll("_", " ") ?? view.zone;
}

const FLAG = { request: "--per-request-usd", day: "--daily-usd", month: "--monthly-usd" } as const;

type Scope = keyof typeof FLAG;

/** What still fits, and what is used up: of a day and a month some is spent or held already. */
function toRoom(of: { scope: Scope; limit: number; remaining: number }): { room: number; used: number } {
  const room = of.scope === "request" ? of.limit : Math.max(0, of.remaining);
  return { room, used: of.scope === "request" ? 0 : of.limit - room };
}

function toMends(
  facts: BudgetFacts,
  cost: { needed: number; room: number; used: number; scope: Scope },
  view: View,
): readonly string[] {
  const { words } = view;
  const fewer = toFewerPages(facts, cost);
  const shorter = toNumber(facts.problem["largest_max_tokens"]);
  const payer = toText(facts.problem["payer"]);
  const whose = payer === "" || payer === "tenant" ? "" : ` --for ${payer}`;
  const ceiling = Math.ceil((cost.used + cost.needed) * 100 - 1e-6) / 100;
  const mends = [
    ...(fewer === null
      ? []
      : [[words.fewerPages(formatUsd(fewer.usd)), `${facts.command} --set pages=1-${fewer.pages}`]]),
    ...(shorter === null ? [] : [[words.shorterAnswer, `max_tokens: ${shorter}`]]),
    [words.higherLimit, `npx skillos budgets set${whose} ${FLAG[cost.scope]} ${ceiling.toFixed(2)}`],
  ];
  const width = Math.max(...mends.map(([label = ""]) => label.length));
  return mends.map(
    ([label = "", command = ""]) => `    ${label.padEnd(width)}  ${view.paint("cyan", command)}`,
  );
}

function toFewerPages(
  { pages }: BudgetFacts,
  { needed, room }: { needed: number; room: number },
): { pages: number; usd: number } | null {
  if (pages === null || pages < 2) return null;
  const perPage = needed / pages;
  const fitting = Math.floor((room * SAFE_PART) / perPage);
  const rounded = fitting > ROUND_TO_PAGES ? fitting - (fitting % ROUND_TO_PAGES) : fitting;
  return rounded < 1 || rounded >= pages ? null : { pages: rounded, usd: rounded * perPage };
}
