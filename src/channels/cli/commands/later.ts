// Work that is not done while somebody waits: schedules and jobs.
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, type Given, toCount, toOption, toOptions, toWord } from "../command.ts";
import { isJson, type Json, parseJson, toJsonList, toText } from "../json.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { toMissingLines } from "../run/finish.ts";
import { parseSets } from "../run/wish.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import { formatZoned, toShortId } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { showAnswer, toListLines } from "./show-answer.ts";
import { loadSkillId } from "./skill-id.ts";

/** `--payload` may be JSON with the input's names; any other text fills the input as a typed request would. */
function toWork(given: Given): Json {
  const payload = toOption(given, "payload");
  const parsed = parseJson(payload);
  const named = isJson(parsed) ? parsed : {};
  const input = { ...named, ...Object.fromEntries(parseSets(toOptions(given, "set"))) };
  return { input, ...(payload === "" || isJson(parsed) ? {} : { query: payload }) };
}

function toRetries(given: Given): Json {
  const text = toCount(given, { name: "--max-retries", option: "maxRetries", least: 0, most: 20 });
  return text === "" ? {} : { max_retries: Number(text) };
}

const SET = {
  flags: "--set <name=value>",
  summary: "give a value by name; may be repeated",
  many: true,
} as const;
const RETRIES = { flags: "--max-retries <count>", summary: "try again so often, later each time" } as const;

export const scheduleAdd: Command = {
  name: "schedule add",
  summary: "run a skill at a time, or again and again",
  words: "<skill>",
  options: [
    { flags: "--run-at <time>", summary: "once, for example 2026-12-01T08:00:00+03:00" },
    { flags: "--cron <expression>", summary: 'again and again, for example "0 9 * * 1-5"' },
    { flags: "--time-zone <zone>", summary: "the zone of --cron (yours)" },
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
  summary: "what is scheduled, and when it runs next",
  run: async (_given, shell) =>
    showAnswer(await shell.call("GET /schedules"), shell, (body, view) => {
      const rows = toJsonList(body["schedules"]).map((one) => ({
        ...one,
        next: toText(one["next_at"]) === "" ? "—" : formatZoned(toText(one["next_at"]), view),
      }));
      const lines = toListLines(rows, ["id", "skill", "cron", "next"], view);
      return rows.length === 0 ? lines : [...lines, ...toPlaceLines(shell, view)];
    }),
};

export const scheduleRemove: Command = {
  name: "schedule remove",
  summary: "delete a schedule; runs that it started go on",
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
  summary: "start now whatever is due",
  run: async (_given, shell) =>
    showAnswer(await shell.call("POST /schedules/tick", { json: {} }), shell, (body, view) => {
      const started = toJsonList(body["started"]);
      return [
        view.words.ticked(started.length),
        ...started.map((one) => `  ${toShortId(toText(one["run_id"]), "r")}  ${toText(one["skill"])}`),
      ];
    }),
};

export const jobEnqueue: Command = {
  name: "job enqueue",
  summary: "put a skill in the queue and do not wait for it",
  words: "<skill>",
  options: [{ flags: "--payload <value>", summary: "its input: JSON, or words that fill it" }, SET, RETRIES],
  async run(given, shell) {
    const json = { async: true, ...toWork(given), ...toRetries(given) };
    const skill = await loadSkillId(toWord(given, 0), shell);
    const answer = await shell.call(`POST /skills/${skill}/run`, { json });
    const shown = showAnswer(answer, shell, (body, view) =>
      body["status"] === "needs_input"
        ? toMissingLines(toJsonList(body["missing"]), view)
        : [view.words.queued(toText(body["short_id"]) || toText(body["run_id"]))],
    );
    return answer.body["status"] === "needs_input" ? toExitCodeOf(answer.status, answer.body) : shown;
  },
};

const JOB_STATES = ["queued", "running", "waiting"] as const;

async function loadOpenJobs(shell: Shell): Promise<readonly Json[]> {
  const answers = await Promise.all(
    JOB_STATES.map((status) => shell.call(`GET /runs?status=${status}&limit=100`)),
  );
  return answers.flatMap((answer) => toJsonList(answer.body["runs"]));
}

export const jobList: Command = {
  name: "job list",
  summary: "jobs that are not done",
  async run(_given, shell) {
    const jobs = await loadOpenJobs(shell);
    if (shell.isJson) shell.screen.show([JSON.stringify({ jobs }, null, 2)]);
    else {
      const view = toView(shell);
      const rows = jobs.map((job) => ({
        ...job,
        job: job["short_id"],
        at: formatZoned(toText(job["created_at"]), view),
      }));
      shell.screen.show(toListLines(rows, ["job", "skill", "status", "at"], view));
    }
    return EXIT_CODES.ok;
  },
};

const POLL_MS = 300;

/** SkillOS does the work by itself; this waits until it is done, as the specification's command does. */
export const jobWork: Command = {
  name: "job work",
  summary: "wait until every queued job is done",
  options: [{ flags: "--timeout <seconds>", summary: "give up after this long (60)" }],
  async run(given, shell) {
    const view: View = toView(shell);
    const timeout = toCount(given, { name: "--timeout", option: "timeout", least: 1, most: 86_400 });
    const until = Date.now() + Number(timeout || "60") * 1_000;
    const isOpen = (job: Json): boolean => job["status"] !== "waiting";
    const work = (async () => {
      let open = (await loadOpenJobs(shell)).filter(isOpen);
      while (open.length > 0 && Date.now() < until) {
        await new Promise((done) => setTimeout(done, POLL_MS));
        open = (await loadOpenJobs(shell)).filter(isOpen);
      }
      return open;
    })();
    const open = await shell.screen.during(view.words.working, work);
    shell.screen.show([
      shell.isJson
        ? JSON.stringify({ open: open.length })
        : open.length === 0
          ? view.words.allDone
          : view.words.waitingJobs(open.length),
    ]);
    return open.length === 0 ? EXIT_CODES.ok : EXIT_CODES.later;
  },
};
