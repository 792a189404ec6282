// Which keys a new one comes from, so that no limit of a key ends with one request of whoever holds it.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { BudgetView, Payer } from "../../kernel/ports/guard.ts";
import { type KeyRecord, MOST_IN_LINE } from "../../kernel/ports/keys.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

export interface Line {
  readonly line: readonly string[];
  /** Null: its own. */
  readonly root: string | null;
}

/**
 * By the key that asks for it and, where it takes a key's place, by that one. Keys stand in it by the first of those that they were
 * rotated along: so a rotation adds none, and whichever of its ids somebody names is bound.
 */
export async function findLine(
  platform: Platform,
  principal: Principal,
  replaced: KeyRecord | null,
): Promise<Line | { readonly refusal: Refusal }> {
  const { tenant, keyId } = principal;
  const root = replaced?.root ?? null;
  const own = keyId === null ? [] : [await toRoot(platform, tenant, keyId), ...(principal.line ?? [])];
  const before = replaced === null ? [] : [replaced.root, ...replaced.line];
  const line = [...new Set([...before, ...own])];
  if (line.length === 0) return { line, root };
  const refusal = findStop(principal, own, await platform.guard.budget(tenant));
  if (refusal) return { refusal };
  const isTooLong = line.filter((id) => id !== root).length > MOST_IN_LINE;
  return isTooLong ? { refusal: TOO_LONG } : { line, root };
}

/** By which id the limits of a key stand. One that there is not stands for itself. */
export async function toRoot({ keys }: Platform, tenant: TenantId, id: string): Promise<string> {
  return (await keys.findRoots(tenant, [id])).get(id) ?? id;
}

function isOf(ids: readonly string[]): (payer: string) => boolean {
  const payers = new Set<string>(ids.map((id): Payer => `key:${id}`));
  return (payer) => payers.has(payer);
}

/** What it may not spend it hands on to nobody. */
function findStop(
  { role }: Principal,
  own: readonly string[],
  { paused, capped }: Pick<BudgetView, "paused" | "capped">,
): Refusal | null {
  const isOwn = isOf(own);
  const payer = paused.find(isOwn);
  if (payer !== undefined) return { reason: "paused", payer };
  const isEmpty = capped.some(
    ({ payer: of, caps }) =>
      isOwn(of) && [caps.perRequestMicroUsd, caps.dailyMicroUsd, caps.monthlyMicroUsd].includes(0),
  );
  const rule = "a key with a budget of nothing makes none";
  return isEmpty ? { reason: "forbidden", action: "call key-add", rule, role } : null;
}

/** None is forgotten, whether it has ended or not: somebody may set a limit for it yet. */
const TOO_LONG: Refusal = {
  reason: "bad_request",
  message: {
    en: `More than ${MOST_IN_LINE} keys would stand before this one, each made with the one before. Nothing was made.`,
    ru: `Перед этим ключом стояло бы больше ${MOST_IN_LINE} других, каждый создан предыдущим. Ничего не создано.`,
  },
  mend: {
    en: "Rotate the key itself instead (`skillos keys rotate KEY`), or let it be made with a key nearer to the beginning, an owner's say: `skillos keys list` says which was made with which.",
    ru: "Вместо этого замените сам ключ новым (`skillos keys rotate КЛЮЧ`) или пусть его создадут ключом поближе к началу, например ключом владельца: `skillos keys list` показывает, каким какой создан.",
  },
};
