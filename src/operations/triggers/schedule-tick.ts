// The tick: takes each slot that is due, once, and starts its run. The Cron Trigger and `schedule tick` do the same.
import { z } from "zod";
import type { TenantId } from "../../kernel/domain/id.ts";
import { isRunId } from "../../kernel/domain/id.ts";
import { mayPass } from "../../kernel/domain/refusal.ts";
import { hasEnded } from "../../kernel/domain/run.ts";
import { type Listed, parseBrokenSeal } from "../../kernel/domain/seal-broken.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { Occurrence, Schedule } from "../../kernel/ports/schedules.ts";
import { noteBrokenSeal } from "../records/broken-seals.ts";
import { saveEvents } from "../records/loose-events.ts";
import { defineOperation } from "../operation.ts";
import type { TriggeredOutcome } from "./start-triggered.ts";
import { startTriggered } from "./start-triggered.ts";

const AT_ONCE = 100;
/** A slot taken by a tick that died is started by the next one; a younger one is being started. */
const GRACE_MS = 10_000;
/**
 * The occurrence is kept for ever and starts one run; its key is needed only until the run is noted in it. Whoever comes back
 * later than this cannot know whether that run was started. A key that never expired would keep those behind it.
 */
const KEY_MS = 4 * 86_400_000;

export interface Tick {
  /** Null: of every tenant. */
  readonly tenant: TenantId | null;
  readonly now: number;
  /** How long to wait for the runs to end. */
  readonly waitMs: number;
}

export interface Ticked {
  readonly schedule: string;
  readonly skill: string;
  readonly slot: number;
  readonly outcome: TriggeredOutcome;
}

export async function tickSchedules(platform: Platform, tick: Tick): Promise<readonly Ticked[]> {
  await settleOpen(platform, tick);
  const due = await platform.schedules.listDue(tick.tenant, tick.now, AT_ONCE);
  const ticked = await Promise.all(due.map((schedule) => runDue(platform, schedule, tick)));
  return ticked.filter((one) => one !== null);
}

/** Missed slots are not caught up one by one: the latest runs, once. Null: another tick has taken it. */
async function runDue(
  platform: Platform,
  schedule: Listed<Schedule>,
  { now, waitMs }: Tick,
): Promise<Ticked | null> {
  const { cron, timeZone, nextAt } = schedule;
  if (nextAt === null) return null;
  const at = cron === null ? nextAt : (platform.cron.last(cron, timeZone, now) ?? nextAt);
  const taken = await platform.schedules.take(schedule, {
    at,
    nextAt: cron === null ? null : platform.cron.next(cron, timeZone, now),
    now: platform.clock.now(),
  });
  if (!taken) return null;
  const outcome = await startSlot(platform, schedule, at);
  const isOver = waitMs > 0 && "started" in outcome;
  return {
    schedule: schedule.id,
    skill: schedule.skill,
    slot: at,
    outcome: isOver ? await waitForEnd(platform, schedule, { at, waitMs }) : outcome,
  };
}

function toTriggered(schedule: Schedule, slot: number, waitMs: number) {
  const { tenant, user, role, keyId, skill, input, inputBy, maxRetries, id, createdAt } = schedule;
  const requestId = `schedule:${id}:${slot}`;
  return {
    requestId,
    channel: "schedule" as const,
    tenant,
    user,
    role,
    keyId,
    skill,
    payload: input,
    givenBy: [inputBy],
    key: `schedule:${id}:${createdAt}:${slot}`,
    ttlMs: KEY_MS,
    maxRetries,
    waitMs,
    told: [],
  };
}

async function startSlot(
  platform: Platform,
  schedule: Listed<Schedule>,
  slot: number,
): Promise<TriggeredOutcome> {
  const { tenant, id, broken } = schedule;
  if (broken) {
    await finish(platform, schedule, { slot, status: `failed: ${broken.reason}`, runId: null });
    noteBrokenSeal(platform, broken, { requestId: `schedule:${id}:${slot}`, path: "schedule-tick" });
    return { refusal: broken };
  }
  const of = { tenant, schedule: id, slot };
  const outcome = await startTriggered(platform, toTriggered(schedule, slot, 0));
  if ("started" in outcome) {
    await platform.schedules.markOccurrence(of, "started", outcome.started);
    await note(platform, schedule, {
      slot,
      event: "schedule_started",
      status: "started",
      runId: outcome.started,
    });
  } else if (!mayPass(outcome.refusal)) {
    await finish(platform, schedule, { slot, status: `failed: ${outcome.refusal.reason}`, runId: null });
  }
  return outcome;
}

