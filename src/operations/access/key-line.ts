// Which keys a new one comes from, so that no limit of a key ends with one request of whoever holds it.
import type { Principal } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { BudgetView, Payer } from "../../kernel/ports/guard.ts";
import { type KeyRecord, MOST_IN_LINE } from "../../kernel/ports/keys.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

/** By the key that asks for it and, where it takes a key's place, by that one. */
export async function findLine(
  platform: Platform,
  principal: Principal,
  replaced: KeyRecord | null,
): Promise<{ readonly line: readonly string[] } | { readonly refusal: Refusal }> {
  const { tenant, keyId } = principal;
  const own = keyId === null ? [] : [keyId, ...(principal.line ?? [])];
  const before = replaced === null ? [] : [replaced.id, ...replaced.line];
  const whole = [...new Set([...before, ...own])];
  if (whole.length === 0) return { line: whole };
  const view = await platform.guard.budget(tenant);
  const refusal = findStop(principal, own, view);
  if (refusal) return { refusal };
  const line = whole.length > MOST_IN_LINE ? await forgetEnded(platform, principal, { whole, view }) : whole;
  return line.length > MOST_IN_LINE ? { refusal: TOO_LONG } : { line };
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

/** A key that is rotated for years has a line that only grows. What is over and has no limit binds nobody. */
async function forgetEnded(
  { keys, clock }: Platform,
  { tenant }: Principal,
  { whole, view }: { readonly whole: readonly string[]; readonly view: BudgetView },
): Promise<readonly string[]> {
  const now = clock.now();
  const listed = await keys.list(tenant);
  const good = listed.filter(({ expiresAt }) => expiresAt === null || expiresAt > now).map(({ id }) => id);
  const isLimited = new Set<string>([...view.paused, ...view.capped.map(({ payer }) => payer)]);
  return whole.filter((id) => good.includes(id) || isLimited.has(`key:${id}`));
}

const TOO_LONG: Refusal = {
  reason: "bad_request",
  message: {
    en: `More than ${MOST_IN_LINE} keys that are still good would stand before this one, each made with the one before. Nothing was made.`,
    ru: `Перед этим ключом стояло бы больше ${MOST_IN_LINE} действующих, каждый создан предыдущим. Ничего не создано.`,
  },
  mend: {
    en: "Make it with a key nearer to the beginning: `skillos keys list` says which was made with which.",
    ru: "Создайте его ключом поближе к началу: `skillos keys list` показывает, каким какой создан.",
  },
};
