// `job`: skills that run when SkillOS comes to them, while nobody waits.
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, type Given, toCount, toOption, toOptions, toWord } from "../command.ts";
import { isJson, type Json, parseJson, toJsonList, toText } from "../json.ts";
import { toExitCodeOf } from "../exit-code.ts";
import { toMissingLines } from "../run/finish.ts";
import { parseSets } from "../run/wish.ts";
import { type Shell, toView } from "../shell.ts";
import { toStatus } from "../show/status.ts";
import { formatZoned } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { RETRIES, SET, toRetries } from "./schedules.ts";
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

export const jobEnqueue: Command = {
  name: "job enqueue",
  summary: {
    en: "put a skill in the queue and do not wait for it",
    ru: "поставить навык в очередь и не ждать его",
  },
  words: "<skill>",
  options: [
    {
      flags: "--payload <value>",
      summary: {
        en: "its input: JSON, or words that fill it",
        ru: "его входные данные: JSON или фраза, из которой они берутся",
      },
    },
    SET,
    RETRIES,
  ],
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
  summary: { en: "jobs that are not done", ru: "задания, которые ещё не выполнены" },
  async run(_given, shell) {
    const jobs = await loadOpenJobs(shell);
    if (shell.isJson) shell.screen.show([JSON.stringify({ jobs }, null, 2)]);
    else {
      const view = toView(shell);
      const rows = jobs.map((job) => ({
        ...job,
        job: job["short_id"],
        status: toStatus(toText(job["status"]), view),
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
  summary: {
    en: "wait until every queued job is done",
    ru: "подождать, пока выполнятся все задания из очереди",
  },
  options: [
    {
      flags: "--timeout <seconds>",
      summary: { en: "give up after this long (60)", ru: "столько ждать самое большее (60)" },
    },
  ],
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
