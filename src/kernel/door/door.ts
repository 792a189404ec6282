// The one door. Every effect of every run passes `perform`: described, planned instead of done in a dry run, checked
// against what was agreed, paid from the hold, journaled before it is sent if it writes, masked and recorded after.
import type { EffectAnswer, EffectRequest } from "../domain/effect.ts";
import type { EffectRecord } from "../domain/run.ts";
import { Fault, invariant, Refused, Suspended } from "../domain/refusal.ts";
import type { Capability, CapabilityAnswer, CapabilityIo } from "../ports/capability.ts";
import { toCanonicalJson } from "../domain/canonical.ts";
import { checkAuthorized, checkInManifest, findAgreement, toContentDrift } from "./agreement.ts";
import {
  charge,
  coverByHold,
  keep,
  keepSent,
  noteLeaving,
  payAttempt,
  takeBack,
  toKeepable,
} from "./booking.ts";
import { callWithRetry, toDoubtful } from "./attempts.ts";
import type { Maskable } from "./mask.ts";
import { maskError, maskSecrets, toMaskable } from "./mask.ts";
import { openTransport } from "./open-transport.ts";
import type { DoorPorts, Passage } from "./passage.ts";
import { sendMail } from "./send-mail.ts";
import type { DoorSession, EffectPlace } from "./session.ts";

export interface Door {
  perform(session: DoorSession, place: EffectPlace, effect: EffectRequest): Promise<EffectAnswer>;
}

export function createDoor(ports: DoorPorts): Door {
  return {
    async perform(session, place, effect) {
      const passage = enter(ports, session, { place, effect });
      const known = session.effects.get(place.key);
      if (known?.state === "done" && known.class !== "read") return toAnswer(known);
      // Reserved before anything is awaited: effects beside this one must see it.
      session.pendingMicroUsd += passage.facts.upperMicroUsd;
      try {
        await coverByHold(passage);
        return await pass(ports, passage, known);
      } catch (error) {
        throw maskError(error, await toMaskableOf(ports, session));
      } finally {
        session.pendingMicroUsd -= passage.facts.upperMicroUsd;
      }
    },
  };
}

async function pass(
  ports: DoorPorts,
  passage: Passage,
  known: EffectRecord | undefined,
): Promise<EffectAnswer> {
  const { session, place, facts } = passage;
  if (facts.class === "read") {
    await session.permit.check({ ...facts, step: place.step });
    return send(ports, passage, await openIo(ports, passage));
  }
  checkAuthorized(session.authorized, place.step, facts.class);
  if (session.dryRun) return planWrite(ports, passage);
  if (known) checkResend(passage, known);
  checkInManifest(session.agreed, place.key);
  const skipped = await holdToAgreement(ports, passage);
  if (skipped) return skipped;
  const io = await openIo(ports, passage);
  await checkNow(passage);
  await keepSent(passage);
  await checkStill(passage, known);
  return send(ports, passage, io);
}

/** Writing it down may have taken its time: the last thing before it is sent is that a pause or a policy of a moment ago holds. */
async function checkStill(passage: Passage, before: EffectRecord | undefined): Promise<void> {
  try {
    await checkNow(passage);
  } catch (error) {
    takeBack(passage, before);
    throw error;
  }
}

async function checkNow({ session, place, facts }: Passage): Promise<void> {
  await session.permit.check({ ...facts, step: place.step });
  if (place.isOver()) throw new Refused({ reason: "cancelled" });
}

/** A write that may have happened and cannot be deduplicated is never sent a second time, whoever tries again. */
function checkResend({ facts, place }: Passage, known: EffectRecord): void {
  if (known.state === "sent" && facts.resend === "never") throw new Suspended("outcome", place.key);
  if (known.state === "doubtful") throw toDoubtful(new Error(known.problem));
}

function cheapen(
  capability: Capability,
  effect: EffectRequest,
  { prices }: Pick<DoorSession, "prices">,
): EffectRequest {
  return capability.cheapen ? { ...effect, request: capability.cheapen(effect.request, prices) } : effect;
}

function enter(
  ports: DoorPorts,
  session: DoorSession,
  what: { place: EffectPlace; effect: EffectRequest },
): Passage {
  const { place } = what;
  const capability = ports.capabilities.get(what.effect.via);
  invariant(capability, `a capability named ${what.effect.via} is registered`);
  const effect = session.isDegraded ? cheapen(capability, what.effect, session) : what.effect;
  const named = effect.connector === undefined ? null : session.connectors.get(effect.connector);
  const connector =
    named === null ? (capability.connectorOf?.(effect.request, session.prices) ?? null) : named;
  if (connector === undefined)
    throw new Refused({ reason: "not_found", what: "connector", id: String(effect.connector) });
  const facts = capability.describe(effect.request, connector, session.prices);
  const before = session.effects.get(place.key);
  return {
    session,
    place,
    effect,
    capability,
    connector,
    facts,
    startedAt: ports.clock.now(),
    origin: "live",
    asOf: undefined,
    savedAt: undefined,
    hops: toHops(before),
    hasLeft: false,
    // An effect that is done again under its key has been paid before: a retried read, a read after a crash.
    lost: { costMicroUsd: before?.costMicroUsd ?? 0, tokens: before?.tokens ?? 0 },
  };
}

