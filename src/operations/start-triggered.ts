// A run that an outside event starts: the same pipeline as any other, on behalf of whoever set the trigger up.
import { z } from "zod";
import type { TelemetryEvent } from "../kernel/domain/event.ts";
import { sha256 } from "../kernel/domain/hash.ts";
import type { RunId, SkillId, TenantId } from "../kernel/domain/id.ts";
import { type Principal, type Role, toCurrent } from "../kernel/domain/principal.ts";
import type { Refusal } from "../kernel/domain/refusal.ts";
import { NO_WISHES, type RunRequest } from "../kernel/domain/request.ts";
import type { RunStatus } from "../kernel/domain/run.ts";
import type { Skill } from "../kernel/domain/skill.ts";
import { toPlain } from "../kernel/domain/text.ts";
import { foreseeApproval } from "../kernel/foresee-approval.ts";
import type { CatalogueSnapshot } from "../kernel/ports/catalogue.ts";
import type { Platform } from "../kernel/ports/platform.ts";
import { noteRefusal } from "./audit.ts";
import type { MappedPayload } from "./payload-input.ts";
import { toSkillInput } from "./payload-input.ts";
import { toRefusal } from "./runner-reply.ts";
import { type StartOutcome, startRun } from "./start-run.ts";

export interface Triggered {
  readonly requestId: string;
  readonly channel: "webhook" | "schedule";
  readonly tenant: TenantId;
  readonly user: string;
  readonly role: Role;
  readonly skill: SkillId;
  readonly payload: unknown;
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
  const principal = await findPrincipal(platform, triggered);
  if (principal === null) return { refusal: toRemoved(triggered) };
  const given = toSkillInput(skill, triggered.payload);
  const outcome = toOutcome(await startRun(platform, toRequest(triggered, principal, given)));
  if ("refusal" in outcome)
    noteRefusal(platform, triggered, { target: triggered.channel, refusal: outcome.refusal });
  return outcome;
}

/** Null: whoever set it up was removed. A smaller role since then holds here too. */
async function findPrincipal(platform: Platform, triggered: Triggered): Promise<Principal | null> {
  const { tenant, user } = triggered;
  const member = await platform.identity.findMember(tenant, user, platform.clock.now());
  return toCurrent(toPrincipal(triggered), member);
}

function toRemoved({ skill, role }: Triggered): Refusal {
  return { reason: "forbidden", action: `run ${skill}`, rule: "whoever set this up was removed", role };
}

/** Nobody sits at a run that an event starts: whoever sets the trigger up is told whose yes it will wait for. */
export function toNeedsYes(
  platform: Platform,
  snapshot: CatalogueSnapshot,
  {
    skill,
    by,
    channel,
  }: { skill: Skill; by: Pick<Triggered, "tenant" | "user" | "role"> } & Pick<Triggered, "channel">,
): { readonly needs_yes?: Role } {
  const foreseen = { skill, principal: toPrincipal(by), channel };
  const around = { ...platform.surroundings, now: platform.clock.now() };
  const role = foreseeApproval(snapshot, foreseen, around);
  return role === null ? {} : { needs_yes: role };
}

/** Windows are for callers; what a trigger may start is bounded by budgets and by its own sender. */
function toPrincipal({ tenant, user, role }: Pick<Triggered, "tenant" | "user" | "role">): Principal {
  return { tenant, user, role, scopes: ["read", "run"], keyId: null, unlimited: true };
}

function toRequest(triggered: Triggered, principal: Principal, given: MappedPayload): RunRequest {
  return {
    ...NO_WISHES,
    requestId: triggered.requestId,
    principal,
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
