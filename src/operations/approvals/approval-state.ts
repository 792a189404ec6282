// A question as it stands: whether it still waits, and what was decided by whom and when, as a refusal of whoever comes later.
import type { Principal } from "../../kernel/domain/principal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toExpiry } from "../../kernel/domain/run.ts";
import { toZonedIso, toZonedMinute } from "../../kernel/domain/zone.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { parseApprovalId } from "../../kernel/domain/id.ts";
import { findRun } from "../runs/run-get.ts";

/** By `apr_…` or by its run, also in short. Null: no such question of this tenant. The runner is named by tenant, so another tenant's run is not even looked at. */
export async function findAsked(
  platform: Platform,
  principal: Principal,
  id: string,
): Promise<RunRecord | null> {
  const run = await findRun(platform, principal, parseApprovalId(id));
  if (run === null) return null;
  const wasAsked = run.approvedBy?.how === "a person" || run.refusal?.reason === "approval_denied";
  return isWaiting(run) || wasAsked ? run : null;
}

export function toUnknown(id: string): Refusal {
  return { reason: "not_found", what: "approval", id };
}

export function isWaiting(run: RunRecord): boolean {
  return run.status === "waiting" && run.waitingFor === "approval";
}

/** Null: it may be answered now. */
export function findLate(run: RunRecord, now: number): Refusal | null {
  if (isWaiting(run)) return toExpiry(run) <= now ? EXPIRED : null;
  if (run.refusal?.reason === "approval_denied" && run.refusal.expired === true) return EXPIRED;
  return toDecided(run);
}

export const RUN_AGAIN: BothLanguages = { en: "Ask for the run again.", ru: "Запустите ещё раз." };

const EXPIRED: Refusal = {
  reason: "gone",
  message: {
    en: "This question has expired.",
    ru: "Срок этого вопроса вышел.",
  },
  mend: RUN_AGAIN,
};

function toDecided(run: RunRecord): Refusal {
  const found = findDecision(run);
  if (found === null)
    return {
      reason: "conflict",
      message: { en: "This question has been decided already.", ru: "На этот вопрос уже ответили." },
    };
  const at = toZonedIso(found.at, run.order.timeZone);
  const when = toZonedMinute(found.at, run.order.timeZone);
  return {
    reason: "conflict",
    message: {
      en: `This question has been decided already: ${found.by} said ${found.isYes ? "yes" : "no"} at ${when}.`,
      ru: `На этот вопрос уже ответили: ${found.isYes ? "«да»" : "«нет»"}, ${found.by}, ${when}.`,
    },
    decided: { decision: found.isYes ? "approve" : "deny", by: found.by, at },
  };
}

function findDecision({ approvedBy, refusal, finishedAt, createdAt }: RunRecord) {
  if (approvedBy?.how === "a person") return { isYes: true, by: approvedBy.user, at: approvedBy.at };
  if (refusal?.reason !== "approval_denied") return null;
  return { isYes: false, by: refusal.by, at: refusal.at ?? finishedAt ?? createdAt };
}
