// A wrong price is corrected by an entry of its own: what was written stays. The budget follows, in the day and the month of the run.
import { z } from "zod";
import { toCanonicalJson } from "../../kernel/domain/canonical.ts";
import { divideCorrection } from "../../kernel/domain/correction.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { toShortRunId } from "../../kernel/domain/id.ts";
import { microUsdToUsd, usdToMicroUsd } from "../../kernel/domain/money.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import type { Correction } from "../../kernel/ports/ledger.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { toPayers } from "../../kernel/stages/admit.ts";
import { noteAudit } from "../records/audit.ts";
import { Usd } from "./money-shapes.ts";
import { type Call, defineOperation, type Reply } from "../operation.ts";
import { findRunId } from "../runs/run-get.ts";

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
    const { tenant } = call.principal;
    const found = await findEnded(platform, tenant, call.input.run);
    if (!("run" in found)) return found;
    const { run } = found;
    const known = await findBegun(platform, call);
    const made = known ? { stands: known } : await make(platform, call, run);
    if ("refusal" in made) return made;
    const { stands } = made;
    // Known to the guard by its id: asked again after a crash, it counts once.
    const { id, parts } = stands;
    await platform.guard.change(tenant, { order: "correct", id, payers: toPayers(run.order), parts });
    await note(platform, call, stands);
    return toReply(stands);
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

type CorrectCall = Call<z.infer<typeof Body>>;

/** Who repeats a request is answered before he comes here; a crash may have left one that was begun. */
async function findBegun(platform: Platform, call: CorrectCall): Promise<Correction | null> {
  const id = toKeyedId(call);
  const known = id === null ? null : await platform.ledger.findCorrection(call.principal.tenant, id);
  const oldest = platform.clock.now() - platform.limits.idempotencyTtlMs;
  return known && known.madeAt >= oldest ? known : null;
}

function toKeyedId({ idempotencyKey, principal, input }: CorrectCall): string | null {
  if (idempotencyKey === null) return null;
  return sha256(`${principal.user}\n${idempotencyKey}\n${toCanonicalJson(input)}`).slice(0, 32);
}

const TRIES = 5;

/** Worked out anew where another correction came between. */
async function make(
  platform: Platform,
  call: CorrectCall,
  run: RunRecord,
): Promise<{ readonly stands: Correction } | { readonly refusal: Refusal }> {
  const { tenant, user } = call.principal;
  const { because, usd } = call.input;
  const [rightMicroUsd, at] = [usdToMicroUsd(usd), run.finishedAt ?? run.createdAt];
  for (let n = 0; n < TRIES; n += 1) {
    const booked = await platform.ledger.booked(tenant, run.id);
    const sum = booked.reduce((total, { bookedMicroUsd }) => total + bookedMicroUsd, 0);
    if (sum === rightMicroUsd) return { refusal: { reason: "conflict", message: NOTHING_TO_DO } };
    const keyed = toKeyedId(call);
    const isFree = keyed !== null && (await platform.ledger.findCorrection(tenant, keyed)) === null;
    const stands = await platform.ledger.correct(tenant, {
      ...{ id: isFree ? keyed : platform.ids.ulid(), runId: run.id, because, user, at, rightMicroUsd },
      changeMicroUsd: rightMicroUsd - sum,
      parts: divideCorrection(booked, rightMicroUsd, at),
      madeAt: platform.clock.now(),
    });
    if (stands) return { stands };
  }
  return { refusal: { reason: "conflict", message: OTHERS_CORRECT } };
}

const NOTHING_TO_DO = {
  en: "The ledger says that it cost just that. There is nothing to correct.",
  ru: "В книге записана ровно эта сумма. Исправлять нечего.",
};
const OTHERS_CORRECT = {
  en: "This run is being corrected by others at the same time. Look at its entries, then say it again.",
  ru: "Этот запуск прямо сейчас исправляют другие. Посмотрите его проводки и повторите.",
};

async function note(platform: Platform, call: Call<unknown>, correction: Correction): Promise<void> {
  const { id, runId: target, rightMicroUsd, changeMicroUsd } = correction;
  // Why it was, in somebody's own words, stands with the correction: nothing is ever taken out of the audit.
  const body = { correction: id, right_micro_usd: rightMicroUsd, change_micro_usd: changeMicroUsd };
  noteAudit(platform, call, { action: "ledger.correct", target, body });
}

function toReply(correction: Correction): Reply {
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
  };
}
