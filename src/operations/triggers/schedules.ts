// Schedules: made, listed, turned off, deleted. The tick that starts them is schedule-tick.ts.
import { z } from "zod";
import { sha256 } from "../../kernel/domain/hash.ts";
import { parseSkillId } from "../../kernel/domain/id.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import { toZonedIso } from "../../kernel/domain/zone.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import type { TenantFacts } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { Schedule } from "../../kernel/ports/schedules.ts";
import { decideInput } from "../../kernel/stages/input.ts";
import { noteAudit } from "../records/audit.ts";
import { noteBrokenRows, toSealed } from "../records/broken-seals.ts";
import type { Call } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { toSkillInput } from "./payload-input.ts";
import { findSetUpRefusal, toNeedsYes } from "./start-triggered.ts";
import { TakeOver, takeOver } from "./take-over.ts";
import { loadHolds, toSetUp } from "./trigger-key.ts";
import { parseTimes } from "./schedule-times.ts";
import { toReached } from "../../kernel/domain/skill-glob.ts";

const ScheduleId = z.string().regex(
  /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/,
  joinLanguages({
    en: "A schedule is named with Latin letters, digits, dots, _ and -.",
    ru: "Имя расписания — из латинских букв, цифр, точек, _ и -.",
  }),
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
  audited: "schedule.add",
  input: Body,
  async run(platform, call) {
    const { tenant } = call.principal;
    const { id, payload, input, max_retries, enabled, run_at, cron } = call.input;
    const snapshot = await platform.loadFresh(tenant);
    const { tenant: facts } = snapshot;
    const skills = toReached(snapshot, call.principal);
    const skill = parseSkillId(call.input.skill);
    const known = skill === null ? undefined : skills.get(skill);
    if (skill === null || known === undefined)
      return { refusal: toUnknownSkill(call.input.skill, skills.keys()) };
    const timeZone = call.input.timezone ?? call.input.time_zone ?? facts.timeZone;
    const now = platform.clock.now();
    const when = parseTimes(platform.cron, { runAt: run_at, cron, timeZone, now });
    if ("refusal" in when) return when;
    const given = { ...input, ...(payload === undefined ? {} : { payload }) };
    const refusal = findMissing(known, { call, given }, { now, tenant: facts });
    if (refusal !== null) return { refusal };
    const beyond = findSetUpRefusal(platform, snapshot, { skill: known, principal: call.principal });
    if (beyond) return { refusal: beyond };
    const schedule: Schedule = {
      ...(await toSetUp(platform, call.principal)),
      id: id ?? toNewId(platform, call),
      skill,
      ...when,
      timeZone,
      input: given,
      inputBy: call.principal.user,
      isEnabled: enabled,
      maxRetries: max_retries,
      createdAt: now,
    };
    if (!(await platform.schedules.add(schedule)))
      return {
        refusal: {
          reason: "conflict",
          message: {
            en: `There is a schedule "${schedule.id}" already. Delete it first.`,
            ru: `Расписание «${schedule.id}» уже есть. Сначала удалите его.`,
          },
        },
      };
    noteAudit(platform, call, {
      action: "schedule.add",
      target: schedule.id,
      body: { skill, cron: schedule.cron, run_at: schedule.runAt },
    });
    const waits = toNeedsYes(platform, snapshot, { skill: known, by: schedule, channel: "schedule" });
    const hold = await loadHolds(platform, tenant, [schedule]);
    return { status: 201, body: { ...toBody(schedule, facts.timeZone), ...hold(schedule), ...waits } };
  },
});

/** Under an Idempotency-Key it is the key's own: a repeat whose first end nobody heard of makes no second schedule. */
function toNewId({ ids }: Platform, { idempotencyKey, principal }: Call<unknown>): string {
  if (idempotencyKey === null) return `sch_${ids.ulid()}`;
  return `sch_${sha256(`${principal.user}\n${idempotencyKey}`).slice(0, 26)}`;
}

