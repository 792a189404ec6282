// `budgets`: what may be spent, what is spent, and changing it.
import { formatUsd } from "../../dollars.ts";
import { type Command, type Given, toOption } from "../command.ts";
import { type Json, toField, toNumber, toText } from "../json.ts";
import { Complaint } from "../shell.ts";
import { formatMoment } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { showAnswer } from "./show-answer.ts";

export const budgets: Command = {
  name: "budgets",
  summary: {
    en: "limits, what is spent and held, and what remains",
    ru: "лимиты: что потрачено, придержано и осталось",
  },
  run: async (_given, shell) => showAnswer(await shell.call("GET /budgets"), shell, toBudgetTable),
};

const LIMITS: readonly (readonly [option: string, field: string])[] = [
  ["perRequestUsd", "per_request_usd"],
  ["dailyUsd", "daily_usd"],
  ["monthlyUsd", "monthly_usd"],
  ["lowRemainingUsd", "low_remaining_usd"],
];

const ON_LOW = ["", "degrade", "refuse"];

export const budgetsSet: Command = {
  name: "budgets set",
  summary: { en: "change limits; those not named stay", ru: "изменить лимиты; неназванные остаются" },
  options: [
    {
      flags: "--per-request-usd <usd>",
      summary: { en: "the most one request may cost", ru: "сколько самое большее может стоить запрос" },
    },
    {
      flags: "--daily-usd <usd>",
      summary: { en: "the most a day may cost", ru: "сколько самое большее можно потратить за день" },
    },
    {
      flags: "--monthly-usd <usd>",
      summary: { en: "the most a month may cost", ru: "сколько самое большее можно потратить за месяц" },
    },
    {
      flags: "--low-remaining-usd <usd>",
      summary: { en: "below this, --on-low applies", ru: "когда осталось меньше, действует --on-low" },
    },
    {
      flags: "--on-low <what>",
      summary: {
        en: "degrade (a cheaper model) or refuse",
        ru: "degrade (модель подешевле) или refuse (отказывать)",
      },
    },
  ],
  async run(given, shell) {
    const onLow = toOption(given, "onLow");
    if (!ON_LOW.includes(onLow)) throw new Complaint(({ badOnLow }) => badOnLow(onLow));
    const json = { ...toLimits(given), ...(onLow === "" ? {} : { on_low: onLow }) };
    if (Object.keys(json).length === 0) throw new Complaint(({ noLimit }) => noLimit());
    return showAnswer(await shell.call("PUT /budgets", { json }), shell, toBudgetTable);
  },
};

function toLimits(given: Given): Json {
  return Object.fromEntries(
    LIMITS.flatMap(([option, field]) => {
      const text = toOption(given, option);
      if (text === "") return [];
      const usd = Number(text.replace(/^\$/, "").replace(",", "."));
      if (!Number.isFinite(usd) || usd < 0) throw new Complaint(({ notDollars }) => notDollars(text));
      return [[field, usd]];
    }),
  );
}

function toBudgetTable(body: Json, view: View): readonly string[] {
  const { words } = view;
  const usd = (...path: string[]): string => formatUsd(toNumber(toField(body, ...path)) ?? 0);
  const rows = [
    [words.perRequest, usd("limits", "per_request_usd"), ""],
    [words.perDay, usd("limits", "daily_usd"), words.spent(usd("spent_usd", "day"))],
    [words.perMonth, usd("limits", "monthly_usd"), words.spent(usd("spent_usd", "month"))],
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
  return [...lines, ...idle];
}

function isAbove(limit = 0, wider = 0): boolean {
  return limit > wider;
}
