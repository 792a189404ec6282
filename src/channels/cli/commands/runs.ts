// `runs` and `logs`: what happened, once or as it happens.
import { toOthersDecide } from "../run/others-decide.ts";
import type { Answer } from "../client.ts";
import { isGood } from "../client.ts";
import { type Command, type Given, hasOption, toCount, toOption, toOptions, toWord } from "../command.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { type Json, parseJson, toField, toJson, toJsonList, toNumber, toText } from "../json.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import { answerForm, sendAnswer } from "../run/answer-form.ts";
import { toWaitingLines } from "../run/finish.ts";
import { parseSets } from "../run/wish.ts";
import { toEventLine } from "../show/event.ts";
import { toProblemLines } from "../show/problem.ts";
import { toCostText, toResultLines, toRunShort } from "../show/result.ts";
import { toEffectLines, toStepLines } from "../show/steps.ts";
import { parseStatus, toRunStatus, toStatusList } from "../show/status.ts";
import { toTrialLines } from "../show/trial.ts";
import { toLogWord } from "../words/log-words.ts";
import { formatMoment, formatZoned, toPercent } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { loadZone, showAnswer, toListLines } from "./show-answer.ts";
import { checkSkill } from "./skill-id.ts";

const POLL_MS = 1_000;
const LAST = 20;

export const runs: Command = {
  name: "runs",
  summary: { en: "the last runs, or one of them in full", ru: "последние запуски или один из них подробно" },
  words: "[run]",
  options: [
    {
      flags: "--status <status>",
      summary: {
        en: "only these: done, failed, running, waiting, queued, cancelled, planned",
        ru: "только такие: готово, не вышло, идёт, ждёт, в очереди, отменён, пробный",
      },
    },
    {
      flags: "--skill <skill>",
      summary: { en: "only runs of this skill", ru: "только запуски этого навыка" },
    },
    { flags: "--limit <count>", summary: { en: "how many (20)", ru: "сколько (20)" } },
  ],
  async run(given, shell) {
    const id = toWord(given, 0);
    if (id !== "")
      return showAnswer(await shell.call(`GET /runs/${encodeURIComponent(id)}`), shell, toRunLines);
    const query = new URLSearchParams(toFilters(given, shell));
    const answer = await shell.call(`GET /runs?${query}`);
    const skill = toOption(given, "skill");
    if (skill !== "" && isGood(answer) && toJsonList(answer.body["runs"]).length === 0)
      await checkSkill(skill, shell);
    return showAnswer(answer, shell, toRunTable);
  },
};

function toFilters(given: Given, shell: Shell): Record<string, string> {
  const limit = toCount(given, { name: "--limit", option: "limit", least: 1, most: 200 });
  const named = [
    ...["status", "skill"].map((name) => [name, toOption(given, name)] as const),
    ["limit", limit] as const,
  ];
  const filters = Object.fromEntries(named.filter(([, value]) => value !== ""));
  if (filters["status"] === undefined) return filters;
  const status = parseStatus(filters["status"]);
  if (status === null) {
    const { words } = toView(shell);
    const said = [words.noStatus(filters["status"]), words.statuses(toStatusList({ words }))] as const;
    throw new Complaint(() => said);
  }
  return { ...filters, status };
}

function toRunTable(body: Json, view: View): readonly string[] {
  const rows = toJsonList(body["runs"]).map((run) => ({
    run: run["short_id"] ?? run["run_id"],
    at: formatZoned(toText(run["created_at"]), view),
    skill: run["skill"],
    status: toRunStatus(run, view),
    from: toLogWord(toText(run["channel"]), view.locale),
    cost: toCostText(run),
  }));
  return toListLines(rows, ["run", "at", "skill", "status", "from", "cost"], view);
}

