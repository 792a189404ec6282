// What a caller is told of a run, as JSON. The same fields in every state; those that cannot be known yet are absent.
import type { EffectPattern } from "../domain/effect.ts";
import { toApprovalId, toShortRunId } from "../domain/id.ts";
import { microUsdToCredits, microUsdToUsd } from "../domain/money.ts";
import type { ApprovedBy, EffectRecord, RunRecord, Understanding } from "../domain/run.ts";
import { toIso } from "../domain/zone.ts";
import { findRecurrence } from "../language/recurrence.ts";
import { toManifest } from "../stages/approve.ts";
import { toJsonSchema } from "../language/parameters/to-json-schema.ts";
import { toPlain } from "../domain/text.ts";
import { isHeldBack } from "./hold-back.ts";
import { toFormats } from "./output.ts";
import type { StoredAnswer } from "../ports/journal.ts";
import type { Around, DescribeRefusal } from "../ports/problem.ts";
import { hasEnded, toCost, toExpiry, toOrigin } from "../domain/run.ts";

export function toAnswer(run: RunRecord, describe: DescribeRefusal): StoredAnswer {
  const isOpen = !hasEnded(run.status);
  return {
    status: isOpen ? 202 : 200,
    body: JSON.stringify(toRunBody(run, describe)),
    location: isOpen ? `/runs/${run.id}` : null,
  };
}

function toUnderstandingBody(understanding: Understanding): Record<string, unknown> {
  const { description, names, confidence, alternatives, chosenBy, understood } = understanding;
  return {
    ...(description === undefined ? {} : { description }),
    ...(names === undefined ? {} : { names }),
    confidence,
    alternatives,
    ...(chosenBy === undefined ? {} : { chosen_by: chosenBy }),
    understood,
  };
}

export function toRunBody(run: RunRecord, describe: DescribeRefusal): Record<string, unknown> {
  const { order } = run;
  const { plan, understanding } = order;
  return {
    run_id: run.id,
    short_id: toShortRunId(run.id),
    status: run.status,
    skill: plan.skill,
    skill_version: plan.version,
    ...toUnderstandingBody(understanding),
    input: plan.input,
    ...toRepeat(order.query),
    ...(run.status === "succeeded"
      ? { result: run.result, answer: run.answer, details: run.details, formats: toFormats(run.result) }
      : {}),
    ...(run.status === "waiting" ? toWaiting(run) : {}),
    ...toHeld(run, describe),
    ...(run.refusal ? { problem: describe(run.refusal, order.locale, toAround(run)) } : {}),
    ...toData(run),
    ...(isDegraded(run) ? { degraded: true } : {}),
    cost: toCostBody(run),
    plan: toPlanBody(run),
    request_id: order.requestId,
    time_zone: order.timeZone,
    currency: order.currency,
    created_at: toIso(run.createdAt),
    ...(run.finishedAt === null
      ? {}
      : { finished_at: toIso(run.finishedAt), duration_ms: run.finishedAt - run.createdAt }),
    ...(run.approvedBy && run.approvedBy.how !== "not needed"
      ? { approved: toApproved(run.approvedBy) }
      : {}),
    ...(order.debug ? { steps: run.steps, effects: run.effects } : {}),
    ...(run.recording ? { recording: run.recording } : {}),
  };
}

function toApproved({ user, at, how, isOwn }: ApprovedBy): Record<string, unknown> {
  return { by: user, at: toIso(at), how, ...(isOwn === true && { own: true }) };
}

/** The request asked for more than this once. */
function toRepeat(query: string | null): Record<string, unknown> {
  const repeat = query === null ? null : findRecurrence(query);
  return repeat === null ? {} : { repeat: { cron: repeat.cron } };
}

/** What the words of a refusal may claim of this run. */
function toAround(run: RunRecord): Around {
  const writes = run.effects.filter((effect) => effect.class !== "read");
  // A write that was sent and not answered for may have changed something: nobody may say that nothing was.
  const isKnown = writes.every(({ state }) => state !== "sent" && state !== "doubtful");
  const changes = isKnown ? writes.filter(({ state }) => state === "done").length : undefined;
  const { requestId, timeZone, plan } = run.order;
  const id = toShortRunId(run.id);
  return { requestId, timeZone, skill: plan.skill, run: id, spentMicroUsd: toCost(run), changes };
}

function toWaiting(run: RunRecord): Record<string, unknown> {
  if (run.waitingFor !== "approval")
    return { waiting_for: run.waitingFor, waiting_at: run.waitingAt, ...toOutcome(run), ...toForm(run) };
  const id = toApprovalId(run.id);
  return {
    waiting_for: "approval",
    approval: {
      id,
      url: `/approvals/${id}`,
      by: run.order.approval.by,
      expires_at: toIso(toExpiry(run)),
      ...toAskedOfBody(run),
    },
  };
}

