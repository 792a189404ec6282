// Schedules: made, listed, turned off, deleted. The tick that starts them is schedule-tick.ts.
import { z } from "zod";
import { parseSkillId } from "../kernel/domain/id.ts";
import type { Refusal } from "../kernel/domain/refusal.ts";
import { toZonedIso } from "../kernel/domain/zone.ts";
import { toUnknownSkill } from "../kernel/language/unknown-skill.ts";
import type { Cron } from "../kernel/ports/cron.ts";
import type { Schedule } from "../kernel/ports/schedules.ts";
import { noteAudit } from "./audit.ts";
import { defineOperation } from "./operation.ts";

const ScheduleId = z
  .string()
  .regex(
    /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/,
    "A schedule is named with Latin letters, digits, dots, _ and -.",
  );

const Body = z.strictObject({
  id: ScheduleId.optional(),
  skill: z.string(),
  /** ISO-8601; without an offset it is local time of the zone. */
  run_at: z.string().max(40).optional(),
  cron: z.string().max(200).optional(),
  timezone: z.string().max(60).optional(),
  /** The same as `timezone`. */
  time_zone: z.string().max(60).optional(),
  input: z.record(z.string(), z.unknown()).optional(),
  payload: z.unknown().optional(),
  max_retries: z.number().int().min(0).max(20).default(0),
  enabled: z.boolean().default(true),
});

export const scheduleAdd = defineOperation({
  name: "schedule-add",
  summary: "Runs a skill at a time, or again and again by a cron expression in a time zone.",
  permission: "build",
  http: "POST /schedules",
  input: Body,
  async run(platform, call) {
    const { tenant, user, role } = call.principal;
    const { id, payload, input, max_retries, enabled, run_at, cron } = call.input;
    const { skills, tenant: facts } = await platform.loadFresh(tenant);
    const skill = parseSkillId(call.input.skill);
    if (skill === null || !skills.has(skill))
      return { refusal: toUnknownSkill(call.input.skill, skills.keys()) };
    const timeZone = call.input.timezone ?? call.input.time_zone ?? facts.timeZone;
    const now = platform.clock.now();
    const when = parseTimes(platform.cron, { runAt: run_at, cron, timeZone, now });
    if ("refusal" in when) return when;
    const schedule: Schedule = {
      tenant,
      id: id ?? `sch_${platform.ids.ulid()}`,
      skill,
      ...when,
      timeZone,
      input: { ...input, ...(payload === undefined ? {} : { payload }) },
      isEnabled: enabled,
      maxRetries: max_retries,
      user,
      role,
      createdAt: now,
    };
    if (!(await platform.schedules.add(schedule)))
      return {
        refusal: {
          reason: "conflict",
          message: `There is a schedule "${schedule.id}" already. Delete it first.`,
        },
      };
    await noteAudit(platform, call, {
      action: "schedule.add",
      target: schedule.id,
      body: { skill, cron: schedule.cron, run_at: schedule.runAt },
    });
    return { status: 201, body: toBody(schedule, facts.timeZone) };
  },
});

type Times = Pick<Schedule, "runAt" | "cron" | "nextAt">;

/** What is due in the past is due now: the next tick runs it. */
function parseTimes(
  calendar: Cron,
  asked: { runAt: string | undefined; cron: string | undefined; timeZone: string; now: number },
): Times | { readonly refusal: Refusal } {
  const { runAt, cron, timeZone, now } = asked;
  const refuse = (field: string, message: string, mend?: string) => ({
    refusal: { reason: "bad_request", message, mend, field } as const,
  });
  if (!calendar.isZone(timeZone))
    return refuse("timezone", `There is no time zone "${timeZone}".`, "Write one such as Europe/Moscow.");
  if ((runAt === undefined) === (cron === undefined))
    return refuse(
      "run_at",
      "A schedule has either run_at or cron.",
      'Send "run_at": "2026-12-01T08:00:00+03:00" or "cron": "0 8 * * 1-5".',
    );
  if (runAt !== undefined) {
    const at = calendar.parseMoment(runAt, timeZone);
    if (at === null)
      return refuse(
        "run_at",
        `"${runAt}" is not a moment.`,
        "Write ISO-8601, such as 2026-12-01T08:00:00+03:00.",
      );
    return { runAt: at, cron: null, nextAt: at };
  }
  const expression = (cron ?? "").trim();
  const mistake = calendar.findMistake(expression, timeZone);
  if (mistake !== null)
    return refuse(
      "cron",
      `"${expression}" is no cron expression: ${mistake}.`,
      'Five fields: minute, hour, day, month, weekday. "0 8 * * 1-5" is 08:00 on weekdays.',
    );
  const nextAt = calendar.next(expression, timeZone, now);
  if (nextAt === null) return refuse("cron", `"${expression}" never comes.`, "Look at its day and month.");
  return { runAt: null, cron: expression, nextAt };
}

