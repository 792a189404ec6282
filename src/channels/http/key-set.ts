// The public keys that tokens are checked with, as their issuer publishes them: read through the door, kept for minutes,
// read again when a token names a key that is not among them, and never more often than callers could make it a flood.
import { createLocalJWKSet, errors } from "jose";
import type { CompactJWSHeaderParameters, CryptoKey, JSONWebKeySet } from "jose";
import { z } from "zod";
import { Fault } from "../../kernel/domain/refusal.ts";

export interface KeySet {
  /** Null: no key of the set, or more than one, fits. Throws a fault where there is no set to look in. */
  find(header: CompactJWSHeaderParameters, now: number): Promise<CryptoKey | null>;
}

const FRESH_MS = 5 * 60_000;
/** An issuer that is away takes nobody's access for this long; a key that it withdrew meanwhile is good so long too. */
const STALE_MS = 60 * 60_000;
/** An unknown `kid` is free to send: it does not make this server call its issuer each time. */
const PAUSE_MS = 10_000;
const MAX_KEYS = 100;

/** Public parts only, and by name: a symmetric key in a public set would be everybody's secret. */
const PublicKey = z.object({
  kty: z.enum(["RSA", "EC", "OKP"]),
  kid: z.string().optional(),
  use: z.string().optional(),
  key_ops: z.array(z.string()).optional(),
  alg: z.string().optional(),
  n: z.string().optional(),
  e: z.string().optional(),
  crv: z.string().optional(),
  x: z.string().optional(),
  y: z.string().optional(),
});
const Published = z.object({ keys: z.array(z.unknown()).max(MAX_KEYS) });

type Finder = ReturnType<typeof createLocalJWKSet>;

export function createKeySet(load: () => Promise<unknown>): KeySet {
  let kept: { readonly find: Finder; readonly readAt: number } | null = null;
  let triedAt: number | null = null;

  async function read(now: number): Promise<Finder> {
    // A first set is waited for by all who come meanwhile; a later one by whoever asked first.
    if (kept) triedAt = now;
    try {
      kept = { find: createLocalJWKSet(parseKeySet(await load())), readAt: now };
      return kept.find;
    } catch (error) {
      triedAt = now;
      return keptOrFault(now, error);
    }
  }

  function keptOrFault(now: number, cause?: unknown): Finder {
    if (kept && isWithin(kept.readAt, STALE_MS, now)) return kept.find;
    throw new Fault("key_set", "later", "the keys of the tokens' issuer", cause);
  }

  const readOrWait = async (now: number): Promise<Finder> =>
    isWithin(triedAt, PAUSE_MS, now) ? keptOrFault(now) : read(now);

  return {
    async find(header, now) {
      const fresh = kept && isWithin(kept.readAt, FRESH_MS, now) ? kept.find : null;
      const found = await findIn(fresh ?? (await readOrWait(now)), header);
      if (found !== "unknown") return found;
      const again = await findIn(await readOrWait(now), header);
      return again === "unknown" ? null : again;
    },
  };
}

/** In both directions: a clock that was set back makes nothing good for ever. */
function isWithin(since: number | null, ms: number, now: number): boolean {
  return since !== null && Math.abs(now - since) < ms;
}

function parseKeySet(document: unknown): JSONWebKeySet {
  const keys = Published.parse(document).keys.flatMap((key) => {
    const parsed = PublicKey.safeParse(key);
    // What is left out must be absent, not undefined.
    return parsed.success ? [JSON.parse(JSON.stringify(parsed.data))] : [];
  });
  return { keys };
}

async function findIn(
  find: Finder,
  header: CompactJWSHeaderParameters,
): Promise<CryptoKey | "unknown" | null> {
  try {
    return await find(header);
  } catch (error) {
    // Several that fit, or one that is broken: no key is guessed.
    return error instanceof errors.JWKSNoMatchingKey ? "unknown" : null;
  }
}
