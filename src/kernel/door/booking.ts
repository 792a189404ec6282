// What the door writes down of an effect: how it went and what it cost. Money that may be gone is booked, at the most that was
// held for it; a cut, a timeout or a crash makes nothing free.
import type { EffectRecord } from "../domain/run.ts";
import { findExcess } from "../domain/json.ts";
import { withSmaller } from "../domain/answer-price.ts";
import { Fault, Refused } from "../domain/refusal.ts";
import type { Passage } from "./passage.ts";

type Outcome = Pick<
  EffectRecord,
  "state" | "durationMs" | "costMicroUsd" | "tokens" | "total" | "asOf" | "problem" | "answer"
>;

export function keep(passage: Passage, outcome: Outcome): void {
  const { session, place, facts, effect, origin, lost } = passage;
  // Its step was given up: what was written down then stands, and the place may belong to the next try.
  if (place.isOver()) return;
  session.effects.set(place.key, {
    key: place.key,
    step: place.step,
    class: facts.class,
    via: effect.via,
    connector: effect.connector,
    target: facts.target,
    hops: passage.hops.length === 0 ? undefined : passage.hops,
    origin,
    paid: session.effects.get(place.key)?.paid,
    ...outcome,
    costMicroUsd: outcome.costMicroUsd + lost.costMicroUsd,
    tokens: outcome.tokens + lost.tokens,
  });
}

/** On its way, at the most that it may cost. */
export async function keepSent(passage: Passage): Promise<void> {
  const nothing = { durationMs: 0, costMicroUsd: 0, tokens: 0 };
  keep(passage, { ...nothing, state: "sent", costMicroUsd: passage.facts.upperMicroUsd });
  try {
    await passage.session.saveLive();
  } catch (error) {
    keep(passage, { ...nothing, state: "failed" });
    throw error;
  }
}

/** What was written down as on its way has not left: it is again what it was before. */
export function takeBack({ session, place }: Passage, before: EffectRecord | undefined): void {
  if (before) session.effects.set(place.key, before);
  else session.effects.delete(place.key);
}

/** Called before each request leaves. A write was written down earlier; a free read need not be. */
export async function noteLeaving(passage: Passage): Promise<void> {
  const { facts, hasLeft, place, session } = passage;
  // What lay between the last look and this may have taken long: what the guard said then is asked again once it is too old.
  if (facts.class !== "read") await session.permit.check({ ...facts, step: place.step });
  // Its step was given up: what leaves now would be paid by nobody, and its run may have ended.
  if (place.isOver()) throw new Refused({ reason: "cancelled" });
  if (!hasLeft && facts.class === "read" && facts.upperMicroUsd > 0) await keepSent(passage);
  passage.hasLeft = true;
}

/** The answer of a write is kept with the run, so that it is not sent again: it must not outgrow it. */
const MAX_WRITE_ANSWER_BYTES = 256 * 1_024;

/** A write was done whatever its answer weighs: what cannot be kept becomes null, in the shape that its step expects. */
export function toKeepable({ facts }: Passage, value: unknown): unknown {
  if (facts.class === "read" || findExcess(value, MAX_WRITE_ANSWER_BYTES) === null) return value;
  if (value === null || typeof value !== "object") return null;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      key,
      findExcess(part, MAX_WRITE_PART_BYTES) === null ? part : Array.isArray(part) ? [] : null,
    ]),
  );
}

const MAX_WRITE_PART_BYTES = 64 * 1_024;

/** Draws on the run's hold; a price that only shows now may need more, which the guard decides. */
export async function coverByHold({ session, facts }: Passage): Promise<void> {
  const needed = session.spentMicroUsd + session.pendingMicroUsd;
  if (needed <= session.holdMicroUsd) return;
  try {
    await session.extendHold(needed);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { answer, cheaperMicroUsd: cheaper, upperMicroUsd } = facts;
    const cheaperMicroUsd = cheaper === undefined ? undefined : needed - (upperMicroUsd - cheaper);
    const asked = { wantedMicroUsd: needed, reservedMicroUsd: session.holdMicroUsd, answer, cheaperMicroUsd };
    throw new Refused(withSmaller(error.refusal, asked), error);
  }
}

/** One attempt: within the hold, and booked when it fails and may have been paid for. */
export async function payAttempt<T>(passage: Passage, attempt: () => Promise<T>): Promise<T> {
  const { facts, lost } = passage;
  // A target that remembers keys is paid once, however often it is asked.
  if (facts.class !== "read" && facts.resend === "deduplicated")
    charge(passage, -lost.costMicroUsd, -lost.tokens);
  await coverByHold(passage);
  passage.hasLeft = false;
  const before = lost.costMicroUsd;
  try {
    return await attempt();
  } catch (error) {
    const isBooked = lost.costMicroUsd > before;
    if (!isBooked && mayHaveCost(passage, error)) charge(passage, facts.upperMicroUsd, 0);
    throw error;
  }
}

export function charge({ session, lost }: Passage, costMicroUsd: number, tokens: number): void {
  session.spentMicroUsd += costMicroUsd;
  lost.costMicroUsd += costMicroUsd;
  lost.tokens += tokens;
}

/** A no is free, and so is a fault of a source that was only read. Of whatever else has left, nobody knows. */
function mayHaveCost({ hasLeft, facts }: Passage, error: unknown): boolean {
  if (!hasLeft || error instanceof Refused) return false;
  if (!(error instanceof Fault)) return true;
  if (error.code === "http_refused") return false;
  return error.code !== "http_status" || facts.class !== "read";
}
