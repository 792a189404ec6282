// `budgets`, `limits` and `pause`: what may be spent and run, by whom, and the switch that stops it.
import { parseSkillId } from "../../../kernel/domain/id.ts";
import { parseLimit } from "../../dollars.ts";
import { isGood } from "../client.ts";
import { type Command, type Given, hasOption, type Option, toCount, toOption } from "../command.ts";
import { type Json, toNumber } from "../json.ts";
import { Complaint } from "../shell.ts";
import { toChangedLines, toLimitsOf } from "../show/budget-change.ts";
import { toBudgetTable, toPaused, toRateLines } from "../show/budget-table.ts";
import type { View } from "../show/view.ts";
import { MONEY_WORDS } from "../words/money-words.ts";
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
  ["perRequestCredits", "per_request_credits"],
  ["dailyCredits", "daily_credits"],
  ["monthlyCredits", "monthly_credits"],
];

const FOR: Option = {
  flags: "--for <whom>",
  summary: {
    en: "user:NAME, skill:ID or key:ID; without it the whole tenant",
    ru: "user:ИМЯ, skill:НАВЫК или key:КЛЮЧ; без этого всё целиком",
  },
};

const SKILL = "skill:";

const ALL: Option = {
  flags: "--all",
  summary: {
    en: "of every tenant of this system; the operator's key is needed",
    ru: "у всех организаций этой системы; нужен ключ оператора",
  },
};

const ON_LOW = ["", "degrade", "refuse"];

export const budgetsSet: Command = {
  name: "budgets set",
  summary: { en: "change limits; those not named stay", ru: "изменить лимиты; неназванные остаются" },
  options: [
    FOR,
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
      flags: "--per-request-credits <credits>",
      summary: { en: "the same in credits of $0.01", ru: "то же в кредитах по $0.01" },
    },
    {
      flags: "--daily-credits <credits>",
      summary: { en: "a day, in credits", ru: "за день, в кредитах" },
    },
    {
      flags: "--monthly-credits <credits>",
      summary: { en: "a month, in credits", ru: "за месяц, в кредитах" },
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
    const whom = toWhom(given) || "tenant";
    const known = await shell.call("GET /budgets");
    if (!isGood(known)) return showAnswer(known, shell, () => []);
    const before = toLimitsOf(known.body, whom);
    const answer = await shell.call("PUT /budgets", { json: { ...json, ...toScope(given) } });
    return showAnswer(answer, shell, (body, view) => toChangedLines(body, { whom, before }, view));
  },
};

export const budgetsAcknowledge: Command = {
  name: "budgets acknowledge-overrun",
  summary: {
    en: "say that a bill beyond what was held has been seen: what costs money may start again",
    ru: "подтвердить, что счёт сверх придержанного просмотрен: платное снова можно запускать",
  },
  run: async (_given, shell) =>
    showAnswer(await shell.call("POST /budgets/acknowledge-overrun", { json: {} }), shell, toBudgetTable),
};

export const limitsSet: Command = {
  name: "limits set",
  summary: {
    en: "how many requests and runs at a time are accepted",
    ru: "сколько запросов и одновременных запусков принимать",
  },
  options: [
    FOR,
    { flags: "--requests <count>", summary: { en: "requests in a window", ru: "запросов за промежуток" } },
    {
      flags: "--window-seconds <seconds>",
      summary: { en: "the length of a window (60)", ru: "длина промежутка в секундах (60)" },
    },
    {
      flags: "--concurrent <count>",
      summary: {
        en: "runs at the same time (with --for or --together)",
        ru: "запусков одновременно (вместе с --for или --together)",
      },
    },
    {
      flags: "--together",
      summary: { en: "of all users together, not of each", ru: "всех пользователей вместе, а не каждого" },
    },
  ],
  examples: ["npx skillos limits set --for skill:travel/search_hotels --concurrent 2"],
  async run(given, shell) {
    const named = COUNTS.flatMap(([option, field]) => {
      const text = toCount(given, {
        name: `--${field.replace("_", "-")}`,
        option,
        least: 1,
        most: 1_000_000,
      });
      return text === "" ? [] : [[field, Number(text)] as const];
    });
    if (named.length === 0) throw new Complaint(({ noCount }) => noCount());
    const per = hasOption(given, "together") ? { per: "tenant" } : {};
    const json = { ...Object.fromEntries(named), ...toScope(given), ...per };
    return showAnswer(await shell.call("PUT /limits", { json }), shell, toRateLines);
  },
};

const COUNTS = [
  ["requests", "requests"],
  ["windowSeconds", "window_seconds"],
  ["concurrent", "concurrent"],
] as const;

export const pauseCommand: Command = toSwitch("pause", {
  en: "stop everything, or one user, skill or key, from the next request on",
  ru: "остановить всё или одного пользователя, навык, ключ, начиная со следующего запроса",
});

export const resumeCommand: Command = toSwitch("resume", {
  en: "take a pause back",
  ru: "снять с паузы",
});

function toSwitch(name: "pause" | "resume", summary: Command["summary"]): Command {
  return {
    name,
    summary,
    options: [FOR, ALL],
    async run(given, shell) {
      if (hasOption(given, "all")) {
        if (toOption(given, "for") !== "") throw new Complaint(({ allOrFor }) => allOrFor());
        return showAnswer(await shell.call(`POST /system/${name}`, { json: {} }), shell, toAllLines);
      }
      const answer = await shell.call(`POST /${name}`, { json: toScope(given) });
      return showAnswer(answer, shell, (body, { words, locale }) => [words.paused(toPaused(body, locale))]);
    },
  };
}

function toAllLines(body: Json, { locale }: View): readonly string[] {
  const count = (name: string): number => toNumber(body[name]) ?? 0;
  return [MONEY_WORDS[locale].allPaused(body["paused"] === true, count("tenants"), count("running"))];
}

/** As answers name it: a skill may be typed with a dot. */
function toWhom(given: Given): string {
  const whom = toOption(given, "for");
  const skill = whom.startsWith(SKILL) ? parseSkillId(whom.slice(SKILL.length)) : null;
  return skill === null ? whom : `${SKILL}${skill}`;
}

function toScope(given: Given): Json {
  const scope = toWhom(given);
  return scope === "" ? {} : { scope };
}

function toLimits(given: Given): Json {
  return Object.fromEntries(
    LIMITS.flatMap(([option, field]) => {
      const text = toOption(given, option);
      if (text === "") return [];
      const usd = parseLimit(text);
      const isCredits = field.endsWith("_credits");
      if (usd === null)
        throw new Complaint(({ notDollars, notCredits }) => (isCredits ? notCredits : notDollars)(text));
      return [[field, usd]];
    }),
  );
}
