// API keys as a resource. A key is shown once, when it is made; what is kept is its hash.
import { z } from "zod";
import { sha256 } from "../../kernel/domain/hash.ts";
import { isUserId } from "../../kernel/domain/id.ts";
import { type Principal, type Role, SCOPES, toHandsOf, withinRole } from "../../kernel/domain/principal.ts";
import type { Refusal } from "../../kernel/domain/refusal.ts";
import { joinLanguages } from "../../kernel/domain/text.ts";
import { toIso } from "../../kernel/domain/zone.ts";
import type { AuditAction } from "../../kernel/ports/audit-actions.ts";
import { type KeyRecord, MAX_OVERLAP_SECONDS, type NewKey } from "../../kernel/ports/keys.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { hasScope } from "../../kernel/stages/authorize.ts";
import { noteAudit } from "../records/audit.ts";
import { findReached } from "./key-reach.ts";
import { allScopes, ExpiresAt, findWishRefusal, isBeyond, type KeyWish, SkillGlobs } from "./key-wish.ts";
import { findLine } from "./key-line.ts";
import type { Call } from "../operation.ts";
import { defineOperation } from "../operation.ts";

/** In the address of a request, or in its body. */
const Flag = z.union(
  [z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")],
  joinLanguages({ en: "true or false is needed", ru: "нужно true или false" }),
);

export const keyAdd = defineOperation({
  name: "key-add",
  summary:
    "Makes an API key, which is shown this once. Its scopes, skills and end stay within the maker's own; an owner may make one for another user.",
  permission: "run",
  http: "POST /keys",
  audited: "key.add",
  showsSecret: true,
  input: z.strictObject({
    name: z.string().trim().min(1).max(200),
    user: z.string().refine(isUserId).optional(),
    scopes: z.array(z.enum(SCOPES)).min(1).optional(),
    skills: SkillGlobs.optional(),
    expires_at: ExpiresAt.optional(),
  }),
  async run(platform, call) {
    const { principal, input } = call;
    const holder = await findHolder(platform, principal, input.user);
    if ("refusal" in holder) return holder;
    const usual = withinRole({ ...principal, role: holder.role, scopes: allScopes(principal) }).scopes;
    const wish: KeyWish = {
      role: holder.role,
      scopes: input.scopes ?? usual,
      skills: input.skills ?? principal.skills ?? null,
      expiresAt: input.expires_at ?? null,
    };
    const refusal = await findWishRefusal(platform, principal, wish);
    if (refusal) return { refusal };
    const reached = await findReached(platform, principal, input.skills ?? []);
    if ("refusal" in reached) return reached;
    const line = await findLine(platform, principal, null);
    if ("refusal" in line) return line;
    const made = { ...wish, ...line, name: input.name, user: holder.user };
    const { secret, key } = toNewKey(platform, principal, made);
    if (!(await platform.keys.add(principal.tenant, key))) return { refusal: { reason: "unauthenticated" } };
    noteKey(platform, call, { action: "key.add", key });
    const { idle } = reached;
    const body = { ...toBody({ ...key, ...UNUSED }), key: secret };
    return { status: 201, body: idle.length === 0 ? body : { ...body, matches_nothing: idle } };
  },
});

const UNUSED = { lastUsedAt: null, isOfThisComputer: false } as const;

type Holder = { readonly user: string; readonly role: Role } | { readonly refusal: Refusal };

async function findHolder(platform: Platform, principal: Principal, user?: string): Promise<Holder> {
  if (user === undefined || user === principal.user) return { user: principal.user, role: principal.role };
  if (!hasScope(principal, "admin")) {
    const rule = "owners make keys for others";
    return { refusal: { reason: "forbidden", action: "call key-add", rule, role: principal.role } };
  }
  const found = await platform.users.find(principal.tenant, user);
  return found === null
    ? { refusal: { reason: "not_found", what: "user", id: user } }
    : { user, role: found.role };
}

function toNewKey(
  platform: Platform,
  maker: Principal,
  wish: KeyWish & Pick<NewKey, "name" | "user" | "line"> & { readonly root: string | null },
): { secret: string; key: NewKey } {
  const secret = `sk_${platform.ids.secret()}`;
  const id = `key_${platform.ids.ulid()}`;
  const made = {
    madeBy: maker.user,
    madeWith: maker.keyId,
    hands: toHandsOf(maker, wish.user),
    createdAt: platform.clock.now(),
  };
  return { secret, key: { ...wish, ...made, id, root: wish.root ?? id, hash: sha256(secret) } };
}

function toBody(key: KeyRecord) {
  const at = (time: number | null): string | null => (time === null ? null : toIso(time));
  return {
    id: key.id,
    name: key.name,
    user: key.user,
    role: key.role,
    scopes: key.scopes,
    skills: key.skills,
    created_at: toIso(key.createdAt),
    ...(key.madeBy !== null && { made_by: key.madeBy }),
    ...(key.madeWith !== null && { made_with: key.madeWith }),
    ...(key.line.length > 0 && { bound_by: key.line }),
    expires_at: at(key.expiresAt),
    last_used_at: at(key.lastUsedAt),
  };
}

function noteKey(
  platform: Platform,
  call: Call<unknown>,
  { action, key, more = {} }: { readonly action: AuditAction; readonly key: Noted; readonly more?: object },
): void {
  const { id, user, role, scopes, skills, expiresAt, madeWith } = key;
  const made = madeWith === null ? {} : { made_with: madeWith };
  const expires_at = expiresAt === null ? null : toIso(expiresAt);
  noteAudit(platform, call, {
    action,
    target: id,
    body: { user, role, scopes, skills, expires_at, ...made, ...more },
  });
}

type Noted = KeyWish & Pick<KeyRecord, "id" | "user" | "madeWith">;

export const keyList = defineOperation({
  name: "key-list",
  summary: "Your keys, for an owner everybody's: what they reach, when they end, when they were last used.",
  permission: "read",
  http: "GET /keys",
  input: z.object({}),
  async run(platform, { principal }) {
    const keys = await platform.keys.list(principal.tenant);
    return { body: { keys: keys.filter((key) => isShown(principal, key)).map(toBody) } };
  },
});

function isShown(principal: Principal, { user }: KeyRecord): boolean {
  return user === principal.user || hasScope(principal, "admin");
}

export const keyRevoke = defineOperation({
  name: "key-revoke",
  summary:
    "Ends a key: within 5 seconds it is refused everywhere. Runs that it started go on; `stops` names what it set up, which starts nothing more, and `still_good` the keys that were made with it. `with_descendants` ends those too.",
  permission: "run",
  http: "DELETE /keys/{id}",
  audited: "key.revoke",
  input: z.strictObject({ id: z.string(), with_descendants: Flag.optional() }),
  async run(platform, call) {
    const found = await findOwnKey(platform, call, call.input.id);
    if ("refusal" in found) return found;
    const { id } = found.key;
    const { principal } = call;
    const { tenant } = principal;
    // Whoever was an owner made keys for others with it: those are theirs.
    const user = hasScope(principal, "admin") ? null : principal.user;
    const descendants = call.input.with_descendants === true ? { user } : null;
    const ended = await platform.keys.revoke(tenant, id, { now: platform.clock.now(), descendants });
    const also = ended.filter((one) => one !== id);
    const more = also.length === 0 ? {} : { descendants: also };
    noteKey(platform, call, { action: "key.revoke", key: found.key, more });
    const [stops, goesOn] = await Promise.all([
      platform.keys.listSetUp(tenant, [id, ...also]),
      platform.keys.listMadeWith(tenant, id),
    ]);
    return { body: { id, revoked: true, ...more, stops, still_good: goesOn } };
  },
});

export const keyRotate = defineOperation({
  name: "key-rotate",
  summary:
    "Makes a key like this one, which is shown this once; the old one is good for `overlap_seconds` more (a day).",
  permission: "run",
  http: "POST /keys/{id}/rotate",
  audited: "key.rotate",
  showsSecret: true,
  input: z.strictObject({
    id: z.string(),
    overlap_seconds: z.number().int().min(0).max(MAX_OVERLAP_SECONDS).default(86_400),
    expires_at: ExpiresAt.optional(),
  }),
  async run(platform, call) {
    const { id, overlap_seconds, expires_at } = call.input;
    const found = await findOwnKey(platform, call, id);
    if ("refusal" in found) return found;
    const { name, user, role, scopes, skills, expiresAt } = found.key;
    const wish = { name, user, role, scopes, skills, expiresAt: expires_at ?? expiresAt };
    const refusal = await findWishRefusal(platform, call.principal, wish);
    if (refusal) return { refusal };
    const line = await findLine(platform, call.principal, found.key);
    if ("refusal" in line) return line;
    const { secret, key } = toNewKey(platform, call.principal, { ...wish, ...line });
    const until = platform.clock.now() + overlap_seconds * 1_000;
    if (!(await platform.keys.rotate(call.principal.tenant, { old: id, key, until })))
      return { refusal: { reason: "unauthenticated" } };
    const old_until = toIso(Math.min(until, expiresAt ?? until));
    noteAudit(platform, call, {
      action: "key.rotate",
      target: id,
      body: { user, to: key.id, old_until, ...(key.madeWith !== null && { made_with: key.madeWith }) },
    });
    return {
      status: 201,
      body: { ...toBody({ ...key, ...UNUSED }), key: secret, old: { id, until: old_until } },
    };
  },
});

type Found = { readonly key: KeyRecord } | { readonly refusal: Refusal };

/** Somebody else's key is not there, but for an owner. */
async function findOwnKey(platform: Platform, call: Call<unknown>, id: string): Promise<Found> {
  const { principal } = call;
  const key = await platform.keys.find(principal.tenant, id);
  if (key === null || !isShown(principal, key)) return { refusal: { reason: "not_found", what: "key", id } };
  if (key.isOfThisComputer) return { refusal: { reason: "conflict", message: OF_THIS_COMPUTER } };
  if (!isBeyond(principal, key)) return { key };
  const rule = "this key reaches further than yours";
  return { refusal: { reason: "forbidden", action: `call ${id}`, rule, role: principal.role } };
}

const OF_THIS_COMPUTER = {
  en: "This is the key that SkillOS made for this computer's owner; its own commands need it. Nothing was done.",
  ru: "Этот ключ SkillOS создал для хозяина компьютера, он нужен его же командам. Ничего не сделано.",
};
