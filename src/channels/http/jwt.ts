// JWTs through jose: the algorithm, issuer and audience are pinned by configuration, never read from the token.
import { jwtVerify } from "jose";
import { z } from "zod";
import { isTenantId } from "../../kernel/domain/id.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { ROLES, SCOPES } from "../../kernel/domain/principal.ts";

export interface TokenVerifier {
  /** Null: not a token of ours, or not any more. */
  verify(token: string, now: number): Promise<Principal | null>;
}

export interface JwtSettings {
  readonly secret: string;
  readonly issuer: string;
  readonly audience: string;
}

const LEEWAY_SECONDS = 30;
/** A shorter HS256 secret can be guessed (RFC 7518, section 3.2). */
const LEAST_SECRET_BYTES = 32;

const Claims = z.object({
  sub: z.string().min(1),
  tenant: z.string().refine(isTenantId),
  role: z.enum(ROLES).default("viewer"),
  scope: z.string().default("read run"),
});

export function createTokenVerifier(settings: JwtSettings): TokenVerifier {
  const secret = new TextEncoder().encode(settings.secret);
  if (secret.length < LEAST_SECRET_BYTES) return { verify: async () => null };
  const expected = {
    algorithms: ["HS256"],
    audience: settings.audience,
    clockTolerance: LEEWAY_SECONDS,
    requiredClaims: ["exp"],
    ...(settings.issuer === "" ? {} : { issuer: settings.issuer }),
  };
  return {
    async verify(token, now) {
      try {
        // zone.ts reads no clock either: the library is told the time.
        const { payload } = await jwtVerify(token, secret, { ...expected, currentDate: new Date(now) });
        return toPrincipal(payload);
      } catch {
        // Expired, forged or malformed: the caller hears the same of all of them.
        return null;
      }
    },
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