/** `zone`: in whose time the moments are written; the schedule's own may be another. */
function toBody(schedule: Schedule, zone: string) {
  const { id, skill, runAt, cron, timeZone, input, isEnabled, maxRetries, nextAt } = schedule;
  return {
    id,
    skill,
    ...(runAt === null ? { cron } : { run_at: toZonedIso(runAt, zone) }),
    timezone: timeZone,
    input,
    enabled: isEnabled,
    max_retries: maxRetries,
    next_at: nextAt === null || !isEnabled ? null : toZonedIso(nextAt, zone),
  };
}

export const scheduleList = defineOperation({
  name: "schedule-list",
  summary: "What is scheduled, and when it runs next.",
  permission: "read",
  http: "GET /schedules",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const { timeZone } = (await platform.loadFresh(tenant)).tenant;
    const schedules = await platform.schedules.list(tenant);
    return { body: { schedules: schedules.map((schedule) => toBody(schedule, timeZone)) } };
  },
});

const OCCURRENCES = 50;

export const scheduleGet = defineOperation({
  name: "schedule-get",
  summary: "One schedule and its last occurrences.",
  permission: "read",
  http: "GET /schedules/{id}",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const { tenant } = call.principal;
    const schedule = await platform.schedules.find(tenant, call.input.id);
    if (schedule === null) return { refusal: { reason: "not_found", what: "schedule", id: call.input.id } };
    const { timeZone } = (await platform.loadFresh(tenant)).tenant;
    const occurrences = await platform.schedules.listOccurrences(tenant, schedule.id, OCCURRENCES);
    return {
      body: {
        ...toBody(schedule, timeZone),
        occurrences: occurrences.map(({ slot, status, runId }) => ({
          slot: toZonedIso(slot, timeZone),
          status,
          run_id: runId,
        })),
      },
    };
  },
});

export const scheduleEnable = defineOperation({
  name: "schedule-enable",
  summary: "Turns a schedule on or off. Slots that passed while it was off are not caught up.",
  permission: "build",
  http: "PUT /schedules/{id}",
  input: z.strictObject({ id: z.string(), enabled: z.boolean() }),
  async run(platform, call) {
    const { id, enabled } = call.input;
    const schedule = await platform.schedules.find(call.principal.tenant, id);
    if (schedule === null) return { refusal: { reason: "not_found", what: "schedule", id } };
    const isResumed = enabled && !schedule.isEnabled && schedule.cron !== null;
    const nextAt = isResumed
      ? platform.cron.next(schedule.cron ?? "", schedule.timeZone, platform.clock.now())
      : schedule.nextAt;
    await platform.schedules.setEnabled(schedule.tenant, id, { isEnabled: enabled, nextAt });
    await noteAudit(platform, call, { action: "schedule.enable", target: id, body: { enabled } });
    const { timeZone } = (await platform.loadFresh(schedule.tenant)).tenant;
    return { body: toBody({ ...schedule, isEnabled: enabled, nextAt }, timeZone) };
  },
});

export const scheduleDrop = defineOperation({
  name: "schedule-drop",
  summary: "Deletes a schedule. Runs that it started go on.",
  permission: "build",
  http: "DELETE /schedules/{id}",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const { id } = call.input;
    if (!(await platform.schedules.drop(call.principal.tenant, id)))
      return { refusal: { reason: "not_found", what: "schedule", id } };
    await noteAudit(platform, call, { action: "schedule.drop", target: id, body: {} });
    return { body: { id, deleted: true } };
  },
});
