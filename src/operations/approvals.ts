// Questions that wait for a yes. A question is its run: `apr_…` is the run's id under another name.
import { z } from "zod";
import type { TenantId } from "../kernel/domain/id.ts";
import { parseApprovalId, toApprovalId, toShortRunId } from "../kernel/domain/id.ts";
import type { Refusal } from "../kernel/domain/refusal.ts";
import type { RunRecord } from "../kernel/domain/run.ts";
import { APPROVAL_MS } from "../kernel/domain/run.ts";
import { toPlain } from "../kernel/domain/text.ts";
import { toIso } from "../kernel/domain/zone.ts";
import { toRunBody } from "../kernel/execution/answer.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import { findRunRefusal, hasToken, mayDecide } from "../kernel/stages/authorize.ts";
import { noteAudit } from "./audit.ts";
import type { Reply } from "./operation.ts";
import { defineOperation } from "./operation.ts";
import { findRun } from "./run-get.ts";
import { toReply } from "./runner-reply.ts";

export const approvalList = defineOperation({
  name: "approval-list",
  summary: "What waits for a yes.",
  permission: "read",
  http: "GET /approvals",
  input: z.object({}),
  async run(platform, call) {
    const open = await platform.runners.listOpen(call.principal.tenant);
    const waiting = open.filter((run) => run.status === "waiting");
    const asked = waiting.filter(
      (run) => run.waitingFor === "approval" && !isExpired(run, platform.clock.now()),
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
    expires_at: toIso(run.createdAt + APPROVAL_MS),
  };
}

export const approvalGet = defineOperation({
  name: "approval-get",
  summary: "One question: what would be written, and what the run looks like now.",
  permission: "read",
  http: "GET /approvals/{id}",
  input: z.object({ id: z.string() }),
  async run(platform, call) {
    const run = await findAsked(platform, call.principal.tenant, call.input.id);
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
  input: z.strictObject({
    id: z.string(),
    decision: z.enum(["approve", "deny"]),
    exclude: z.array(z.string()).max(10_000).default([]),
    /** The operator's token, where one is set. */
    token: z.string().optional(),
  }),
  async run(platform, call) {
    const { id, decision, exclude, token } = call.input;
    const { principal } = call;
    const run = await findAsked(platform, principal.tenant, id);
    if (run === null) return { refusal: toUnknown(id) };
    const { by } = run.order.approval;
    const isYes = decision === "approve";
    const forbid = (rule: string): Reply => ({
      refusal: { reason: "forbidden", action: `approve ${run.order.plan.skill}`, rule, role: principal.role },
    });
    const notHis = findRunRefusal(principal, run, "approve");
    if (notHis) return { refusal: notHis };
    if (!mayDecide(principal, by)) return forbid(`only ${by} decides`);
    if (isYes && !hasToken(platform.surroundings.approvalToken, token))
      return forbid("approvals need the operator's token");
    if (!isWaiting(run)) return { refusal: DECIDED };
    if (isExpired(run, platform.clock.now())) return { refusal: { reason: "gone", message: EXPIRED } };
    const reply = await platform.runners.decide(principal.tenant, run.id, {
      user: principal.user,
      approve: isYes,
      excluded: exclude,
    });
    const isTaken = reply.reply === "answer";
    await noteAudit(platform, call, {
      action: `approval.${decision}`,
      target: run.id,
      outcome: isTaken ? "done" : "too late",
      body: { hash: run.manifest?.hash ?? null, excluded: exclude.length },
    });
    return toReply(reply);
  },
});

const EXPIRED = {
  en: "This question has expired. Ask for the run again.",
  ru: "Срок этого вопроса вышел. Запустите ещё раз.",
};
const DECIDED: Refusal = {
  reason: "conflict",
  message: { en: "This question has been decided already.", ru: "На этот вопрос уже ответили." },
};

/** By `apr_…` or by its run, also in short. Null: no such question of this tenant. The runner is named by tenant, so another tenant's run is not even looked at. */
async function findAsked(platform: Platform, tenant: TenantId, id: string): Promise<RunRecord | null> {
  const run = await findRun(platform, tenant, parseApprovalId(id));
  if (run === null) return null;
  const wasAsked = run.approvedBy?.how === "a person" || run.refusal?.reason === "approval_denied";
  return isWaiting(run) || wasAsked ? run : null;
}

function isWaiting(run: RunRecord): boolean {
  return run.status === "waiting" && run.waitingFor === "approval";
}

function isExpired(run: RunRecord, now: number): boolean {
  return run.createdAt + APPROVAL_MS <= now;
}

function toUnknown(id: string): Refusal {
  return { reason: "not_found", what: "approval", id };
}
