// What must be true after the kills: each job ended once or asks a person, the target saw each write under one key, the
// server tells what the sender was told, and the money adds up.
import type { Body, ServerProcess } from "../lib/server-process.ts";
import type { Told } from "./kill-jobs.ts";
import { STEPS, sendOnce, toRef, waitForRun } from "./kill-jobs.ts";
import type { Sink } from "./sink.ts";

const ALL_FINAL_WITHIN_MS = 60_000;
const PAGE = 200;

export interface Verdict {
  readonly figures: Record<string, unknown>;
  readonly problems: string[];
}

interface Counts {
  lost: number;
  duplicated: number;
  wrongStatus: number;
  waiting: number;
  resent: number;
  spentMicroUsd: number;
}

export async function judge(server: ServerProcess, sink: Sink, told: readonly Told[]): Promise<Verdict> {
  const problems: string[] = [];
  const counts: Counts = { lost: 0, duplicated: 0, wrongStatus: 0, waiting: 0, resent: 0, spentMicroUsd: 0 };
  const deadline = Date.now() + ALL_FINAL_WITHIN_MS;
  for (const one of told) {
    const run = await findEnd(server, one, deadline);
    judgeStatus(one, run, { counts, problems });
    judgeEffects(one, run, { sink, counts, problems });
    await judgeReplay(server, one, { counts, problems });
  }
  const runs = await countRuns(server);
  if (runs !== told.length) problems.push(`${runs} runs are listed for ${told.length} jobs`);
  const money = await judgeMoney(server, counts, problems);
  const { lost, duplicated, wrongStatus: wrong_status, waiting, resent } = counts;
  return {
    figures: { lost, duplicated, wrong_status, waiting_for_outcome: waiting, resent, ...money },
    problems,
  };
}

interface Findings {
  readonly counts: Counts;
  readonly problems: string[];
}

async function findEnd(server: ServerProcess, { body }: Told, deadline: number): Promise<Body | null> {
  const runId = body["run_id"];
  return typeof runId === "string" ? waitForRun(server, runId, deadline) : null;
}

function judgeStatus(told: Told, run: Body | null, { counts, problems }: Findings): void {
  const { job, answer, body } = told;
  if (!run) {
    counts.lost += 1;
    const heard = answer ? `${answer.status} ${answer.text.slice(0, 200)}` : "nothing";
    const how = `${job.target}${job.async ? ", async" : ""}`;
    problems.push(`${job.name} (${how}) did not end; it was told ${heard}`);
    return;
  }
  const status = run["status"];
  counts.spentMicroUsd += toMicroUsd(run["cost"]);
  if (status === "waiting") counts.waiting += 1;
  if (isRightEnd(told, status)) return;
  counts.wrongStatus += 1;
  const heard = String(body["status"]);
  problems.push(`${job.name} (${job.target}) is ${String(status)}, its sender was told ${heard}`);
}

/** An asynchronous run was told when it was accepted; it may have ended since. Only a plain target leaves a question open. */
function isRightEnd({ job, answer, body }: Told, status: unknown): boolean {
  const isAsTold = (job.async && answer?.status === 202) || body["status"] === status;
  return isAsTold && (status === "succeeded" || (status === "waiting" && job.target === "plain"));
}

function toMicroUsd(cost: unknown): number {
  return typeof cost === "object" && cost && "micro_usd" in cost ? Number(cost.micro_usd) : 0;
}

/** Where keys count, a write is done once per key; where they do not, a second send is a second write. */
function judgeEffects(
  { job }: Told,
  run: Body | null,
  { sink, counts, problems }: Findings & { sink: Sink },
): void {
  for (const step of STEPS) {
    const sends = sink.seen.get(toRef(job, step));
    if (run?.["status"] === "succeeded" && !sends) {
      counts.lost += 1;
      problems.push(`${job.name} succeeded, and its write ${step} never arrived`);
    }
    if (!sends) continue;
    if (sends.times > 1) counts.resent += 1;
    const done = job.target === "keyed" ? sends.keys.size : sends.times;
    if (done === 1) continue;
    counts.duplicated += 1;
    problems.push(
      `${job.name} ${step} was done ${done} times (${job.target}): ${[...sends.keys].join(", ")}`,
    );
  }
}

/** The same key again: the same bytes (or the same place), and no second run. */
async function judgeReplay(
  server: ServerProcess,
  { job, answer }: Told,
  { counts, problems }: Findings,
): Promise<void> {
  if (answer?.status !== 200) return;
  const again = await sendOnce(server, job);
  if (again.text === answer.text && again.headers.get("idempotency-replayed") === "true") return;
  counts.wrongStatus += 1;
  problems.push(`${job.name} was told something else when it asked again: ${again.text.slice(0, 200)}`);
}

async function countRuns(server: ServerProcess): Promise<number> {
  const ids = new Set<unknown>();
  for (let before = ""; ; ) {
    const { runs } = (await server.ask(`GET /runs?limit=${PAGE}${before}`)) as {
      runs: readonly { run_id: string; skill: string; created_at: string }[]; // As the operation answers.
    };
    const known = ids.size;
    for (const run of runs) if (run.skill.startsWith("accept/")) ids.add(run.run_id);
    const last = runs.at(-1);
    if (runs.length < PAGE || !last) return ids.size;
    // Several runs may start in one millisecond: the page goes back over the last of them.
    const at = Date.parse(last.created_at) + (ids.size > known ? 1 : 0);
    before = `&before=${encodeURIComponent(new Date(at).toISOString())}`;
  }
}

async function judgeMoney(
  server: ServerProcess,
  counts: Counts,
  problems: string[],
): Promise<Record<string, number>> {
  const budget = await server.ask("GET /budgets");
  const spent = budget["spent_usd"];
  const day = typeof spent === "object" && spent && "day" in spent ? Number(spent.day) : Number.NaN;
  const held = Number(budget["held_usd"]);
  const counted = counts.spentMicroUsd / 1_000_000;
  if (held !== 0) problems.push(`${held} USD are still held`);
  if (Math.abs(day - counted) > 5e-7)
    problems.push(`${day} USD are booked as spent, the runs cost ${counted}`);
  return { held_usd: held, spent_usd: day };
}
