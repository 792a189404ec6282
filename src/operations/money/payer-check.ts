// Whether there is somebody of this name: a limit for nobody would look kept and keep nothing.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import { findNearestName } from "../../kernel/language/nearest-name.ts";
import { toUnknownSkill } from "../../kernel/language/unknown-skill.ts";
import type { Payer } from "../../kernel/ports/guard.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { toRoot } from "../access/key-line.ts";

/** As the guard counts him: whichever of its ids a key that was rotated is named by, it is one key. */
export async function findPayer(
  platform: Platform,
  tenant: TenantId,
  named: Payer,
): Promise<{ readonly payer: Payer } | { readonly refusal: RefusalOf<"not_found"> }> {
  const refusal = await findUnknownPayer(platform, tenant, named);
  if (refusal) return { refusal };
  if (!named.startsWith(KEY)) return { payer: named };
  return { payer: `${KEY}${await toRoot(platform, tenant, named.slice(KEY.length))}` };
}

const KEY = "key:";

/** Null: there is. One that has a limit or a pause already may be gone meanwhile, and still be let go. */
async function findUnknownPayer(
  platform: Platform,
  tenant: TenantId,
  payer: Payer,
): Promise<RefusalOf<"not_found"> | null> {
  const at = payer.indexOf(":");
  const name = payer.slice(at + 1);
  const kind = payer.slice(0, at);
  if (payer === "tenant" || (kind === "user" && platform.payerNames.hasTokens)) return null;
  const names = await listNames(platform, tenant, kind);
  if (names.includes(name)) return null;
  const { capped, paused } = await platform.guard.budget(tenant);
  if (paused.includes(payer) || capped.some((one) => one.payer === payer)) return null;
  if (kind === "skill") return toUnknownSkill(name, names);
  const what = kind === "user" ? "user" : "key";
  return { reason: "not_found", what, id: name, suggestion: findNearestName(name, names) ?? undefined };
}

async function listNames(platform: Platform, tenant: TenantId, kind: string): Promise<readonly string[]> {
  if (kind === "user") return platform.payerNames.users(tenant);
  if (kind === "key") return platform.payerNames.keys(tenant);
  return [...(await platform.loadFresh(tenant)).skills.keys()];
}
