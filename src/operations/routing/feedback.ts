// What people say a request really meant. Their words stay with the tenant; the log has only which skills.
import { z } from "zod";
import type { Principal } from "../../kernel/domain/principal.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { SkillId } from "../../kernel/domain/id.ts";
import { parseSkillId } from "../../kernel/domain/id.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
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
    // One voice per person and request, whatever its spaces and capitals: nobody outvotes a tenant by repeating.
    const id = sha256(`${user}\n${about.query === "" ? call.requestId : toSpoken(about.query)}`);
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
        correction: isCorrection,
        skill: about.chosen,
        expected_skill_id: expected,
        is_used: about.query !== "",
      },
    };
  },
});

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

function toSpoken(query: string): string {
  return query.toLowerCase().replaceAll(/\s+/g, " ").trim();
}
