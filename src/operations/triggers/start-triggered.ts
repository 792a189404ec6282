// A run that an outside event starts: the same pipeline as any other, on behalf of whoever set the trigger up.
import { z } from "zod";
import type { TelemetryEvent } from "../../kernel/domain/event.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import type { RunId, SkillId } from "../../kernel/domain/id.ts";
import type { Principal, Role } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { NO_WISHES, type RunRequest } from "../../kernel/domain/request.ts";
import type { RunStatus } from "../../kernel/domain/run.ts";
import type { Skill } from "../../kernel/domain/skill.ts";
import { toPlain } from "../../kernel/domain/text.ts";
import { foreseeApproval } from "../../kernel/approval/foresee.ts";
import type { CatalogueSnapshot } from "../../kernel/ports/catalogue.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { findKeyRefusal } from "../../kernel/stages/authorize.ts";
import { toCalled, toPlan } from "../../kernel/stages/plan.ts";
import { noteRefusal } from "../records/audit.ts";
import type { MappedPayload } from "./payload-input.ts";
import { toSkillInput } from "./payload-input.ts";
import { toRefusal } from "../runs/runner-reply.ts";
import { type StartOutcome, startRun } from "../runs/start-run.ts";
import { findStarter, type SetUp, toStarter, toStopped } from "./trigger-key.ts";

export interface Triggered extends SetUp {
  readonly requestId: string;
  readonly channel: "webhook" | "schedule";
  readonly skill: SkillId;
  readonly payload: unknown;
  /** Who gave it, beside its user. */
  readonly givenBy: readonly string[];
  /** Two starts under one key are one run. */
  readonly key: string;
  readonly ttlMs: number;
  readonly maxRetries: number;
  /** How long to wait for the end of a run that has been accepted already. */
  readonly waitMs: number;
  /** Telemetry of the event itself. */
  readonly told: readonly TelemetryEvent[];
}

export type TriggeredOutcome =
  | { readonly started: RunId; readonly status: RunStatus; readonly replayed: boolean }
  | { readonly refusal: Refusal };

/** Accepted runs survive anything; the answer says only that this one was accepted. */
export async function startTriggered(platform: Platform, triggered: Triggered): Promise<TriggeredOutcome> {
  const { skills } = await platform.loadFresh(triggered.tenant);
  const skill = skills.get(triggered.skill);
  if (!skill) return { refusal: { reason: "not_found", what: "skill", id: triggered.skill } };
  const principal = await findStarter(platform, triggered);
  if ("stopped" in principal) return { refusal: toStopped(principal.stopped, triggered) };
  const given = toSkillInput(skill, triggered.payload);
  const outcome = toOutcome(await startRun(platform, toRequest(triggered, principal, given)));
  if ("refusal" in outcome)
    noteRefusal(platform, triggered, { target: triggered.channel, refusal: outcome.refusal });
  return outcome;
}

/** Nobody sits at a run that an event starts: whoever sets the trigger up is told whose yes it will wait for. */
export function toNeedsYes(
  platform: Platform,
  snapshot: CatalogueSnapshot,
  { skill, by, channel }: { skill: Skill; by: Omit<SetUp, "keyId"> } & Pick<Triggered, "channel">,
): { readonly needs_yes?: Role } {
  const foreseen = { skill, principal: toStarter(by, null), channel };
  const around = { ...platform.surroundings, index: null, now: platform.clock.now() };
  const role = foreseeApproval(snapshot, foreseen, around);
  return role === null ? {} : { needs_yes: role };
}

/** Its key would not let it start this: it would be made, and then refuse every event. */
export function findSetUpRefusal(
  { surroundings }: Platform,
  snapshot: CatalogueSnapshot,
  { skill, principal }: { readonly skill: Skill; readonly principal: Principal },
): Refusal | null {
  const draft = toPlan(skill, {}, { snapshot, planner: surroundings });
  const called = "refusal" in draft ? [] : toCalled(snapshot, draft);
  return findKeyRefusal(principal, { skill, called });
}

function toRequest(triggered: Triggered, principal: Principal, given: MappedPayload): RunRequest {
  return {
    ...NO_WISHES,
    requestId: triggered.requestId,
    principal,
    givenBy: triggered.givenBy,
    channel: triggered.channel,
    ...given,
    skill: triggered.skill,
    isAsync: true,
    idempotency: {
      key: sha256(triggered.key),
      bodyHash: sha256(triggered.skill),
      ttlMs: triggered.ttlMs,
      isEvent: true,
    },
    waitMs: triggered.waitMs,
    maxRetries: triggered.maxRetries,
    told: triggered.told,
  };
}

const Accepted = z.object({ status: z.custom<RunStatus>() });

function toOutcome(start: StartOutcome): TriggeredOutcome {
  if (start.reply === "answer") {
    const { status } = Accepted.parse(JSON.parse(start.answer.body));
    return { started: start.runId, status, replayed: start.replayed };
  }
  if (start.reply !== "open") return { refusal: toRefusal(start) };
  const missing = start.outcome.prepared === "needs_input" ? start.outcome.missing : [];
  const [first] = missing;
  if (!first) {
    const { prepared } = start.outcome;
    const message = { en: `Nothing was started: ${prepared}.`, ru: `Ничего не запущено: ${prepared}.` };
    return { refusal: { reason: "input_invalid", field: "", message } };
  }
  const names = missing.map(({ name }) => name);
  const all = names.join(", ");
  const message = {
    en: `Missing: ${all}. ${toPlain(first.ask, "en")}`,
    ru: `Не хватает: ${all}. ${toPlain(first.ask, "ru")}`,
  };
  return { refusal: { reason: "input_invalid", field: first.name, message, missing: names } };
}