function toRunLines(body: Json, view: View): readonly string[] {
  const head = `${toText(body["skill"])} · ${toRunStatus(body, view)} · ${formatMoment(toText(body["created_at"]), view)}`;
  const told = body["problem"] === undefined ? toStateLines(body, view) : toFailureLines(body, view);
  return [
    view.paint("bold", head),
    ...told,
    ...toEffectLines(body, view).map((line) => (line === "" ? "" : `  ${line}`)),
  ];
}

function toFailureLines(body: Json, view: View): readonly string[] {
  return toProblemLines(toJson(body["problem"]), toExitCodeOf(200, body), view);
}

function toStateLines(body: Json, view: View): readonly string[] {
  if (body["status"] !== "waiting") return toResultLines(body, view);
  const id = toText(toField(body, "approval", "id"));
  if (id === "") return toWaitingLines(body, view);
  const others = toOthersDecide(body, view);
  const open = others.length > 0 ? others : [view.words.leftOpen(toRunShort(body))];
  return [...toTrialLines(body, view, null), ...open];
}

export const runsResolve: Command = {
  name: "runs resolve",
  summary: {
    en: "say what became of a write whose answer was lost",
    ru: "сказать, чем кончилась запись, ответ на которую потерян",
  },
  words: "<run>",
  options: [{ flags: "--happened <yes|no>", summary: { en: "whether it arrived", ru: "дошла ли она" } }],
  async run(given, shell) {
    const said = toOption(given, "happened").toLowerCase();
    if (!["yes", "no", "да", "нет"].includes(said)) throw new Complaint(({ happened }) => happened());
    const json = { happened: said === "yes" || said === "да" };
    return showAnswer(
      await shell.call(`POST /runs/${encodeURIComponent(toWord(given, 0))}/resolve`, { json }),
      shell,
      toRunLines,
    );
  },
};

export const runsAnswer: Command = {
  name: "runs answer",
  summary: {
    en: "answer the questions that a run waits with; without --set they are asked here",
    ru: "ответить на вопросы, с которыми ждёт запуск; без --set их зададут здесь",
  },
  words: "<run>",
  options: [
    {
      flags: "--set <name=value>",
      summary: {
        en: "give a value by name; may be repeated",
        ru: "задать значение по имени; можно повторять",
      },
      many: true,
    },
  ],
  async run(given, shell) {
    const run = toWord(given, 0);
    const sets = parseSets(toOptions(given, "set"));
    if (sets.length === 0 && shell.asker !== null && !shell.isJson) {
      const asked = await shell.call(`GET /runs/${encodeURIComponent(run)}`);
      const open = isGood(asked) && asked.body["waiting_for"] === "input";
      const answered = open ? await answerForm(asked.body, shell.asker, shell) : null;
      return showAnswer(answered ?? asked, shell, toRunLines);
    }
    return showAnswer(await sendAnswer(run, Object.fromEntries(sets), shell), shell, toRunLines);
  },
};

export const runsCancel: Command = {
  name: "runs cancel",
  summary: {
    en: "stop a run that is queued, running or waiting",
    ru: "остановить запуск, который в очереди, идёт или ждёт",
  },
  words: "<run>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(`POST /runs/${encodeURIComponent(toWord(given, 0))}/cancel`, { json: {} }),
      shell,
      toCancelLines,
    ),
};

/** It did what was asked: no failure, though that is how its run has ended. */
function toCancelLines(body: Json, view: View): readonly string[] {
  if (body["status"] !== "cancelled") return toRunLines(body, view);
  // A write that was sent may have been done.
  const hasWritten = toJsonList(body["effects"]).some(({ class: kind }) => kind !== "read");
  return [
    `${view.paint("green", "✓")} ${view.words.cancelledRun(toRunShort(body))}`,
    ...(hasWritten ? toEffectLines(body, view) : [view.words.changedNothing]).map((line) =>
      `  ${line}`.trimEnd(),
    ),
  ];
}

