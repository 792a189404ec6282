// What a new key may be: no more than who asks for it, in scopes, skills and time.
import { z } from "zod";
import { type Principal, type Role, SCOPES, type Scope, withinRole } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { isGlobOfKey, reachesAll } from "../../kernel/domain/skill-glob.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import type { KeyRecord } from "../../kernel/ports/keys.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { hasScope } from "../../kernel/stages/authorize.ts";

export const MOST_GLOBS = 50;

export const SkillGlobs = z
  .array(
    z.string().refine(
      isGlobOfKey,
      joinLanguages({
        en: "Skills are named as domain/name; a star may end either part: travel/*, travel/find_*, */*.",
        ru: "Навыки пишутся как область/имя; звёздочка может стоять в конце части: travel/*, travel/find_*, */*.",
      }),
    ),
  )
  .min(1)
  .max(MOST_GLOBS);

export const ExpiresAt = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

export interface KeyWish {
  readonly role: Role;
  readonly scopes: readonly Scope[];
  readonly skills: readonly string[] | null;
  readonly expiresAt: number | null;
}

/** Null: it may be made. */
export async function findWishRefusal(
  platform: Platform,
  principal: Principal,
  wish: KeyWish,
): Promise<Refusal | null> {
  const lacking = wish.scopes.filter((scope) => !hasScope(principal, scope));
  if (lacking.length > 0) return toRefusal("scopes", BEYOND_SCOPES, lacking.join(", "));
  const reach = withinRole({ ...principal, role: wish.role, scopes: wish.scopes }).scopes;
  const idle = wish.scopes.filter((scope) => !reach.includes(scope));
  if (idle.length > 0) return toRefusal("scopes", BEYOND_ROLE, `${idle.join(", ")} (${wish.role})`);
  if (!reachesAll(principal, wish.skills))
    return toRefusal("skills", BEYOND_SKILLS, principal.skills?.join(", ") ?? "");
  return findTimeRefusal(platform, principal, wish.expiresAt);
}

const BEYOND_SCOPES = {
  en: "Your own key does not have this scope:",
  ru: "У вашего ключа нет такого права:",
};
const BEYOND_ROLE = { en: "This role never has this scope:", ru: "У этой роли такого права не бывает:" };
const BEYOND_SKILLS = { en: "Your own key reaches only:", ru: "Вашему ключу доступно только:" };

function toRefusal(field: string, what: { en: string; ru: string }, facts: string): Refusal {
  const message = {
    en: `${what.en} ${facts}. Nothing was made.`,
    ru: `${what.ru} ${facts}. Ничего не создано.`,
  };
  return { reason: "bad_request", message, field };
}

/** A key that ends makes none that outlives it. */
async function findTimeRefusal(
  { clock, keys }: Platform,
  { tenant, keyId }: Principal,
  expiresAt: number | null,
): Promise<Refusal | null> {
  if (expiresAt !== null && expiresAt <= clock.now())
    return {
      reason: "bad_request",
      message: { en: "This time is past. Nothing was made.", ru: "Это время прошло. Ничего не создано." },
      field: "expires_at",
    };
  const end = keyId === null ? null : ((await keys.find(tenant, keyId))?.expiresAt ?? null);
  if (end === null || (expiresAt !== null && expiresAt <= end)) return null;
  return {
    reason: "bad_request",
    message: {
      en: "Your own key ends earlier than this one would. Nothing was made.",
      ru: "Ваш ключ кончается раньше, чем кончился бы этот. Ничего не создано.",
    },
    field: "expires_at",
  };
}

/** Whoever holds the smaller of somebody's keys does not end or renew the larger. */
export function isBeyond(principal: Principal, key: KeyRecord): boolean {
  const reach = withinRole({ ...principal, role: key.role, scopes: key.scopes }).scopes;
  return reach.some((scope) => !hasScope(principal, scope)) || !reachesAll(principal, key.skills);
}

export function allScopes(principal: Principal): readonly Scope[] {
  return SCOPES.filter((scope) => hasScope(principal, scope));
}
