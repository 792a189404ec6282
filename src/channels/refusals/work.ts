// What a caller is told when the work cannot be done: money, plans, sources, steps.
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import { type BothLanguages, same, toPlain } from "../../kernel/domain/text.ts";
import { formatDay, formatReset, formatUsd, formatWait, toDollars } from "./amounts.ts";
import { toRussianFault, toRussianPart } from "./names-ru.ts";
import { toWhose } from "./payers.ts";
import type { Rows } from "./row.ts";
import { NOTHING_SENT, toChanged, toDone } from "./row.ts";

const LIMIT_FLAGS = { request: "--per-request-usd", day: "--daily-usd", month: "--monthly-usd" } as const;
const PERIODS = {
  request: { en: "per request", ru: "на один запрос" },
  day: { en: "a day", ru: "в день" },
  month: { en: "a month", ru: "в месяц" },
} as const;

export const WORK_ROWS: Rows<
  | "skill_invalid"
  | "budget_exceeded"
  | "secret_missing"
  | "source_unreachable"
  | "no_data"
  | "price_unknown"
  | "step_failed"
  | "timeout"
  | "unavailable"
  | "cancelled"
  | "lost"
> = {
  skill_invalid: {
    status: 400,
    exitCode: 1,
    retryable: false,
    title: ({ mistakes }) => {
      const [first] = mistakes;
      if (!first) return { en: "The skill has a mistake", ru: "В навыке ошибка" };
      const { file, line } = first.at;
      if (mistakes.length === 1)
        return { en: `${file} has a mistake on line ${line}`, ru: `${file}: ошибка в строке ${line}` };
      return {
        en: `${file} has ${mistakes.length} mistakes, the first on line ${line}`,
        ru: `${file}: ошибок ${mistakes.length}, первая в строке ${line}`,
      };
    },
    detail: ({ mistakes, serving }) => ({
      en: [
        ...mistakes.map(({ at, message }) => `${at.line}:${at.column}: ${toPlain(message, "en")}`),
        ...(serving === undefined ? [] : [`Version ${serving} still answers.`]),
      ].join("\n"),
      ru: [
        ...mistakes.map(({ at, message }) => `${at.line}:${at.column}: ${toPlain(message, "ru")}`),
        ...(serving === undefined ? [] : [`Версия ${serving} продолжает отвечать.`]),
      ].join("\n"),
    }),
    fix: ({ mistakes }) => {
      const mends = (locale: "en" | "ru"): string =>
        [...new Set(mistakes.map(({ mend }) => toPlain(mend, locale)))].join("\n");
      return {
        en: `${mends("en")} It reloads when you save.`.trim(),
        ru: `${mends("ru")} Файл перечитается, когда вы его сохраните.`.trim(),
      };
    },
  },
  budget_exceeded: {
    status: 402,
    exitCode: 4,
    retryable: false,
    title: (_refusal, { spentMicroUsd }) =>
      (spentMicroUsd ?? 0) === 0
        ? { en: "Stopped before spending anything", ru: "Остановлено до каких-либо трат" }
        : {
            en: `Stopped at ${formatUsd(spentMicroUsd ?? 0)}, before spending more`,
            ru: `Остановлено на ${formatUsd(spentMicroUsd ?? 0)}, до новых трат`,
          },
    detail: (refusal, around) => {
      const { timeZone } = around;
      const changed = toChanged(around);
      const { scope, neededMicroUsd, limitMicroUsd, remainingMicroUsd, resetsAt } = refusal;
      const whose = toWhose(refusal.payer);
      const needed = formatUsd(neededMicroUsd);
      const cheaper = toCheaper(refusal);
      const fits = toFitting(refusal);
      const limit = formatUsd(limitMicroUsd, "down");
      const left = formatUsd(Math.max(0, remainingMicroUsd), "down");
      if (scope === "request") {
        return {
          en: `Could cost ${needed}${cheaper.en}; ${limit} is allowed per request${whose.en}. ${left} left today.${fits.en}${changed.en}`,
          ru: `Могло бы стоить ${needed}${cheaper.ru}; на один запрос разрешено ${limit}${whose.ru}. На сегодня осталось ${left}.${fits.ru}${changed.ru}`,
        };
      }
      const reset = resetsAt === null ? same("") : toResetSentence(scope, formatReset(resetsAt, timeZone));
      return {
        en: `Could cost ${needed}${cheaper.en}; ${left} is left of ${limit} ${PERIODS[scope].en}${whose.en}.${fits.en}${reset.en}${changed.en}`,
        ru: `Могло бы стоить ${needed}${cheaper.ru}; осталось ${left} из ${limit} ${PERIODS[scope].ru}${whose.ru}.${fits.ru}${reset.ru}${changed.ru}`,
      };
    },
    fix: ({ scope, neededMicroUsd, limitMicroUsd, remainingMicroUsd, payer }) => {
      // A day or month must hold what is already spent of it besides.
      const wanted =
        scope === "request"
          ? neededMicroUsd
          : limitMicroUsd - Math.max(0, remainingMicroUsd) + neededMicroUsd;
      const whose = payer === undefined ? "" : ` --for ${payer}`;
      const command = `\`skillos budgets set${whose} ${LIMIT_FLAGS[scope]} ${toDollars(wanted, "up")}\``;
      return {
        en: `Make it smaller, or ${command}.`,
        ru: `Уменьшите объём или поднимите лимит: ${command}.`,
      };
    },
  },
  secret_missing: {
    status: 424,
    exitCode: 1,
    retryable: false,
    title: ({ connector }) => ({ en: `${connector} has no key yet`, ru: `Для ${connector} ещё нет ключа` }),
    detail: ({ key, docs }, { skill, ...around }) => ({
      en: `${skill ?? "This request"} needs ${key}${docs === undefined ? "" : ` (where to get it: ${docs})`}.${toDone(around, NOTHING_SENT).en}`,
      ru: `${skill === undefined ? "Для этого запроса" : `Навыку ${skill}`} нужен ${key}${docs === undefined ? "" : ` (где взять: ${docs})`}.${toDone(around, NOTHING_SENT).ru}`,
    }),
    fix: ({ name }) => {
      const command = `\`skillos secrets init --connector ${name}\``;
      return {
        en: `${command}, or \`--practice\` for practice data. Saved already? A running server sees it after its next start.`,
        ru: `${command}, или \`--practice\`: учебные данные. Уже сохранили? Работающий сервер увидит ключ после перезапуска.`,
      };
    },
  },
  source_unreachable: {
    status: 502,
    exitCode: 9,
    retryable: true,
    title: ({ connector }) => ({ en: `${connector} did not answer`, ru: `${connector} не отвечает` }),
    detail: ({ tries, waitedMs, last }, around) => ({
      en: `Tried ${tries} times in ${formatWait(waitedMs).en}; the last said "${last}".${toChanged(around).en}`,
      ru: `Попыток: ${tries} за ${formatWait(waitedMs).ru}; последняя закончилась так: «${toRussianFault(last)}».${toChanged(around).ru}`,
    }),
    fix: ({ savedAt }, { timeZone }) => {
      if (savedAt === undefined) return { en: "Try again.", ru: "Повторите." };
      const day = formatDay(savedAt, timeZone);
      return {
        en: `Try again, or use what was saved on ${day.en}: \`--allow-stale\`.`,
        ru: `Повторите или возьмите сохранённое ${day.ru}: \`--allow-stale\`.`,
      };
    },
  },
  no_data: {
    status: 422,
    exitCode: 1,
    retryable: false,
    title: ({ table }) =>
      table === undefined
        ? { en: "There is nothing to work with", ru: "Не с чем работать" }
        : { en: `There is nothing in ${table} to work with`, ru: `В таблице ${table} не с чем работать` },
    detail: ({ message }) => ({ en: toPlain(message, "en"), ru: toPlain(message, "ru") }),
    fix: ({ table }) => ({
      en: `Ask for something else, or bring your own data: \`skillos data import ${table ?? "TABLE"} FILE.xlsx\`.`,
      ru: `Измените запрос или загрузите свои данные: \`skillos data import ${table ?? "ТАБЛИЦА"} ФАЙЛ.xlsx\`.`,
    }),
  },
  price_unknown: {
    status: 402,
    exitCode: 4,
    retryable: false,
    title: ({ model }) => ({
      en: `The price of ${model} is not known`,
      ru: `Цена модели ${model} неизвестна`,
    }),
    detail: () => ({
      en: "Without a price no limit can be kept, so the model was not called. Nothing was spent on it.",
      ru: "Без цены нельзя соблюсти лимит, поэтому модель не вызвана. На неё ничего не потрачено.",
    }),
    fix: () => ({
      en: "Choose a model with a price (`skillos models`), or say what you pay: `skillos models price MODEL --input 1 --output 4` (US dollars per million tokens).",
      ru: "Выберите модель с ценой (`skillos models`) или укажите, сколько платите: `skillos models price МОДЕЛЬ --input 1 --output 4` (доллары США за миллион токенов).",
    }),
  },
  step_failed: {
    status: 500,
    exitCode: 1,
    retryable: ({ retryable }) => retryable,
    title: ({ step }) => ({ en: `Step ${step} failed`, ru: `Шаг ${step} не удался` }),
    detail: ({ message }, around) => {
      const told = typeof message === "string" ? { en: message, ru: toRussianFault(message) } : message;
      const changed = toChanged(around);
      return { en: `${toSentence(told.en)}${changed.en}`, ru: `${toSentence(told.ru)}${changed.ru}` };
    },
    fix: ({ retryable, step }, { run, skill }) =>
      retryable
        ? { en: "Try again; the step may succeed later.", ru: "Повторите: позже шаг может удаться." }
        : {
            en: `Mend step ${step} in the file of ${skill ?? "the skill"}, or its input. Step by step: \`skillos logs --run ${run ?? "RUN"}\`.`,
            ru: `Исправьте шаг ${step} в файле навыка${skill === undefined ? "" : ` ${skill}`} или его данные. По шагам: \`skillos logs --run ${run ?? "ЗАПУСК"}\`.`,
          },
  },
  timeout: {
    status: 504,
    exitCode: 1,
    retryable: true,
    title: ({ step }) => ({ en: `Step ${step} took too long`, ru: `Шаг ${step} шёл слишком долго` }),
    detail: ({ seconds }, around) => ({
      en: `It was stopped after ${seconds} s.${toChanged(around).en}`,
      ru: `Остановлен через ${seconds} с.${toChanged(around).ru}`,
    }),
    fix: () => ({
      en: "Try again, ask for less, or give the step a longer `timeout`.",
      ru: "Повторите, попросите меньше или дайте шагу больший `timeout`.",
    }),
  },
  unavailable: {
    status: 503,
    exitCode: 9,
    retryable: true,
    title: ({ what }) => ({
      en: `${what} is not available now`,
      ru: `${toRussianPart(what)}: сейчас недоступно`,
    }),
    detail: ({ isUnclear }, around) =>
      isUnclear
        ? UNCLEAR
        : {
            en: `${around.run === undefined ? "Nothing was started" : "Nothing more was sent"}: without it limits and rights cannot be kept.${toChanged(around).en}`,
            ru: `${around.run === undefined ? "Ничего не начато" : "Дальше ничего не отправлено"}: без этого нельзя соблюсти лимиты и права.${toChanged(around).ru}`,
          },
    fix: ({ retryAfterMs, isUnclear }) =>
      isUnclear
        ? {
            en: `Look whether it is there, or ask again in ${formatWait(retryAfterMs).en} with the same Idempotency-Key: it is not done twice.`,
            ru: `Посмотрите, сделано ли это, или повторите через ${formatWait(retryAfterMs).ru} с тем же Idempotency-Key: второй раз ничего не сделается.`,
          }
        : {
            en: `Try again in ${formatWait(retryAfterMs).en}.`,
            ru: `Повторите через ${formatWait(retryAfterMs).ru}.`,
          },
  },
  cancelled: {
    status: 409,
    exitCode: 1,
    retryable: false,
    title: () => ({ en: "Cancelled", ru: "Отменено" }),
    detail: (_refusal, around) => ({
      en: `Somebody stopped this run.${toChanged(around).en}`,
      ru: `Этот запуск остановили.${toChanged(around).ru}`,
    }),
    fix: () => ({ en: "Ask again if it is still wanted.", ru: "Спросите снова, если это ещё нужно." }),
  },
  lost: {
    status: 500,
    exitCode: 1,
    retryable: false,
    title: () => ({ en: "This run could not be finished", ru: "Этот запуск не удалось закончить" }),
    detail: ({ message }, around) => ({
      en: `${message.en}${toChanged(around).en}`,
      ru: `${message.ru}${toChanged(around).ru}`,
    }),
    fix: (_refusal, { run }) => ({
      en: `Look at what was done, \`skillos logs --run ${run ?? "RUN"}\`, then ask again.`,
      ru: `Посмотрите, что уже сделано: \`skillos logs --run ${run ?? "ЗАПУСК"}\`; потом спросите снова.`,
    }),
  },
};