export const logs: Command = {
  name: "logs",
  summary: {
    en: "the last runs with their words, what happens as it happens (--follow), or one run step by step (--run)",
    ru: "последние запуски с их запросами, события по мере их появления (--follow) или один запуск по шагам (--run)",
  },
  options: [
    {
      flags: "--run <run>",
      summary: { en: "the steps and effects of this run", ru: "шаги и действия этого запуска" },
    },
    {
      flags: "--follow",
      summary: {
        en: "go on until Ctrl+C (with --run: until it is done)",
        ru: "показывать до Ctrl+C (с --run: до конца запуска)",
      },
    },
    {
      flags: "--since <cursor>",
      summary: { en: "events after this cursor", ru: "события после этой отметки" },
    },
  ],
  async run(given, shell) {
    const id = toOption(given, "run");
    const isList = !shell.isJson && !hasOption(given, "follow") && toOption(given, "since") === "";
    if (id === "") return isList ? listLast(shell) : followEvents(given, shell);
    if (hasOption(given, "follow")) return followRun(id, shell);
    return showAnswer(await shell.call(`GET /runs/${encodeURIComponent(id)}`), shell, (body, view) => [
      view.paint("bold", `${toText(body["skill"])} · ${toRunStatus(body, view)}`),
      ...toStepLines(body, "trace", view),
      ...(body["problem"] === undefined ? [] : ["", ...toFailureLines(body, view)]),
    ]);
  },
};

/** Newest last: where the eye is. */
async function listLast(shell: Shell): Promise<number> {
  return showAnswer(await shell.call(`GET /runs?limit=${LAST}`), shell, (body, view) => {
    const rows = toJsonList(body["runs"]).map((run) => ({
      at: formatZoned(toText(run["created_at"]), view),
      run: run["short_id"],
      status: toRunStatus(run, view),
      skill: run["skill"],
      sure: toPercent(toNumber(run["confidence"])),
      request: toText(run["query"]),
    }));
    const lines = toListLines(rows.toReversed(), ["at", "run", "status", "skill", "sure", "request"], view);
    return rows.length === 0 ? lines : [...lines, view.words.logsMore];
  });
}

async function followEvents(given: Given, shell: Shell): Promise<number> {
  const view = toView(shell, { time_zone: await loadZone(shell) });
  let since = toOption(given, "since");
  for (;;) {
    const answer: Answer = await shell.call(`GET /events?since=${encodeURIComponent(since)}`);
    if (!isGood(answer)) return showAnswer(answer, shell, () => []);
    const events = toJsonList(answer.body["events"]);
    shell.screen.show(
      events.map((event) => (shell.isJson ? JSON.stringify(event) : toEventLine(event, view))),
    );
    since = toText(answer.body["next"]) || since;
    const isMore = answer.body["more"] === true;
    if (!hasOption(given, "follow") && !isMore) return 0;
    if (!isMore) await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

/** Server-sent events of one run, until it is done. */
async function followRun(id: string, shell: Shell): Promise<number> {
  const view = toView(shell, { time_zone: await loadZone(shell) });
  let rest = "";
  const answer = await shell.call(`GET /runs/${encodeURIComponent(id)}/events`, {
    headers: { accept: "text/event-stream" },
    onText: (piece) => {
      const blocks = (rest + piece).split("\n\n");
      rest = blocks.pop() ?? "";
      const events = blocks.flatMap(toStreamEvent);
      shell.screen.show(
        events.map((event) => (shell.isJson ? JSON.stringify(event) : toEventLine(event, view))),
      );
      return false;
    },
  });
  return isGood(answer) ? 0 : showAnswer(answer, shell, () => []);
}

function toStreamEvent(block: string): readonly Json[] {
  const data = block
    .split("\n")
    .filter((line) => line.startsWith("data:"))
    .map((line) => line.slice(5).trim())
    .join("\n");
  return data === "" ? [] : [toJson(parseJson(data))];
}
