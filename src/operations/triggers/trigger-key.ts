// The key by which a webhook or schedule was set up bounds what it starts: its skills, its limits and pauses, its end. Along
// rotations its successor does. What a token or this computer's own key sets up is bound to its user alone.
import type { TenantId } from "../../kernel/domain/id.ts";
import { type Principal, type Role, toCurrent, withinRole } from "../../kernel/domain/principal.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { HeldKey } from "../../kernel/ports/keys.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

export interface SetUp {
  readonly tenant: TenantId;
  readonly user: string;
  readonly role: Role;
  readonly keyId: string | null;
}

/** Why it starts nothing any more. */
type Stop = "user_removed" | "key_revoked" | "key_expired";

/** What is kept of whoever sets it up, or takes it over. */
export async function toSetUp({ keys }: Platform, principal: Principal): Promise<SetUp> {
  const { tenant, user, role, keyId } = principal;
  const key = keyId === null ? null : await keys.find(tenant, keyId);
  return { tenant, user, role, keyId: key?.isOfThisComputer ? null : keyId };
}

/** Whoever starts what it starts, as he and his key are by now. */
export async function findStarter(
  platform: Platform,
  setUp: SetUp,
): Promise<Principal | { readonly stopped: Stop }> {
  const { tenant, user, keyId } = setUp;
  const now = platform.clock.now();
  const [member, followed] = await Promise.all([
    platform.identity.findMember(tenant, user, now),
    keyId === null ? null : platform.keys.follow(tenant, [keyId]),
  ]);
  const key = followed?.get(keyId ?? "") ?? null;
  const stopped = keyId === null ? null : findStop(key, now);
  const current = toCurrent(toStarter(setUp, key), member);
  if (current === null) return { stopped: "user_removed" };
  return stopped === null ? current : { stopped };
}

function findStop(key: HeldKey | null, now: number): Stop | null {
  if (key === null || key.isRevoked) return "key_revoked";
  return key.expiresAt !== null && key.expiresAt <= now ? "key_expired" : null;
}

/** Windows are for callers; what a trigger may start is bounded by budgets, by its key's limits and by its own sender. */
export function toStarter({ tenant, user, role }: Omit<SetUp, "keyId">, key: HeldKey | null): Principal {
  const whose = { tenant, user, role, keyId: key?.id ?? null, unlimited: true };
  const scopes = withinRole({ ...whose, scopes: key?.scopes ?? ["admin"] }).scopes;
  const small = scopes.filter((scope) => scope === "read" || scope === "run");
  const line = key === null || key.line.length === 0 ? {} : { line: key.line };
  return { ...whose, scopes: small, ...line, ...(key?.skills && { skills: key.skills }) };
}

const STOPS: Readonly<Record<Stop, string>> = {
  user_removed: "whoever set this up was removed",
  key_revoked: "the key that set this up was revoked",
  key_expired: "the key that set this up has ended",
};

const TAKE_OVER: BothLanguages = {
  en: 'Take it over with a key that is good: `skillos webhook take-over`, `skillos schedule take-over`, or PUT it with {"take_over": true}.',
  ru: 'Примите его на действующий ключ: `skillos webhook take-over`, `skillos schedule take-over` или PUT с {"take_over": true}.',
};

export function toStopped(
  stopped: Stop,
  { skill, role }: { skill: string; role: Role },
): RefusalOf<"forbidden"> {
  const mend = stopped === "user_removed" ? undefined : TAKE_OVER;
  return { reason: "forbidden", action: `run ${skill}`, rule: STOPS[stopped], role, mend };
}

/** As lists tell of them: whose they are, by which key, until when, and why they start nothing. */
export async function loadHolds(
  { keys, identity, clock }: Platform,
  tenant: TenantId,
  setUps: readonly Of[],
): Promise<(one: Of) => Hold> {
  const now = clock.now();
  const followed = await keys.follow(tenant, [...new Set(setUps.flatMap(({ keyId }) => keyId ?? []))]);
  const users = [...new Set(setUps.map(({ user }) => user))];
  const members = await Promise.all(users.map((user) => identity.findMember(tenant, user, now)));
  const removed = new Set(users.filter((_user, n) => members[n] === null));
  return ({ user, keyId }) => {
    const key = followed.get(keyId ?? "") ?? null;
    const ended = keyId === null ? null : findStop(key, now);
    const stopped = removed.has(user) ? "user_removed" : ended;
    const end = key?.expiresAt ?? null;
    return {
      ...{ user, key: key?.id ?? keyId },
      ...(end !== null && { ends_at: toIso(end) }),
      ...(stopped !== null && { stopped }),
    };
  };
}

type Of = Pick<SetUp, "user" | "keyId">;

interface Hold {
  readonly user: string;
  readonly key: string | null;
  readonly ends_at?: string;
  readonly stopped?: Stop;
}
