// What people say a request really meant, listed and taken back. Their words stay with the tenant; the log has only which skills.
import { z } from "zod";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { SkillId } from "../../kernel/domain/id.ts";
import { parseSkillId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { Listed } from "../../kernel/domain/seal-broken.ts";
import type { FeedbackNote } from "../../kernel/ports/feedback.ts";
import { toSayingId } from "../../kernel/routing/said.ts";
import { hasScope } from "../../kernel/stages/authorize.ts";
import { noteBrokenRows, toSealed } from "../records/broken-seals.ts";
import { saveEvents } from "../records/loose-events.ts";
import { defineOperation } from "../operation.ts";
import { findRun } from "../runs/run-get.ts";
import { loadSeen } from "../skills/seen.ts";

const Body = z.strictObject({
  run_id: z.string().optional(),
  skill: z.string().optional(),
  /** The request itself, when it was no run. */
  query: z.string().trim().max(20_000).optional(),
  expected_skill_id: z.string(),
  correction: z.boolean().optional(),
  source: z.string().max(40).optional(),
});

export const feedbackAdd = defineOperation({
  name: "feedback-add",
  summary: "Says which skill a request meant; the next such request goes there.",
  permission: "run",
  http: "POST /feedback",
  input: Body,
  async run(platform, call) {
    const { tenant, user } = call.principal;
    const expected = parseSkillId(call.input.expected_skill_id);
    const { skills } = await loadSeen(platform, call.principal);
    if (expected === null || !skills.has(expected))
      return { refusal: toUnknownSkill(call.input.expected_skill_id, skills.keys()) };
    const about = await findRequest(platform, call.principal, call.input);
    if (about === null)
      return {
        refusal: { reason: "not_found", what: "run", id: call.input.run_id ?? call.input.skill ?? "" },
      };
    const now = platform.clock.now();
    const source = call.input.source ?? call.channel;
    const id = toSayingId(user, about.query === "" ? call.requestId : about.query);
    const version = await platform.feedback.add({
      tenant,
      id,
      user,
      query: about.query,
      chosen: about.chosen,
      expected,
      source,
      createdAt: now,
    });
    await platform.guard.noteRegistry(tenant, version, false);
    const isCorrection = call.input.correction ?? about.chosen !== expected;
    const event = {
      event: "feedback_received",
      request_id: call.requestId,
      timestamp: toIso(now),
      correction: isCorrection,
      skill_id: about.chosen,
      expected_skill_id: expected,
      source,
    } as const;
    await saveEvents(platform, tenant, [{ id: `${call.requestId}:0`, event }]);
    return {
      body: {
        status: "learned",
        id,
        correction: isCorrection,
        skill: about.chosen,
        expected_skill_id: expected,
        is_used: about.query !== "",
      },
    };
  },
});

const MOST_LISTED = 200;

export const feedbackList = defineOperation({
  name: "feedback-list",
  summary:
    "Which requests people said belong to which skill, newest first: one's own, and everybody's for owners.",
  permission: "read",
  http: "GET /feedback",
  input: z.strictObject({ limit: z.coerce.number().int().min(1).max(MOST_LISTED).default(50) }),
  async run(platform, call) {
    const { skills } = await loadSeen(platform, call.principal);
    const notes = await platform.feedback.list(call.principal.tenant, {
      user: toWhose(call.principal),
      limit: call.input.limit,
    });
    const seen = notes.filter(({ expected }) => expected === null || skills.has(expected));
    return {
      body: { feedback: seen.map(toNote) },
      ...noteBrokenRows(platform, call, { target: "GET /feedback", rows: seen }),
    };
  },
});

export const feedbackRemove = defineOperation({
  name: "feedback-remove",
  summary: "Takes back what was said of a request; routing forgets it with the next one.",
  permission: "run",
  http: "DELETE /feedback/{id}",
  needsEverySkill: true,
  input: z.object({ id: z.string() }),
  async run(platform, { input: { id }, principal }) {
    const version = await platform.feedback.remove(principal.tenant, { id, user: toWhose(principal) });
    if (version === null) return { refusal: { reason: "not_found", what: "feedback", id } };
    await platform.guard.noteRegistry(principal.tenant, version, false);
    return { body: { id, removed: true } };
  },
});

/** Null: everybody's. */
function toWhose(principal: Principal): string | null {
  return hasScope(principal, "admin") ? null : principal.user;
}

function toNote(note: Listed<FeedbackNote>): object {
  const { id, user, query, chosen, expected, source, createdAt } = note;
  return {
    ...{ id, user, skill: chosen, expected_skill_id: expected, source, created_at: toIso(createdAt) },
    query: note.broken ? null : query,
    ...toSealed(note),
  };
}

interface About {
  readonly query: string;
  readonly chosen: SkillId | null;
}

/** Null: the run or skill that it speaks of is not this tenant's. */
async function findRequest(
  platform: Platform,
  principal: Principal,
  body: z.infer<typeof Body>,
): Promise<About | null> {
  const named = body.skill === undefined ? null : parseSkillId(body.skill);
  if (body.run_id !== undefined) {
    const run = await findRun(platform, principal, body.run_id);
    return run && { query: body.query ?? toQuery(run), chosen: run.order.plan.skill };
  }
  if (body.skill !== undefined && named === null) return null;
  return {
    query: body.query ?? (named === null ? "" : await findLastQuery(platform, principal, named)),
    chosen: named,
  };
}

const LAST_RUNS = 5;

/** "That was wrong", said of a skill: the last request that was sent to it. */
async function findLastQuery(platform: Platform, principal: Principal, skill: SkillId): Promise<string> {
  const { tenant } = principal;
  await platform.runners.drain(tenant);
  for (const { id } of await platform.runs.list(tenant, {
    limit: LAST_RUNS,
    before: null,
    status: null,
    skill,
    reached: null,
  })) {
    const run = await findRun(platform, principal, id);
    if (run && toQuery(run) !== "") return toQuery(run);
  }
  return "";
}

function toQuery(run: RunRecord): string {
  return run.order.query ?? "";
}