/** The same key again joins the run that has been accepted. */
async function waitForEnd(
  platform: Platform,
  schedule: Schedule,
  { at, waitMs }: { at: number; waitMs: number },
): Promise<TriggeredOutcome> {
  const outcome = await startTriggered(platform, toTriggered(schedule, at, waitMs));
  if ("started" in outcome && hasEnded(outcome.status))
    await finish(platform, schedule, { slot: at, status: outcome.status, runId: outcome.started });
  return outcome;
}

async function finish(
  platform: Platform,
  schedule: Schedule,
  ended: { slot: number; status: string; runId: string | null },
): Promise<void> {
  const { tenant, id } = schedule;
  await platform.schedules.markOccurrence(
    { tenant, schedule: id, slot: ended.slot },
    ended.status === "succeeded" ? "succeeded" : "failed",
    ended.runId,
  );
  await note(platform, schedule, { ...ended, event: "schedule_finished" });
}

async function note(
  platform: Platform,
  { tenant, id, skill }: Schedule,
  what: {
    slot: number;
    event: "schedule_started" | "schedule_finished";
    status: string;
    runId: string | null;
  },
): Promise<void> {
  const { slot, runId, event, status } = what;
  const requestId = `schedule:${id}:${slot}`;
  const body = {
    event,
    request_id: requestId,
    timestamp: toIso(platform.clock.now()),
    skill_id: skill,
    status,
    attempt: 1,
  };
  await saveEvents(platform, tenant, [{ id: `${requestId}:${event}`, runId, event: body }]);
}

/** Slots that were taken and never started are started; runs that have ended are noted. */
async function settleOpen(platform: Platform, { tenant }: Tick): Promise<void> {
  const open = await platform.schedules.listOpen(tenant, platform.clock.now() - GRACE_MS, AT_ONCE);
  await Promise.all(open.map((occurrence) => orFailed(platform, occurrence)));
}

/** A schedule or a run that was changed where it is kept never opens: it stops none of the others, and ends. */
async function orFailed(platform: Platform, occurrence: Occurrence): Promise<void> {
  try {
    await settle(platform, occurrence);
  } catch (error) {
    const broken = parseBrokenSeal(error);
    if (broken === null) throw error;
    const { schedule, slot } = occurrence;
    await platform.schedules.markOccurrence(occurrence, "failed", null);
    noteBrokenSeal(platform, broken, { requestId: `schedule:${schedule}:${slot}`, path: "schedule-tick" });
  }
}

async function settle(
  platform: Platform,
  { tenant, schedule: id, slot, runId, status, startedAt }: Occurrence,
): Promise<void> {
  const schedule = await platform.schedules.find(tenant, id);
  if (schedule === null) return;
  if (status === "due" || runId === null || !isRunId(runId)) {
    if (platform.clock.now() - startedAt < KEY_MS) await startSlot(platform, schedule, slot);
    else await finish(platform, schedule, { slot, status: "failed: lost", runId: null });
    return;
  }
  const run = (await platform.runners.view(tenant, runId)) ?? (await platform.runs.load(tenant, runId));
  if (run && hasEnded(run.status)) await finish(platform, schedule, { slot, status: run.status, runId });
}

export const scheduleTick = defineOperation({
  name: "schedule-tick",
  needsEverySkill: true,
  summary: "Starts now whatever is due, and waits for it (`Prefer: wait=N`).",
  permission: "build",
  http: "POST /schedules/tick",
  input: z.strictObject({ now: z.iso.datetime({ offset: true }).optional() }),
  async run(platform, call) {
    const { now } = call.input;
    if (now !== undefined && platform.environment !== "local")
      return {
        refusal: {
          reason: "bad_request",
          message: {
            en: "Only the local environment may say what time it is.",
            ru: "Назначать время можно только на своём компьютере.",
          },
          field: "now",
        },
      };
    const at = now === undefined ? platform.clock.now() : Date.parse(now);
    const ticked = await tickSchedules(platform, {
      tenant: call.principal.tenant,
      now: at,
      waitMs: call.waitMs,
    });
    const rows = ticked.map(({ schedule, skill, slot, outcome }) => {
      const base = { schedule, skill, slot: toIso(slot) };
      if ("started" in outcome) return { ...base, run_id: outcome.started, status: outcome.status };
      return {
        ...base,
        status: "failed",
        problem: platform.describeRefusal(outcome.refusal, call.locale, { requestId: call.requestId }),
      };
    });
    return {
      body: {
        now: toIso(at),
        started: rows.filter((row) => "run_id" in row),
        failed: rows.filter((row) => "problem" in row),
      },
    };
  },
});
