// accept jwt: of tokens that are forged, confused, stale, loose or cut none is believed, and every good one is.
import { createChance } from "../lib/chance.ts";
import { ServerProcess } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";
import type { Named, Scene } from "./jwt-attacks.ts";
import { makeAttacks } from "./jwt-attacks.ts";
import type { Issuer, Pairs } from "./jwt-signer.ts";
import {
  ALGORITHMS,
  AUDIENCE,
  createPairs,
  headerOf,
  ISSUER,
  keyOf,
  openIssuer,
  SECRET,
  toToken,
} from "./jwt-signer.ts";

const DEFAULT_ROUNDS = 10;
const AT_ONCE = 8;

export const jwt: Check = {
  name: "jwt",
  summary: `forged tokens of every kind, and good ones: --rounds ${DEFAULT_ROUNDS}`,
  run: runJwt,
};

/** What a server needs to believe this issuer. */
export function toJwtSettings({ url }: Pick<Issuer, "url">): Record<string, string> {
  return {
    SKILLOS_JWT_SECRET: SECRET,
    SKILLOS_JWT_JWKS_URL: url,
    SKILLOS_JWT_ALGORITHMS: ALGORITHMS.join(","),
    SKILLOS_JWT_ISSUER: ISSUER,
    SKILLOS_JWT_AUDIENCE: AUDIENCE,
  };
}

async function runJwt(seed: number, amounts: Amounts, tell: (line: string) => void): Promise<Report> {
  const pairs = createPairs("mine");
  const issuer = await openIssuer(pairs);
  const server = await ServerProcess.make({
    ...toJwtSettings(issuer),
    SKILLOS_PRIVATE_HOSTS: issuer.host,
  });
  try {
    await server.start(true);
    return await judgeJwt({ server, issuer, pairs, seed, rounds: amounts["rounds"] ?? DEFAULT_ROUNDS }, tell);
  } finally {
    await server.stop();
    await issuer.close();
  }
}

interface JwtTrial {
  readonly server: ServerProcess;
  readonly issuer: Issuer;
  readonly pairs: Pairs;
  readonly seed: number;
  readonly rounds: number;
}

export async function judgeJwt(trial: JwtTrial, tell: (line: string) => void): Promise<Report> {
  const { server, issuer, pairs, seed, rounds } = trial;
  const [chance, theirs] = [createChance(seed), createPairs("theirs")];
  const counts = { attacks: 0, attacks_accepted: 0, good: 0, good_refused: 0 };
  const problems: string[] = [];
  const ask = async ([name, token]: Named, isGood: boolean): Promise<void> => {
    const status = await askWith(server, token);
    counts[isGood ? "good" : "attacks"] += 1;
    if (status === (isGood ? 200 : 401) || (!isGood && status === UNSENDABLE)) return;
    counts[isGood ? "good_refused" : "attacks_accepted"] += isGood || status === 200 ? 1 : 0;
    problems.push(`${isGood ? "good" : "attack"} "${name}" was answered ${status}`);
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const alg of ALGORITHMS) {
      const now = Math.floor(Date.now() / 1000);
      const scene: Scene = { chance, now, pairs, theirs, claims: toClaims(now) };
      await inTurns(makeGood(scene, alg), (named) => ask(named, true));
      await inTurns(makeAttacks(scene, alg), ([name, token]) => ask([`${alg}: ${name}`, token], false));
    }
    tell(`round ${round + 1}: ${counts.attacks} attacks, ${counts.attacks_accepted} accepted`);
  }
  return { figures: { rounds, ...counts, key_set_reads: issuer.reads() }, problems };
}

function toClaims(now: number) {
  const who = { sub: "anna", tenant: "ten_local", role: "member", scope: "read" };
  return { iss: ISSUER, aud: AUDIENCE, exp: now + 600, iat: now, ...who };
}

function makeGood({ chance, now, pairs, claims }: Scene, alg: (typeof ALGORITHMS)[number]): readonly Named[] {
  const header = headerOf(pairs, alg);
  const good: readonly (readonly [string, object, object])[] = [
    ["plain", {}, {}],
    ["without kid", { kid: undefined }, {}],
    ["without typ", { typ: undefined }, {}],
    ["an access token", { typ: "at+jwt" }, {}],
    ["a certificate's thumbprint", { x5t: "abc" }, {}],
    ["several audiences", {}, { aud: ["other", AUDIENCE] }],
    ["just expired", {}, { exp: now - 10 }],
    ["from now on", {}, { nbf: now }],
    ["from soon on", {}, { nbf: now + 10 }],
    ["more claims", {}, { name: "Анна", deep: { a: [1, { exp: 1 }] } }],
    ["another length", {}, { jti: "x".repeat(chance.between(1, 500)) }],
  ];
  return good.map(([name, more, change]) => [
    `${alg}: ${name}`,
    toToken({ ...header, ...more }, { ...claims, ...change }, keyOf(pairs, alg)),
  ]);
}

/** What HTTP itself does not carry in a header. */
const UNSENDABLE = 0;

async function askWith(server: ServerProcess, token: string): Promise<number> {
  const headers = headersOf(token);
  return headers === null ? UNSENDABLE : (await server.send("GET /skills", undefined, headers)).status;
}

function headersOf(token: string): Record<string, string> | null {
  const headers = { authorization: `Bearer ${token}` };
  try {
    new Headers(headers).get("authorization");
    return headers;
  } catch {
    return null;
  }
}

async function inTurns<T>(list: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (let from = 0; from < list.length; from += AT_ONCE)
    await Promise.all(list.slice(from, from + AT_ONCE).map(act));
}
