// A wrong price is corrected by an entry of its own: what was written stays. The budget follows, in the day and the month of the run.
import { z } from "zod";
import { sha256 } from "../kernel/domain/hash.ts";
import type { TenantId } from "../kernel/domain/id.ts";
import { toShortRunId } from "../kernel/domain/id.ts";
import { microUsdToUsd, usdToMicroUsd } from "../kernel/domain/money.ts";
import type { Refusal } from "../kernel/domain/refusal.ts";
import type { RunRecord } from "../kernel/domain/run.ts";
import type { Correction } from "../kernel/ports/ledger.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import { toPayers } from "../kernel/stages/admit.ts";
import { noteAudit } from "./audit.ts";
import { Usd } from "./money-shapes.ts";
import { type Call, defineOperation, type Reply } from "./operation.ts";
import { findRunId } from "./run-get.ts";

const Body = z.strictObject({
  run: z.string().min(1).max(100),
  /** What the run cost in truth, all of it. */
  usd: Usd,
  because: z.string().trim().min(1).max(500),
});

export const ledgerCorrect = defineOperation({
  name: "ledger-correct",
  summary:
    "Says what a run cost in truth: the difference becomes an entry of its own, and the budget follows.",
  permission: "admin",
  http: "POST /ledger/corrections",
  audited: "ledger.correct",
  input: Body,
  async run(platform, call) {
    const { tenant, user } = call.principal;
    const { usd, because } = call.input;
    const found = await findEnded(platform, tenant, call.input.run);
    if (!("run" in found)) return found;
    const { run } = found;
    const id = toCorrectionId(platform, call);
    const asked = { runId: run.id, rightMicroUsd: usdToMicroUsd(usd), because };
    const known = await platform.ledger.findCorrection(tenant, id);
    const refusal = known ? findMismatch(known, asked, call) : await findNothingToDo(platform, tenant, asked);
    if (refusal) return { refusal };
    const at = run.finishedAt ?? run.createdAt;
    const made = { ...asked, id, changeMicroUsd: 0, user, at, madeAt: platform.clock.now() };
    const stands = await platform.ledger.correct(tenant, made);
    const mismatch = findMismatch(stands, asked, call);
    if (mismatch) return { refusal: mismatch };
    // Known to the guard by its id: asked again after a crash, it counts once.
    const microUsd = stands.changeMicroUsd;
    await platform.guard.change(tenant, { order: "correct", id, payers: toPayers(run.order), microUsd, at });
    if (known === null) await note(platform, call, stands);
    return toReply(stands, known !== null);
  },
});

async function findEnded(
  platform: Platform,
  tenant: TenantId,
  text: string,
): Promise<{ readonly run: RunRecord } | { readonly refusal: Refusal }> {
  const id = await findRunId(platform, tenant, text);
  await platform.runners.drain(tenant);
  const run = id === null ? null : await platform.runs.load(tenant, id);
  if (run) return { run };
  if (id === null || (await platform.runners.view(tenant, id)) === null)
    return { refusal: { reason: "not_found", what: "run", id: text } };
  return {
    refusal: {
      reason: "conflict",
      message: {
        en: `${toShortRunId(id)} has not ended: what it costs is not known yet.`,
        ru: `Запуск ${toShortRunId(id)} ещё не закончен: сколько он стоит, пока неизвестно.`,
      },
    },
  };
}

/** Keys belong to a user, as those of runs do. */
function toCorrectionId(platform: Platform, { idempotencyKey, principal }: Call<unknown>): string {
  return idempotencyKey === null
    ? platform.ids.ulid()
    : sha256(`${principal.user}\n${idempotencyKey}`).slice(0, 32);
}

type Asked = Pick<Correction, "runId" | "rightMicroUsd" | "because">;

function findMismatch(known: Correction, asked: Asked, { idempotencyKey }: Call<unknown>): Refusal | null {
  const isSame =
    known.runId === asked.runId &&
    known.rightMicroUsd === asked.rightMicroUsd &&
    known.because === asked.because;
  return isSame ? null : { reason: "idempotency_mismatch", key: idempotencyKey ?? known.id };
}

async function findNothingToDo(
  platform: Platform,
  tenant: TenantId,
  { runId, rightMicroUsd }: Asked,
): Promise<Refusal | null> {
  if ((await platform.ledger.booked(tenant, runId)) !== rightMicroUsd) return null;
  return {
    reason: "conflict",
    message: {
      en: "The ledger says that it cost just that. There is nothing to correct.",
      ru: "В книге записана ровно эта сумма. Исправлять нечего.",
    },
  };
}

async function note(platform: Platform, call: Call<unknown>, correction: Correction): Promise<void> {
  const { id, runId: target, rightMicroUsd, changeMicroUsd } = correction;
  // Why it was, in somebody's own words, stands with the correction: nothing is ever taken out of the audit.
  const body = { correction: id, right_micro_usd: rightMicroUsd, change_micro_usd: changeMicroUsd };
  noteAudit(platform, call, { action: "ledger.correct", target, body });
}

function toReply(correction: Correction, isReplayed: boolean): Reply {
  const { id, runId, rightMicroUsd, changeMicroUsd, because } = correction;
  return {
    status: 201,
    body: {
      correction: id,
      run_id: runId,
      was_usd: microUsdToUsd(rightMicroUsd - changeMicroUsd),
      usd: microUsdToUsd(rightMicroUsd),
      change_usd: microUsdToUsd(changeMicroUsd),
      because,
    },
    ...(isReplayed && { headers: { "idempotency-replayed": "true" } }),
  };
}
