// An identity provider for the check: keys of each kind, published as a key set, and whatever tokens one wants signed.
import type { JsonWebKey, KeyObject } from "node:crypto";
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export const ALGORITHMS = ["HS256", "RS256", "ES256", "EdDSA"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];
export type Asymmetric = Exclude<Algorithm, "HS256">;

export const ISSUER = "https://issuer.example";
export const AUDIENCE = "skillos";
export const SECRET = "the secret of the check, which is long enough";

export interface Pair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}
export type Pairs = Readonly<Record<Asymmetric, Pair>>;

export function createPairs(name: string): Pairs {
  return {
    RS256: { kid: `${name}-rsa`, ...generateKeyPairSync("rsa", { modulusLength: 2048 }) },
    ES256: { kid: `${name}-ec`, ...generateKeyPairSync("ec", { namedCurve: "P-256" }) },
    EdDSA: { kid: `${name}-ed`, ...generateKeyPairSync("ed25519") },
  };
}

export const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** `digest`: another than the algorithm's own, for algorithms that nobody configured. */
export function signText(text: string, key: KeyObject | string, digest = "sha256"): Buffer {
  if (typeof key === "string") return createHmac(digest, key).update(text).digest();
  const isEdwards = key.asymmetricKeyType === "ed25519";
  return sign(isEdwards ? null : digest, Buffer.from(text), { key, dsaEncoding: "ieee-p1363" });
}

/** Header and claims may be text already, so that what no library writes can be signed too. */
// oxlint-disable-next-line max-params
export function toToken(
  header: object | string,
  claims: object | string,
  key: KeyObject | string,
  digest?: string,
): string {
  const [head, body] = [header, claims].map((part) =>
    typeof part === "string" ? Buffer.from(part).toString("base64url") : encode(part),
  );
  const text = `${head}.${body}`;
  return `${text}.${signText(text, key, digest).toString("base64url")}`;
}

export function keyOf(pairs: Pairs, alg: Algorithm): KeyObject | string {
  return alg === "HS256" ? SECRET : pairs[alg].privateKey;
}

export function headerOf(pairs: Pairs, alg: Algorithm): { alg: string; typ: string; kid?: string } {
  return { alg, typ: "JWT", ...(alg === "HS256" ? {} : { kid: pairs[alg].kid }) };
}

export interface Issuer {
  readonly host: string;
  readonly url: string;
  /** How often the key set was read. */
  readonly reads: () => number;
  close(): Promise<void>;
}

export async function openIssuer(pairs: Pairs): Promise<Issuer> {
  let reads = 0;
  const keys: JsonWebKey[] = Object.entries(pairs).map(([alg, { kid, publicKey }]) => ({
    ...publicKey.export({ format: "jwk" }),
    kid,
    alg,
    use: "sig",
  }));
  const server = createServer((_request, response) => {
    reads += 1;
    response.setHeader("content-type", "application/json").end(JSON.stringify({ keys }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`; // It listens on a port.
  return {
    host,
    url: `http://${host}/keys`,
    reads: () => reads,
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
