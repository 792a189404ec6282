// Questions that wait for a yes. A question is its run: `apr_…` is the run's id under another name.
import { z } from "zod";
import { toDecisionEntry } from "../../kernel/audit/run-entries.ts";
import { toApprovalId, toShortRunId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toExpiry } from "../../kernel/domain/run.ts";
import { reaches } from "../../kernel/domain/skill-glob.ts";
import { toPlain } from "../../kernel/domain/text.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import { toRunBody } from "../../kernel/execution/answer.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { hasToken } from "../../kernel/approval/token.ts";
import { decideNo, decideYes, toAskedOf } from "../../kernel/approval/who-decides.ts";
import { findAsked, findLate, isWaiting, toUnknown } from "./approval-state.ts";
import { loadPeople, withWhom } from "./deciders.ts";
import type { Call, Reply } from "../operation.ts";
import { defineOperation } from "../operation.ts";
import { toReply } from "../runs/runner-reply.ts";

export const approvalList = defineOperation({
  name: "approval-list",
  summary: "What waits for a yes.",
  permission: "read",
  http: "GET /approvals",
  input: z.object({}),
  async run(platform, call) {
    const open = await platform.runners.listOpen(call.principal.tenant);
    const reached = open.filter(({ order }) => reaches(call.principal, order.plan.skill));
    const waiting = reached.filter((run) => run.status === "waiting");
    const asked = waiting.filter(
      (run) => run.waitingFor === "approval" && toExpiry(run) > platform.clock.now(),
    );
    const { skills } = await platform.loadFresh(call.principal.tenant);
    const toTitle = ({ order: { plan } }: RunRecord): string =>
      toPlain(skills.get(plan.skill)?.description ?? plan.skill, call.locale);
    return { body: { approvals: asked.map((run) => ({ ...toBody(run), title: toTitle(run) })) } };
  },
});

function toBody(run: RunRecord) {
  const { order, manifest } = run;
  return {
    id: toApprovalId(run.id),
    run_id: run.id,
    short_id: toShortRunId(run.id),
    skill: order.plan.skill,
    asked_by: order.principal.user,
    by: order.approval.by,
    risk: order.plan.risk,
    entities: manifest?.writes.reduce((sum, write) => sum + (write.total ?? 0), 0) ?? null,
    hash: manifest?.hash ?? order.plan.hash,
    created_at: toIso(run.createdAt),
    // One that is decided has none any more.
    ...(run.expiresAt === undefined ? {} : { expires_at: toIso(run.expiresAt) }),
  };
}

export const approvalGet = defineOperation({
  name: "approval-get",
  summary: "One question: what would be written, and what the run looks like now.",
  permission: "read",
  http: "GET /approvals/{id}",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const run = await findAsked(platform, call.principal, call.input.id);
    if (run === null) return { refusal: toUnknown(call.input.id) };
    return {
      body: {
        ...toBody(run),
        ...toRunBody(run, platform.describeRefusal),
        id: toApprovalId(run.id),
        decided: !isWaiting(run),
      },
    };
  },
});

export const approvalDecide = defineOperation({
  name: "approval-decide",
  summary: "Says yes or no to exactly what was shown; `exclude` leaves rows out. One decision wins.",
  permission: "run",
  http: "POST /approvals/{id}",
  audited: "approval.decide",
  input: z.strictObject({
    id: z.string(),
    decision: z.enum(["approve", "deny"]),
    exclude: z.array(z.string()).max(10_000).default([]),
    /** The operator's token, where one is set. */
    token: z.string().optional(),
  }),
  async run(platform, call) {
    const { id, decision, exclude, token } = call.input;
    const run = await findAsked(platform, call.principal, id);
    if (run === null) return { refusal: toUnknown(id) };
    const isYes = decision === "approve";
    if (isYes && !hasToken(platform.surroundings.approvalToken, token))
      return { refusal: toTokenless(run, call.principal) };
    return decide(platform, call, { run, isYes, excluded: exclude });
  },
});

interface Deciding {
  readonly run: RunRecord;
  readonly isYes: boolean;
  readonly excluded: readonly string[];
}

async function decide(
  platform: Platform,
  call: Call<unknown>,
  { run, isYes, excluded }: Deciding,
): Promise<Reply> {
  const { principal } = call;
  const people = await loadPeople(platform, principal);
  const who = (isYes ? decideYes : decideNo)(toAskedOf(run), principal, people);
  if (!who.allowed) return { refusal: withWhom(who.refusal, run, isYes ? "approve" : "deny") };
  const late = findLate(run, platform.clock.now());
  if (late) return { refusal: late };
  const own = isYes && who.isOwn && { isOwn: true as const };
  const decision = { user: principal.user, approve: isYes, ...own, excluded };
  const reply = await platform.runners.decide(principal.tenant, run.id, decision);
  if (reply.reply === "refused" && reply.refusal.reason === "conflict") {
    const now = await findAsked(platform, principal, run.id);
    return { refusal: (now && findLate(now, platform.clock.now())) ?? reply.refusal };
  }
  if (reply.reply === "answer") {
    const taken = { run, user: principal.user, isYes, excluded: excluded.length, isOwn: who.isOwn };
    call.notes.push(toDecisionEntry(taken, platform.clock.now()));
  }
  return toReply(reply);
}

function toTokenless({ order }: RunRecord, { role }: Principal): Refusal {
  const rule = "approvals need the operator's token";
  return { reason: "forbidden", action: `approve ${order.plan.skill}`, rule, role };
}
