// Who is asking. A key or a token in `Authorization: Bearer`; nothing else counts, and nothing about why not leaves.
import { sha256 } from "../../kernel/domain/hash.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { ROLES, toCurrent, toSmallerRole, withinRole } from "../../kernel/domain/principal.ts";
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import type { TokenVerifier } from "./jwt.ts";

export type Authentication =
  | { readonly principal: Principal }
  | { readonly refusal: RefusalOf<"unauthenticated"> | RefusalOf<"bad_request"> };

/** Pages of the local environment act for the machine's owner: the page's routes put the principal here, requests cannot. */
const given = new WeakMap<Request, Principal>();

export function actAs(request: Request, principal: Principal): Request {
  given.set(request, principal);
  return request;
}

/** Three base64url parts: what a JWT looks like, judged strictly before any library sees it. */
const COMPACT_JWT = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/;

/** Hashing a key costs more than finding it: this isolate remembers those that it was shown. */
const hashes = new Map<string, string>();
const NO_KEY = {
  en: "There is no API key in the Authorization header.",
  ru: "В заголовке Authorization нет ключа.",
};
const MOST_HASHES = 1_000;
const LONGEST_REMEMBERED = 200;

function toKeyHash(token: string): string {
  const known = hashes.get(token);
  if (known !== undefined) return known;
  const hash = sha256(token);
  if (hashes.size >= MOST_HASHES) hashes.clear();
  if (token.length <= LONGEST_REMEMBERED) hashes.set(token, hash);
  return hash;
}

type Caller = Pick<Platform, "clock" | "identity">;

export async function authenticate(
  platform: Caller,
  verifier: TokenVerifier,
  request: Request,
): Promise<Authentication> {
  const trusted = given.get(request);
  if (trusted) return { principal: trusted };
  const [scheme, token, ...rest] = (request.headers.get("authorization") ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || token === undefined || token === "" || rest.length > 0) {
    return {
      refusal: { reason: "unauthenticated", message: NO_KEY },
    };
  }
  const principal = COMPACT_JWT.test(token)
    ? await findByToken(platform, verifier, token)
    : await platform.identity.findByKey(toKeyHash(token), platform.clock.now());
  if (!principal) return { refusal: { reason: "unauthenticated" } };
  return withRole(withinRole(principal), request.headers.get("x-skillos-role"));
}

/** A token is good for a tenant that there is (objects are made by their names, and a claim would make them), and for nobody
 * whom its owners removed. */
async function findByToken(
  { identity, clock }: Caller,
  verifier: TokenVerifier,
  token: string,
): Promise<Principal | null> {
  const principal = await verifier.verify(token, clock.now());
  if (principal === null) return null;
  // Its issuer may give less than the tenant's owners did, and never more.
  const now = clock.now();
  const current = toCurrent(principal, await identity.findMember(principal.tenant, principal.user, now));
  if (current !== null) identity.noteToken(current, now);
  return current;
}

/** `--role`: act with a smaller role than the key's. `admin` is the specification's word for owner. */
function withRole(principal: Principal, wanted: string | null): Authentication {
  if (wanted === null) return { principal };
  const role = ROLES.find((known) => known === (wanted === "admin" ? "owner" : wanted));
  if (role === undefined) {
    const all = ROLES.join(", ");
    return {
      refusal: {
        reason: "bad_request",
        message: { en: `There is no role "${wanted}".`, ru: `Роли «${wanted}» нет.` },
        mend: { en: `Roles are ${all}.`, ru: `Роли бывают: ${all}.` },
        field: "role",
      },
    };
  }
  return { principal: toSmallerRole(principal, role) };
}
