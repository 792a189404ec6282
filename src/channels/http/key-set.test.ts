import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { NOW } from "../../../test/builders.ts";
import { createKeySet } from "./key-set.ts";

const MINUTE = 60_000;
const one = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
const toKey = (kid: string) => ({ ...one, kid, alg: "ES256" });
const ask = (kid?: string) => ({ alg: "ES256", ...(kid === undefined ? {} : { kid }) });

/** An issuer whose answer can be changed, and who counts. */
function anIssuer(keys: readonly object[]) {
  const issuer = { keys, isAway: false, reads: 0, set: createKeySet(load) };
  async function load(): Promise<unknown> {
    issuer.reads += 1;
    if (issuer.isAway) throw new Error("no answer");
    return { keys: issuer.keys };
  }
  return issuer;
}

describe("an issuer's keys", () => {
  it("are read once for many tokens", async () => {
    const issuer = anIssuer([toKey("a")]);
    for (let n = 0; n < 5; n += 1) expect(await issuer.set.find(ask("a"), NOW + n * MINUTE)).not.toBeNull();
    expect(issuer.reads).toBe(1);
  });

  it("are read again for a key that is new, and tokens of it are good at once", async () => {
    const issuer = anIssuer([toKey("a")]);
    await issuer.set.find(ask("a"), NOW);
    issuer.keys = [toKey("a"), toKey("b")];
    expect(await issuer.set.find(ask("b"), NOW + MINUTE)).not.toBeNull();
  });

  it("are not asked for by everybody who invents a key", async () => {
    const issuer = anIssuer([toKey("a")]);
    for (let n = 0; n < 100; n += 1) expect(await issuer.set.find(ask(`x${n}`), NOW + n)).toBeNull();
    expect(issuer.reads).toBeLessThanOrEqual(2);
  });

  it("that are withdrawn are good for minutes at most", async () => {
    const issuer = anIssuer([toKey("a")]);
    await issuer.set.find(ask("a"), NOW);
    issuer.keys = [];
    expect(await issuer.set.find(ask("a"), NOW + 6 * MINUTE)).toBeNull();
  });

  it("outlast an issuer that is away for a while, and no longer", async () => {
    const issuer = anIssuer([toKey("a")]);
    await issuer.set.find(ask("a"), NOW);
    issuer.isAway = true;
    expect(await issuer.set.find(ask("a"), NOW + 30 * MINUTE)).not.toBeNull();
    await expect(issuer.set.find(ask("a"), NOW + 90 * MINUTE)).rejects.toMatchObject({ retry: "later" });
  });

  it("that were never read are a fault to come back from, not a wrong token", async () => {
    const issuer = anIssuer([toKey("a")]);
    issuer.isAway = true;
    await expect(issuer.set.find(ask("a"), NOW)).rejects.toMatchObject({ retry: "later" });
    issuer.isAway = false;
    expect(await issuer.set.find(ask("a"), NOW + MINUTE)).not.toBeNull();
  });

  it("are not guessed at: several that fit, a symmetric one, a broken one", async () => {
    expect(await anIssuer([toKey("a"), toKey("b")]).set.find(ask(), NOW)).toBeNull();
    const secret = { kty: "oct", k: "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXM", kid: "a", alg: "HS256" };
    expect(await anIssuer([secret]).set.find({ alg: "HS256", kid: "a" }, NOW)).toBeNull();
    expect(await anIssuer([{ kty: "EC", crv: "P-256", kid: "a" }]).set.find(ask("a"), NOW)).toBeNull();
    expect(await anIssuer([{ ...toKey("a"), use: "enc" }]).set.find(ask("a"), NOW)).toBeNull();
  });
});