function toHops(before: EffectRecord | undefined): readonly string[] {
  return before?.hops ?? [];
}

/** What was agreed to is what is sent: the same entities with the same content, or none when they were left out. */
async function holdToAgreement(ports: DoorPorts, passage: Passage): Promise<EffectAnswer | null> {
  const { session, place, capability, connector, effect } = passage;
  const agreement = findAgreement(session.agreed, place.key);
  if (agreement === null || capability.holdsAgreement === true) return null;
  const now = await capability.preview(effect.request, connector, await openIo(ports, passage));
  if (toCanonicalJson(now.entities) !== toCanonicalJson(agreement.entities)) throw toContentDrift(place.step);
  if (agreement.excluded.length === 0) return null;
  if (!now.entities.every(({ id }) => agreement.excluded.includes(id))) throw toContentDrift(place.step);
  return { value: null, isLeftOut: true, origin: passage.origin, costMicroUsd: 0 };
}

async function planWrite(ports: DoorPorts, passage: Passage): Promise<EffectAnswer> {
  const { session, place, facts, capability, connector, effect } = passage;
  invariant(facts.class !== "read", "only writes are planned");
  const preview = await capability.preview(effect.request, connector, await openIo(ports, passage));
  // Its step was given up meanwhile: the next try plans it, or nobody does.
  if (place.isOver()) throw new Refused({ reason: "cancelled" });
  const { entities, total } = preview;
  session.planned.push({
    key: place.key,
    step: place.step,
    class: facts.class,
    target: facts.target,
    entities,
    total,
  });
  keep(passage, {
    state: "planned",
    durationMs: ports.clock.now() - passage.startedAt,
    costMicroUsd: 0,
    tokens: 0,
    total,
  });
  return { value: preview.value, origin: passage.origin, costMicroUsd: 0 };
}

async function send(ports: DoorPorts, passage: Passage, io: CapabilityIo): Promise<EffectAnswer> {
  const { session, capability, connector, effect, place } = passage;
  // Asked for once `io` is open: what a connector calls a secret is one from then on.
  const secrets = await toMaskableOf(ports, session);
  const request = capability.hidesSecrets === true ? maskSecrets(effect.request, secrets) : effect.request;
  const answer = await callWithRetry(passage.facts, {
    attempt: () => payAttempt(passage, () => capability.call(request, connector, io)),
    again: () => checkNow(passage),
    hasLeft: () => passage.hasLeft,
    now: () => ports.clock.now(),
    savedAt: () => passage.savedAt,
    outcomeUnknown: () => new Suspended("outcome", place.key),
    onFailure: (state, error) =>
      keep(passage, {
        state,
        problem: error instanceof Error ? String(maskSecrets(error.message, secrets)) : undefined,
        durationMs: ports.clock.now() - passage.startedAt,
        costMicroUsd: 0,
        tokens: 0,
      }),
  });
  return settle(ports, passage, { answer, secrets });
}

async function toMaskableOf(ports: DoorPorts, { tenant }: DoorSession): Promise<Maskable> {
  return toMaskable(await ports.secrets.known(tenant));
}

function settle(
  ports: DoorPorts,
  passage: Passage,
  sent: { answer: CapabilityAnswer; secrets: Maskable },
): EffectAnswer {
  const { answer } = sent;
  const value = toKeepable(passage, maskSecrets(answer.value, sent.secrets));
  // The answer to a step that was given up comes too late: it stays booked at what was held for it.
  passage.session.spentMicroUsd += passage.place.isOver() ? passage.facts.upperMicroUsd : answer.costMicroUsd;
  passage.origin = answer.origin ?? passage.origin;
  keep(passage, {
    state: "done",
    durationMs: ports.clock.now() - passage.startedAt,
    costMicroUsd: answer.costMicroUsd,
    tokens: answer.tokens ?? 0,
    total: answer.total,
    asOf: answer.asOf ?? passage.asOf,
    // The answer of a read can be had again; that of a write cannot.
    answer: passage.facts.class === "read" ? undefined : value,
  });
  return {
    value,
    origin: passage.origin,
    costMicroUsd: answer.costMicroUsd,
    tokens: answer.tokens,
    asOf: answer.asOf ?? passage.asOf,
  };
}

async function openIo(ports: DoorPorts, passage: Passage): Promise<CapabilityIo> {
  const { session, place } = passage;
  return {
    tenant: session.tenant,
    prices: session.prices,
    data: session.mocks === null ? session.data : "practice",
    fetch: await openTransport(ports, passage),
    mail: async (mail) => {
      if (ports.mailer === null)
        throw new Fault("mail_refused", "never", "this server has no way to send mail");
      await noteLeaving(passage);
      await sendMail(ports.mailer, mail);
    },
    key: place.key,
    store: session.store,
    charge: (costMicroUsd, tokens) => charge(passage, costMicroUsd, tokens),
    practice: (name) => ports.documents.loadFixture(session.tenant, name),
    now: passage.startedAt,
    agreed: findAgreement(session.agreed, place.key),
  };
}

function toAnswer(known: EffectRecord): EffectAnswer {
  return { value: known.answer, origin: known.origin, costMicroUsd: 0, asOf: known.asOf };
}