function toCheaper({ cheaperMicroUsd: cheaper }: RefusalOf<"budget_exceeded">): BothLanguages {
  if (cheaper === undefined) return same("");
  return {
    en: `, or ${formatUsd(cheaper)} with the cheaper model`,
    ru: `, или ${formatUsd(cheaper)} с моделью подешевле`,
  };
}

function toFitting({ largestMaxTokens: most }: RefusalOf<"budget_exceeded">): BothLanguages {
  if (most === undefined) return same("");
  return {
    en: ` It would fit with \`max_tokens: ${most}\`.`,
    ru: ` Уместилось бы с \`max_tokens: ${most}\`.`,
  };
}

/** What the world said may lack its full stop. */
function toSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function toResetSentence(scope: "day" | "month", at: BothLanguages): BothLanguages {
  return scope === "day"
    ? { en: ` The day starts again at ${at.en}.`, ru: ` Новый день начнётся в ${at.ru}.` }
    : {
        en: ` The month starts again on the 1st at ${at.en}.`,
        ru: ` Новый месяц начнётся 1-го числа в ${at.ru}.`,
      };
}

const UNCLEAR = {
  en: "It went away in the middle: what was asked may have been done, or not.",
  ru: "Это пропало на полпути: то, о чём просили, могло быть сделано, а могло и нет.",
};