/** Whose yes counts, and who of them gets no link. */
function toAskedOfBody({ askedOf, order }: RunRecord): Record<string, unknown> {
  if (askedOf === undefined) return {};
  const { who, unlinked } = askedOf;
  const { user } = order.principal;
  // Whether whoever asked may say it himself.
  const mine = who.length === 0 || who.includes(user);
  return { asked_by: user, who, mine, ...(unlinked.length > 0 && { no_link: unlinked }) };
}

/** What it waits for is told as the refusal that it would have been. */
function toHeld(run: RunRecord, describe: DescribeRefusal): Record<string, unknown> {
  const { heldBack, order, wakeAt } = run;
  if (!heldBack || !isHeldBack(run)) return {};
  const { code, title, detail, fix } = describe(heldBack.refusal, order.locale, toAround(run));
  return {
    held_back: {
      ...{ code, title, detail, fix, tries: heldBack.tries },
      since: toIso(heldBack.since),
      tried_again_at: toIso(wakeAt ?? heldBack.endsAt),
      ends_at: toIso(heldBack.endsAt),
    },
  };
}

/** `missing` as in `needs_input`: whoever can ask for the one can ask for the other. */
function toForm(run: RunRecord): Record<string, unknown> {
  const { question, order } = run;
  if (!question) return {};
  const ask = question.ask === null ? null : toPlain(question.ask, order.locale);
  return {
    form: { ask, url: `/runs/${run.id}/answer`, expires_at: toIso(toExpiry(run)) },
    missing: question.fields.map((field) => ({
      name: field.name,
      schema: toJsonSchema(field),
      ask: toPlain(field.ask, order.locale),
      ...(field.optional || field.default !== undefined ? { optional: true } : {}),
    })),
  };
}

/** What was sent and never answered: where to look. */
function toOutcome({ effects, waitingAt }: RunRecord): Record<string, unknown> {
  const sent = effects.find(({ key }) => key === waitingAt);
  return sent ? { outcome: { step: sent.step, class: sent.class, target: sent.target } } : {};
}

function toData({ effects, order }: RunRecord): Record<string, unknown> {
  const done = effects.filter((effect) => effect.state === "done");
  const asOf = done.flatMap((effect) => (effect.asOf === undefined ? [] : [effect.asOf]));
  return {
    data: toOrigin(effects),
    // A service's practice answer was written once: which day or place was asked for, it does not know.
    ...(order.understanding.understood.length > 0 && done.some(isSample) ? { sample: true } : {}),
    ...(asOf.length === 0 ? {} : { as_of: toIso(Math.min(...asOf)) }),
  };
}

function isDegraded({ effects, isDegraded: isLow }: RunRecord): boolean {
  return isLow === true && effects.some(({ via, state }) => via === "model" && state === "done");
}

function isSample({ origin, via }: EffectRecord): boolean {
  return origin === "practice" && via === "http";
}

function toCostBody(run: RunRecord): Record<string, unknown> {
  const microUsd = toCost(run);
  const tokens = run.effects.reduce((sum, effect) => sum + effect.tokens, 0);
  return { usd: microUsdToUsd(microUsd), micro_usd: microUsd, credits: microUsdToCredits(microUsd), tokens };
}

/** What was left out, and then the hash of the whole list: with it one agrees to still less. */
function toLeftOut({ manifest, order }: RunRecord): Record<string, unknown> {
  if (manifest === null || manifest.excluded.length === 0) return { excluded: [] };
  const whole = toManifest(order.plan.hash, manifest.writes, []);
  return { excluded: manifest.excluded, list_hash: whole.hash };
}

function toPlanBody(run: RunRecord): Record<string, unknown> {
  const { plan, approval } = run.order;
  const { forecast } = plan;
  return {
    // With a manifest the hash binds both: that is what a yes is given to.
    hash: run.manifest?.hash ?? plan.hash,
    effects: plan.effects.map(toEffectBody),
    manifest: run.manifest === null ? null : run.manifest.writes,
    ...toLeftOut(run),
    ...(run.manifest?.shown ? { show: run.manifest.shown.rows, formats: run.manifest.shown.formats } : {}),
    risk: plan.risk,
    complexity: plan.complexity,
    approval: { needed: approval.needed, by: approval.by },
    forecast: {
      p50_usd: microUsdToUsd(forecast.p50MicroUsd),
      p95_usd: microUsdToUsd(forecast.p95MicroUsd),
      upper_usd: microUsdToUsd(forecast.upperMicroUsd),
    },
  };
}

function toEffectBody(effect: EffectPattern): Record<string, unknown> {
  return {
    step: effect.step,
    class: effect.class,
    via: effect.via,
    target: effect.target,
    connector: effect.connector,
  };
}
