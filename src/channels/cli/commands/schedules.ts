// `schedule`: skills that run at a time, or again and again.
import { type Command, type Given, toCount, toOption, toOptions, toWord } from "../command.ts";
import { type Json, toJsonList, toText } from "../json.ts";
import { parseSets } from "../run/wish.ts";
import { Complaint, type Shell } from "../shell.ts";
import { formatZoned, toShortId } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { showAnswer, toListLines, toStoppedLines, toWaitLines } from "./show-answer.ts";
import { loadSkillId } from "./skill-id.ts";
import { takeOver } from "./take-over.ts";

export function toRetries(given: Given): Json {
  const text = toCount(given, { name: "--max-retries", option: "maxRetries", least: 0, most: 20 });
  return text === "" ? {} : { max_retries: Number(text) };
}

export const SET = {
  flags: "--set <name=value>",
  summary: { en: "give a value by name; may be repeated", ru: "задать значение по имени; можно повторять" },
  many: true,
} as const;
export const RETRIES = {
  flags: "--max-retries <count>",
  summary: { en: "try again so often, later each time", ru: "столько раз попробовать ещё, каждый раз позже" },
} as const;

export const scheduleAdd: Command = {
  name: "schedule add",
  summary: {
    en: "run a skill at a time, or again and again",
    ru: "запустить навык в названное время или запускать регулярно",
  },
  words: "<skill>",
  options: [
    {
      flags: "--run-at <time>",
      summary: {
        en: "once, for example 2026-12-01T08:00:00+03:00",
        ru: "один раз, например 2026-12-01T08:00:00+03:00",
      },
    },
    {
      flags: "--cron <expression>",
      summary: { en: 'again and again, for example "0 9 * * 1-5"', ru: 'регулярно, например "0 9 * * 1-5"' },
    },
    {
      flags: "--time-zone <zone>",
      summary: { en: "the zone of --cron (yours)", ru: "часовой пояс для --cron (по умолчанию ваш)" },
    },
    SET,
    RETRIES,
  ],
  async run(given, shell) {
    const [runAt, cron, zone] = [
      toOption(given, "runAt"),
      toOption(given, "cron"),
      toOption(given, "timeZone"),
    ];
    if ((runAt === "") === (cron === "")) throw new Complaint(({ when }) => when());
    const json = {
      skill: await loadSkillId(toWord(given, 0), shell),
      ...(cron === "" ? { run_at: runAt } : { cron }),
      ...(zone === "" ? {} : { time_zone: zone }),
      input: Object.fromEntries(parseSets(toOptions(given, "set"))),
      ...toRetries(given),
    };
    return showAnswer(await shell.call("POST /schedules", { json }), shell, (body, view) => [
      view.words.scheduled(toText(body["id"]), formatZoned(toText(body["next_at"]) || runAt, view)),
      ...toWaitLines(body, view),
      ...toPlaceLines(shell, view),
    ]);
  },
};

/** A server elsewhere is somebody's to keep running. */
function toPlaceLines({ place }: Shell, { words }: View): readonly string[] {
  return place.environment["SKILLOS_URL"] ? [] : [`  ${words.runsHere}`];
}

export const scheduleList: Command = {
  name: "schedule list",
  summary: {
    en: "what is scheduled, and when it runs next",
    ru: "что в расписании и когда следующий запуск",
  },
  run: async (_given, shell) =>
    showAnswer(await shell.call("GET /schedules"), shell, (body, view) => {
      const rows = toJsonList(body["schedules"]).map((one) => ({
        ...one,
        next: toText(one["next_at"]) === "" ? "—" : formatZoned(toText(one["next_at"]), view),
      }));
      const lines = toListLines(rows, ["id", "skill", "cron", "next"], view);
      const stopped = rows.flatMap((one) => toStoppedLines(one, view));
      return rows.length === 0 ? lines : [...lines, ...stopped, ...toPlaceLines(shell, view)];
    }),
};

export const scheduleTakeOver: Command = {
  name: "schedule take-over",
  summary: {
    en: "make a schedule your own: it is bound to your key from now on",
    ru: "принять расписание на себя: дальше оно работает от вашего ключа",
  },
  words: "<schedule>",
  run: (given, shell) => takeOver("schedules", given, shell),
};

export const scheduleRemove: Command = {
  name: "schedule remove",
  summary: {
    en: "delete a schedule; runs that it started go on",
    ru: "удалить расписание; начатые им запуски продолжаются",
  },
  words: "<schedule>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(`DELETE /schedules/${encodeURIComponent(toWord(given, 0))}`),
      shell,
      (body, view) => [view.words.removed(toText(body["id"]))],
    ),
};

export const scheduleTick: Command = {
  name: "schedule tick",
  summary: { en: "start now whatever is due", ru: "запустить сейчас всё, чему пора" },
  run: async (_given, shell) =>
    showAnswer(await shell.call("POST /schedules/tick", { json: {} }), shell, (body, view) => {
      const started = toJsonList(body["started"]);
      return [
        view.words.ticked(started.length),
        ...started.map((one) => `  ${toShortId(toText(one["run_id"]), "r")}  ${toText(one["skill"])}`),
      ];
    }),
};
