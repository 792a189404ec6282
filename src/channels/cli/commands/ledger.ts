// `ledger`: what was spent, entry by entry; whether the books are right; and how what is wrong is mended without changing a row.
import { formatUsd, parseLimit } from "../../dollars.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { isGood } from "../client.ts";
import { type Command, toOption, toWord } from "../command.ts";
import { type Json, toJson, toJsonList, toList, toNumber, toText } from "../json.ts";
import { Complaint } from "../shell.ts";
import { formatZoned } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { MONEY_WORDS, type Sums } from "../words/money-words.ts";
import { showAnswer, toListLines } from "./show-answer.ts";

const usd = (body: Json, name: string): string => formatUsd(toNumber(body[name]) ?? 0);
const FILTERS = ["from", "to", "since"];

export const ledger: Command = {
  name: "ledger",
  summary: {
    en: "what was spent, entry by entry, oldest first; this month where no dates are given",
    ru: "на что потрачено, по проводкам, от старых к новым; без дат за этот месяц",
  },
  options: [
    { flags: "--from <date>", summary: { en: "from this day on", ru: "начиная с этого дня" } },
    { flags: "--to <date>", summary: { en: "up to this day", ru: "по этот день" } },
    { flags: "--since <cursor>", summary: { en: "go on after this place", ru: "продолжить с этого места" } },
  ],
  examples: ["npx skillos ledger --from 2026-11-01 --to 2026-11-30"],
  async run(given, shell) {
    const named = FILTERS.filter((name) => toOption(given, name) !== "");
    const asked = new URLSearchParams(Object.fromEntries(named.map((name) => [name, toOption(given, name)])));
    const answer = await shell.call(`GET /ledger?${asked}`);
    return showAnswer(answer, shell, (body, view) => {
      const rows = toJsonList(body["entries"]).map((entry) => ({
        at: formatZoned(toText(entry["at"]), view),
        run_id: entry["run_id"],
        account: MONEY_WORDS[view.locale].account(toText(entry["account"])),
        usd: usd(entry, "usd"),
      }));
      const lines = toListLines(rows, ["at", "run_id", "account", "usd"], view);
      const more = MONEY_WORDS[view.locale].ledgerMore(toText(body["next"]));
      return body["more"] === true ? [...lines, more] : lines;
    });
  },
};

export const ledgerVerify: Command = {
  name: "ledger verify",
  summary: {
    en: "whether entries are zero in sum, are what their runs cost, and are what budgets count; if not, where",
    ru: "сходятся ли проводки к нулю, со стоимостью запусков и с тем, что насчитали лимиты; если нет, где",
  },
  async run(_given, shell) {
    const answer = await shell.call("GET /ledger/verify");
    const exitCode = showAnswer(answer, shell, toVerdict);
    return isGood(answer) && answer.body["verified"] !== true ? EXIT_CODES.failed : exitCode;
  },
};

function toVerdict(body: Json, view: View): readonly string[] {
  const words = MONEY_WORDS[view.locale];
  const unknown = toUnknownLines(body, view);
  if (body["verified"] === true)
    return [words.ledgerHolds(toNumber(body["entries"]) ?? 0, toNumber(body["runs"]) ?? 0), ...unknown];
  const problems = toJsonList(body["problems"]).map((problem) => toProblem(problem, view));
  return [...problems.map((line) => view.paint("red", line)), words.verifyNext, ...unknown];
}

function toProblem(problem: Json, { locale }: View): string {
  const words = MONEY_WORDS[locale];
  const run = toText(problem["run_id"]);
  if (problem["what"] === "unbalanced")
    return words.unbalanced(run, toText(problem["entry"]), usd(problem, "sum_usd"));
  if (problem["what"] === "run")
    return words.runDiffers(run, usd(problem, "cost_usd"), usd(problem, "booked_usd"));
  return words.spentDiffers(toSums(problem, ["counted_usd", "booked_usd"]));
}

function toSums(body: Json, [one, other]: readonly [string, string]): Sums {
  const [scope, period] = [toText(body["scope"]), toText(body["period"])];
  return { scope, period, one: usd(body, one), other: usd(body, other) };
}

function toUnknownLines(body: Json, { locale }: View): readonly string[] {
  const unknown = toList(body["unknown"]).map(toText);
  return unknown.length === 0 ? [] : [MONEY_WORDS[locale].unknown(unknown.join(", "))];
}

export const ledgerRebuild: Command = {
  name: "ledger rebuild",
  summary: {
    en: "count the spending of the day and the month anew, from the ledger",
    ru: "насчитать траты дня и месяца заново, по книге",
  },
  async run(_given, shell) {
    const answer = await shell.call("POST /ledger/rebuild", { json: {} });
    return showAnswer(answer, shell, (body, view) => {
      const words = MONEY_WORDS[view.locale];
      const changed = toJsonList(body["changed"]).map((one) =>
        words.rebuilt(toSums(one, ["before_usd", "after_usd"])),
      );
      return [...(changed.length === 0 ? [words.nothingRebuilt] : changed), ...toUnknownLines(body, view)];
    });
  },
};

export const ledgerCorrect: Command = {
  name: "ledger correct",
  summary: {
    en: "say what a run cost in truth: the difference becomes an entry of its own, and the budget follows",
    ru: "назвать настоящую стоимость запуска: разница станет отдельной проводкой, лимиты её учтут",
  },
  words: "<run>",
  options: [
    {
      flags: "--usd <usd>",
      summary: { en: "what it cost, all of it", ru: "сколько он стоил, целиком" },
    },
    {
      flags: "--because <text>",
      summary: { en: "why: it stands in the audit", ru: "почему: это войдёт в журнал решений" },
    },
    {
      flags: "--idempotency-key <key>",
      summary: { en: "the same key again changes nothing", ru: "тот же ключ ещё раз ничего не изменит" },
    },
  ],
  examples: ['npx skillos ledger correct r-8k2m4q --usd 0.03 --because "the vendor\'s bill"'],
  async run(given, shell) {
    const text = toOption(given, "usd");
    const amount = parseLimit(text);
    if (text === "" || amount === null) throw new Complaint(({ notDollars }) => notDollars(text));
    const json = { run: toWord(given, 0), usd: amount, because: toOption(given, "because") };
    const key = toOption(given, "idempotencyKey");
    const headers = key === "" ? {} : { "idempotency-key": key };
    const answer = await shell.call("POST /ledger/corrections", { json, headers });
    return showAnswer(answer, shell, (body, { locale }) => [
      MONEY_WORDS[locale].corrected(toText(toJson(body)["run_id"]), usd(body, "was_usd"), usd(body, "usd")),
    ]);
  },
};