/** What nobody will be there to answer when it runs. */
function findMissing(
  skill: Skill,
  { call, given }: { call: Call<unknown>; given: Schedule["input"] },
  around: { now: number; tenant: TenantFacts },
): Refusal | null {
  const request = { ...toSkillInput(skill, given), locale: call.locale };
  const decided = decideInput(skill, request, around);
  if ("refusal" in decided) return decided.refusal;
  const { missing } = decided;
  const [first] = missing;
  if (first === undefined) return null;
  const all = missing.map(({ name }) => name);
  const names = all.join(", ");
  return {
    reason: "input_invalid",
    field: first.name,
    missing: all,
    message: {
      en: `${skill.id} needs ${names}, and nobody is there to be asked when it runs. Nothing was scheduled.`,
      ru: `Навыку ${skill.id} нужны: ${names}, а когда он запустится, спросить будет некого. Ничего не запланировано.`,
    },
  };
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
  needsEverySkill: true,
  summary: "What is scheduled, and when it runs next.",
  permission: "read",
  http: "GET /schedules",
  input: z.object({}),
  async run(platform, call) {
    const { tenant } = call.principal;
    const { timeZone } = (await platform.loadFresh(tenant)).tenant;
    const schedules = await platform.schedules.list(tenant);
    const hold = await loadHolds(platform, tenant, schedules);
    return {
      body: {
        schedules: schedules.map((one) => ({ ...toBody(one, timeZone), ...hold(one), ...toSealed(one) })),
      },
      ...noteBrokenRows(platform, call, { target: "schedule-list", rows: schedules }),
    };
  },
});

const OCCURRENCES = 50;

export const scheduleGet = defineOperation({
  name: "schedule-get",
  needsEverySkill: true,
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
    const hold = await loadHolds(platform, tenant, [schedule]);
    return {
      body: {
        ...toBody(schedule, timeZone),
        ...hold(schedule),
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
  needsEverySkill: true,
  summary:
    "Turns a schedule on or off, or makes it one's own (`take_over`). Slots that passed while it was off are not caught up.",
  permission: "build",
  http: "PUT /schedules/{id}",
  audited: "schedule.change",
  input: z
    .strictObject({ id: z.string(), enabled: z.boolean().optional(), take_over: TakeOver.optional() })
    .refine(
      ({ enabled, take_over }) => enabled !== undefined || take_over !== undefined,
      joinLanguages({ en: "Say `enabled` or `take_over`.", ru: "Укажите `enabled` или `take_over`." }),
    ),
  async run(platform, call) {
    const { id, enabled, take_over } = call.input;
    const { tenant } = call.principal;
    const found = await platform.schedules.find(tenant, id);
    if (found === null) return { refusal: { reason: "not_found", what: "schedule", id } };
    const taken = take_over ? await takeOver(platform, call, { what: "schedule", ...found }) : found;
    if ("refusal" in taken) return taken;
    const schedule = { ...found, ...taken };
    const now = enabled === undefined ? {} : await turn(platform, call, { schedule, enabled });
    const { timeZone } = (await platform.loadFresh(tenant)).tenant;
    const hold = await loadHolds(platform, tenant, [schedule]);
    return { body: { ...toBody({ ...schedule, ...now }, timeZone), ...hold(schedule) } };
  },
});

async function turn(
  platform: Platform,
  call: Call<unknown>,
  { schedule, enabled }: { readonly schedule: Schedule; readonly enabled: boolean },
): Promise<Pick<Schedule, "isEnabled" | "nextAt">> {
  const { tenant, id, cron, timeZone } = schedule;
  const isResumed = enabled && !schedule.isEnabled && cron !== null;
  const nextAt = isResumed ? platform.cron.next(cron, timeZone, platform.clock.now()) : schedule.nextAt;
  await platform.schedules.setEnabled(tenant, id, { isEnabled: enabled, nextAt });
  noteAudit(platform, call, { action: "schedule.enable", target: id, body: { enabled } });
  return { isEnabled: enabled, nextAt };
}

export const scheduleDrop = defineOperation({
  name: "schedule-drop",
  needsEverySkill: true,
  summary: "Deletes a schedule. Runs that it started go on.",
  permission: "build",
  http: "DELETE /schedules/{id}",
  audited: "schedule.drop",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const { id } = call.input;
    if (!(await platform.schedules.drop(call.principal.tenant, id)))
      return { refusal: { reason: "not_found", what: "schedule", id } };
    noteAudit(platform, call, { action: "schedule.drop", target: id, body: {} });
    return { body: { id, deleted: true } };
  },
});
