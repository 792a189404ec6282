// JWTs through jose: the algorithm, issuer and audience are pinned by configuration, never read from the token.
import { jwtVerify } from "jose";
import type { CryptoKey } from "jose";
import { z } from "zod";
import { isTenantId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { ROLES, SCOPES } from "../../kernel/domain/principal.ts";
import { type JwtHeader, parseCompactJwt } from "./compact-jwt.ts";
import type { KeySet } from "./key-set.ts";

export interface TokenVerifier {
  /** Null: not a token of ours, or not any more. */
  verify(token: string, now: number): Promise<Principal | null>;
}

export interface JwtSettings {
  /** Empty: HS256 is not accepted. */
  readonly secret: string;
  /** Null: nothing but HS256 is accepted. */
  readonly keySet: KeySet | null;
  readonly algorithms: readonly string[];
  readonly issuer: string;
  readonly audience: string;
  readonly leewaySeconds: number;
}

/** A shorter HS256 secret can be guessed (RFC 7518, section 3.2). */
const LEAST_SECRET_BYTES = 32;

const Claims = z.object({
  sub: z.string().min(1).max(200),
  tenant: z.string().refine(isTenantId),
  role: z.enum(ROLES).default("viewer"),
  scope: z.string().default("read run"),
});

type Key = CryptoKey | Uint8Array;

export function createTokenVerifier(settings: JwtSettings): TokenVerifier {
  const { issuer, audience, leewaySeconds } = settings;
  const expected = {
    audience,
    clockTolerance: leewaySeconds,
    requiredClaims: ["exp"],
    ...(issuer === "" ? {} : { issuer }),
  };
  const findKey = toKeyFinder(settings);
  return {
    async verify(token, now) {
      const header = parseCompactJwt(token);
      if (header === null || !settings.algorithms.includes(header.alg)) return null;
      const key = await findKey(header, now);
      if (key === null) return null;
      try {
        // zone.ts reads no clock either: the library is told the time.
        const pinned = { ...expected, algorithms: [header.alg], currentDate: new Date(now) };
        const { payload } = await jwtVerify(token, key, pinned);
        return toPrincipal(payload);
      } catch {
        // Expired, forged or malformed: the caller hears the same of all of them.
        return null;
      }
    },
  };
}

/** Each algorithm has one source of keys: a published key never becomes an HS256 secret. */
function toKeyFinder({
  secret,
  keySet,
}: JwtSettings): (header: JwtHeader, now: number) => Promise<Key | null> {
  const bytes = new TextEncoder().encode(secret);
  return async ({ alg, kid }, now) => {
    if (alg === "HS256") return bytes.length < LEAST_SECRET_BYTES ? null : bytes;
    return keySet === null ? null : keySet.find({ alg, ...(kid === null ? {} : { kid }) }, now);
  };
}

function toPrincipal(payload: unknown): Principal | null {
  const claims = Claims.safeParse(payload);
  if (!claims.success) return null;
  const { sub, tenant, role, scope } = claims.data;
  const wanted = scope.split(" ");
  return {
    tenant,
    user: sub,
    role,
    scopes: SCOPES.filter((known) => wanted.includes(known)),
    keyId: null,
    unlimited: false,
  };
}
