// A run as it happens: server-sent events that can be taken up again where they broke off, and the log of a finished one.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { microUsdToCredits, microUsdToUsd } from "../../kernel/domain/money.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import { wait } from "../../kernel/ports/clock.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { hasEnded, toCost } from "../../kernel/domain/run.ts";
import { defineOperation } from "../operation.ts";
import { findRun } from "./run-get.ts";

const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 1_000;
/** A stream ends after this; its reader comes back with `Last-Event-ID`. Bounded by the calls one request may make. */
const LONGEST_STREAM_MS = 5 * 60_000;
const KEEP_ALIVE_MS = 15_000;

export const runEvents = defineOperation({
  name: "run-events",
  summary:
    "A run's telemetry and steps as they happen (text/event-stream). `Last-Event-ID` goes on after that event.",
  permission: "read",
  http: "GET /runs/{id}/events",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const { tenant } = call.principal;
    const run = await findRun(platform, call.principal, call.input.id);
    if (run === null) return { refusal: { reason: "not_found", what: "run", id: call.input.id } };
    const after = /^\d{1,9}$/.test(call.lastEventId ?? "") ? Number(call.lastEventId) : -1;
    return {
      status: 200,
      bytes: toStream(followRun(platform, { tenant, run, after })),
      headers: {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store",
        "x-accel-buffering": "no",
      },
    };
  },
});

interface Followed {
  readonly tenant: TenantId;
  readonly run: RunRecord;
  /** The last event that the reader has; -1: none. */
  readonly after: number;
}

/** Telemetry has ids, by its place in the run's record; steps have none: they are told again after a break. */
async function* followRun(platform: Platform, { tenant, run, after }: Followed): AsyncGenerator<string> {
  const startedAt = platform.clock.now();
  let now: RunRecord | null = run;
  let [events, steps, quietMs, pollMs] = [after + 1, 0, 0, FIRST_POLL_MS];
  while (now !== null) {
    const news = [
      ...now.steps.slice(steps).map(toStepBlock),
      ...now.events.slice(events).map((event, n) => toBlock(event.event, event, events + n)),
    ];
    [events, steps] = [Math.max(events, now.events.length), now.steps.length];
    yield* news;
    if (hasEnded(now.status))
      return yield toBlock("end", {
        event: "end",
        timestamp: toIso(now.finishedAt ?? platform.clock.now()),
        run_id: now.id,
        status: now.status,
      });
    if (platform.clock.now() - startedAt > LONGEST_STREAM_MS) return;
    pollMs = news.length > 0 ? FIRST_POLL_MS : Math.min(pollMs * 2, LONGEST_POLL_MS);
    quietMs = news.length > 0 ? 0 : quietMs + pollMs;
    if (quietMs >= KEEP_ALIVE_MS) {
      quietMs = 0;
      yield ": still here\n\n";
    }
    await wait(platform.clock, pollMs);
    now = (await platform.runners.view(tenant, run.id)) ?? (await platform.runs.load(tenant, run.id));
  }
}

function toStepBlock(step: RunRecord["steps"][number]): string {
  const { path, kind, status, durationMs, attempts, startedAt } = step;
  return toBlock("step", {
    event: "step",
    timestamp: toIso(startedAt + durationMs),
    step: path,
    kind,
    status,
    latency_ms: durationMs,
    attempt: attempts,
  });
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
function toBlock(name: string, data: unknown, id?: number): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function toStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    // The reader left: the run goes on without it.
    cancel: async () => void (await pieces.return(undefined)),
  });
}

export const executionLog = defineOperation({
  name: "execution-log",
  summary: "A run as the AI Operating System's execution log.",
  permission: "read",
  http: "GET /runs/{id}/execution-log",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const run = await findRun(platform, call.principal, call.input.id);
    if (run === null) return { refusal: { reason: "not_found", what: "run", id: call.input.id } };
    return { body: toExecutionLog(run) };
  },
});

const LOG_STATUS: Readonly<Record<string, string>> = {
  succeeded: "success",
  planned: "success",
  failed: "failed",
  cancelled: "failed",
};

export function toExecutionLog(run: RunRecord) {
  const total = toCost(run);
  return {
    execution_id: run.id,
    daemon_id: run.order.plan.skill,
    user_id: run.order.principal.user,
    started_at: toIso(run.createdAt),
    completed_at: run.finishedAt === null ? null : toIso(run.finishedAt),
    status: run.refusal?.reason === "timeout" ? "timeout" : (LOG_STATUS[run.status] ?? run.status),
    stages: run.steps.map((step) => ({
      name: step.path,
      status: LOG_STATUS[step.status] ?? step.status,
      duration_ms: step.durationMs,
      cost: { tokens: countTokens(run, step.path), ...toMoney(step.costMicroUsd) },
      output: step.value ?? step.problem ?? null,
    })),
    total_cost: toMoney(total),
  };
}

function countTokens(run: RunRecord, path: string): number {
  return run.effects.filter((effect) => effect.step === path).reduce((sum, effect) => sum + effect.tokens, 0);
}

function toMoney(microUsd: number) {
  return { credits: microUsdToCredits(microUsd), usd: microUsdToUsd(microUsd) };
}
