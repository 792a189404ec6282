// The work that is interrupted: keyed runs of three writes, some with a paid model call before them, sent synchronously or
// not, to a target that honours idempotency keys or to one that does not. Whoever hears nothing asks again with its key.
import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../lib/chance.ts";
import type { Answer, Body, ServerProcess } from "../lib/server-process.ts";
import { parseBody } from "../lib/server-process.ts";

const ASK_AGAIN_MS = 25;
const GIVE_UP_MS = 60_000;
export const STEPS = ["one", "two", "three"] as const;

export interface Job {
  readonly name: string;
  readonly target: "keyed" | "plain";
  readonly paid: boolean;
  readonly async: boolean;
}

/** What its sender was told: the last answer, and how often it had to ask. */
export interface Told {
  readonly job: Job;
  readonly answer: Answer | null;
  readonly body: Body;
}

const PLAIN_SHARE = 0.2;
const PAID_SHARE = 0.3;
const ASYNC_SHARE = 0.5;

export function makeJobs(count: number, chance: Chance): Job[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `j${index}`,
    target: chance.next() < PLAIN_SHARE ? "plain" : "keyed",
    paid: chance.next() < PAID_SHARE,
    async: chance.next() < ASYNC_SHARE,
  }));
}

const toSkill = (job: Pick<Job, "target" | "paid">): string =>
  `accept/${job.target}${job.paid ? "_paid" : ""}`;

/** The reference that a step of a job sends: what the sink counts by. */
export const toRef = (job: Job, step: string): string => `${job.name}-${step}`;

function toSkillFile(target: string, paid: boolean): string {
  const model =
    '  - id: thought\n    llm: { model: mock/echo, prompt: "${{ input.name }}", max_tokens: 64 }\n';
  const writes = STEPS.map(
    (step) =>
      `  - id: ${step}\n    http: { post: /${step}, connector: accept_${target}, body: { ref: "\${{ input.name + '-${step}' }}" } }\n`,
  );
  return `description: Three writes\ninput:\n  name: { type: text, ask: Name }\nsteps:\n${paid ? model : ""}${writes.join("")}output: { ok: "\${{ three.body.ok }}" }\n`;
}

/** Skills made over HTTP stay when the skills folder is loaded again after a restart. */
export async function saveSkills(server: ServerProcess, sinkHost: string): Promise<void> {
  for (const [target, idempotency] of [
    ["keyed", "header"],
    ["plain", "none"],
  ] as const) {
    const connector = `type: http\nbase_url: http://${sinkHost}\nidempotency: ${idempotency}\n`;
    await server.ask(`PUT /connectors/accept_${target}`, connector);
    for (const paid of [false, true])
      await server.ask(`PUT /skills/${toSkill({ target, paid })}`, toSkillFile(target, paid));
  }
}

export function sendOnce(server: ServerProcess, job: Job): Promise<Answer> {
  const content = { input: { name: job.name }, async: job.async };
  return server.send(`POST /skills/${toSkill(job)}/run`, content, { "idempotency-key": job.name });
}

/** Asks until it is told that the run ended, waits for a person, or (asynchronous) is accepted. */
export async function sendJob(
  server: ServerProcess,
  job: Job,
  onTold: (answer: Answer) => void,
): Promise<Told> {
  let last: Answer | null = null;
  for (const end = Date.now() + GIVE_UP_MS; Date.now() < end; await pause(ASK_AGAIN_MS)) {
    try {
      last = await sendOnce(server, job);
    } catch {
      continue; // It was killed under us.
    }
    const body = last.text.startsWith("{") ? parseBody(last.text) : {};
    const isDone =
      last.status === 200 || (last.status === 202 && (job.async || body["status"] === "waiting"));
    if (isDone) onTold(last);
    // A refusal is an answer too; it is judged afterwards.
    if (isDone || (last.status >= 400 && last.status !== 503)) return { job, answer: last, body };
  }
  return { job, answer: last, body: {} };
}

const FINAL: ReadonlySet<unknown> = new Set(["succeeded", "failed", "cancelled"]);

/** The run as the server tells it, once it has ended or waits for a person; null when it does neither in time. */
export async function waitForRun(
  server: ServerProcess,
  runId: string,
  deadline: number,
): Promise<Body | null> {
  for (; ; await pause(ASK_AGAIN_MS)) {
    const run = await server.ask(`GET /runs/${runId}`);
    if (FINAL.has(run["status"])) return run;
    if (run["status"] === "waiting" && run["waiting_for"] === "outcome") return run;
    if (Date.now() > deadline) return null;
  }
}
