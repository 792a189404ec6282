// Embeddings help where routing is unsure, are waited for no longer than configured, and take nothing away when they are late or wrong.
import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { toPlatform } from "../../src/compose/compose.ts";
import type { TenantId } from "../../src/kernel/domain/id.ts";
import type { Principal } from "../../src/kernel/domain/principal.ts";
import { NO_WISHES, type RunRequest } from "../../src/kernel/domain/request.ts";
import type { Embedder } from "../../src/kernel/ports/embedder.ts";
import type { Platform } from "../../src/kernel/ports/platform.ts";
import { Embedding } from "../../src/kernel/routing/likeness/embedding.ts";
import { describeEmbedding, findLikeness } from "../../src/operations/routing/likeness.ts";
import { startRun } from "../../src/operations/runs/start-run.ts";
import { applyFiles } from "../../src/operations/skills/registry-files.ts";
import { serve } from "./platform.ts";

const TOPICS = ["garden", "workshop"] as const;
const WORDS = 24;

/** Words that nobody has heard: only who knows their topic can tell which skill is meant. */
function toWord(n: number): string {
  const [consonants, vowels] = ["bdfgklmnprstvz", "aeiou"];
  const at = (letters: string, by: number) => letters[(n * by + Math.floor(n / 3)) % letters.length] ?? "";
  return [at(consonants, 5), at(vowels, 3), at(consonants, 3), at(vowels, 2), at(consonants, 11), n].join("");
}

const letterOf = (n: number): string => String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26));
const nameOf = (n: number): string => toWord(n).replace(/\d+$/, "") + letterOf(n);
const topicOf = (n: number): number => n % TOPICS.length;

/** Knows the topic of each word. */
function toMeaning(text: string): number[] {
  for (let n = 0; n < 2 * WORDS + 10; n++) {
    if (text.includes(nameOf(n))) return topicOf(n) === 0 ? [1, 0, (n % 7) / 100] : [0, 1, (n % 7) / 100];
  }
  return [1, 1, 1];
}

const ASKED = `bring me the ${nameOf(2 * WORDS)}`;

interface Behaviour {
  answer: (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;
}

async function serveEmbedded(waitMs = 5_000) {
  const asked: (readonly string[])[] = [];
  const reported: string[] = [];
  const behaviour: Behaviour = { answer: async (texts) => texts.map(toMeaning) };
  const embedder: Embedder = {
    model: "test/topics",
    embed: (texts) => {
      asked.push(texts);
      return behaviour.answer(texts);
    },
  };
  const work: Promise<unknown>[] = [];
  const base = toPlatform(env);
  const report = (what: string) => void reported.push(what);
  const embedding = new Embedding(embedder, { clock: base.clock, waitMs, report });
  const background = (one: Promise<unknown>) => void work.push(one);
  const served = await serve({ ...base, embedding, background });
  const { platform, tenant } = served;
  await applyFiles(platform, tenant, {
    files: TOPICS.flatMap((topic, number) => [
      { path: `${topic}/bring.yaml`, text: SKILL },
      { path: `${topic}/bring.phrases.yaml`, text: toPhrases(number) },
    ]),
    ...{ complete: false, origin: "http", by: null },
  });
  const settle = async () => {
    while (work.length > 0) await Promise.all(work.splice(0));
  };
  const ask = (query: string, change: Partial<RunRequest> = {}) =>
    answer(platform, { ...toRequest(tenant), query, ...change });
  /** The first request finds nothing embedded; it sets that going. */
  await ask(ASKED);
  await settle();
  return { platform, tenant, ask, asked, reported, behaviour, settle };
}

const SKILL = `description: { en: "Bring it", ru: "Принести" }
steps:
  - id: one
    set: { done: true }
output: { done: "\${{ one.done }}" }
`;

function toPhrases(topic: number): string {
  const words = Array.from({ length: 2 * WORDS }, (_, n) => n).filter((n) => topicOf(n) === topic);
  return `ru: [принеси это, неси сюда, дай мне, подай]\nen: [${words.map((n) => `bring me the ${nameOf(n)}`).join(", ")}]\n`;
}

function toRequest(tenant: Principal["tenant"]): RunRequest {
  const principal: Principal = {
    ...{ tenant, user: "anna", role: "owner", scopes: ["read", "run", "build", "admin"] },
    ...{ keyId: null, unlimited: true },
  };
  const wishes = { ...NO_WISHES, channel: "http", skill: null, input: {}, waitMs: 30_000 } as const;
  return { ...wishes, requestId: "req_1", principal };
}

async function answer(platform: Platform, request: RunRequest) {
  const outcome = await startRun(platform, request);
  if (outcome.reply === "open") return outcome.body;
  return { status: outcome.reply, skill: JSON.stringify(outcome).match(/\w+\/bring/)?.[0] };
}

async function toPlace(platform: Platform, tenant: TenantId) {
  const snapshot = await platform.loadFresh(tenant);
  return { snapshot, index: (await platform.catalogue.loadIndex(tenant, snapshot.version)).index };
}

const RAN = { status: "answer", skill: "garden/bring" };

it("tells apart what words alone leave open, once the catalogue is embedded", async () => {
  const { ask, asked, platform, tenant } = await serveEmbedded();
  expect(await ask(ASKED)).toMatchObject(RAN);
  expect(asked.at(-1)).toEqual([ASKED]);
  const likeness = await findLikeness(platform, await toPlace(platform, tenant), {
    ...toRequest(tenant),
    query: ASKED,
  });
  expect(likeness?.get("garden/bring")).toBeGreaterThan(2 * (likeness?.get("workshop/bring") ?? 0));
});

it("tells how much they count here", async () => {
  const { platform, tenant } = await serveEmbedded();
  const told = await describeEmbedding(platform, tenant);
  expect(told).toMatchObject({ embeddings: { texts: expect.any(Number), is_paused: false } });
  expect(Number(told.embeddings?.["weight"])).toBeGreaterThan(0);
  expect(await describeEmbedding({ ...platform, embedding: null }, tenant)).toEqual({});
});

it("asks nobody about a skill that is named, nor about what words say clearly", async () => {
  const { ask, asked } = await serveEmbedded();
  const before = asked.length;
  await ask("whatever", { skill: "garden/bring" });
  await ask("double a number");
  expect(asked).toHaveLength(before);
});

it("says nothing of skills that the caller's key does not reach", async () => {
  const { platform, tenant } = await serveEmbedded();
  const { principal, ...rest } = toRequest(tenant);
  const small = { ...principal, skills: ["workshop/*"] };
  const likeness = await findLikeness(platform, await toPlace(platform, tenant), {
    ...rest,
    principal: small,
    query: ASKED,
  });
  expect([...(likeness?.keys() ?? [])]).not.toContain("garden/bring");
});

it.each<readonly [string, Behaviour["answer"]]>([
  ["an error", () => Promise.reject(new Error("no"))],
  ["too few vectors", async () => []],
  ["vectors of another length", async (texts) => texts.map(() => [1, 0])],
  ["no numbers", async (texts) => texts.map(() => [Number.NaN, 0, 0])],
  ["vectors of no direction", async (texts) => texts.map(() => [0, 0, 0])],
  ["nothing for ever", () => new Promise(() => undefined)],
])(
  "answers as without when the service gives %s, says so, and leaves it alone for a while",
  async (_, lie) => {
    const { ask, asked, reported, behaviour } = await serveEmbedded(20);
    behaviour.answer = lie;
    const plain = await ask(ASKED, { tags: [] });
    expect(plain).toMatchObject({ status: "needs_choice" });
    for (const n of [1, 2, 3, 4]) await ask(`bring me the ${nameOf(2 * WORDS + n)}`);
    expect(reported.join("\n")).toMatch(/late|failed/);
    expect(reported.at(-1)).toContain("not asked for 60 s");
    const calls = asked.length;
    await ask(ASKED);
    expect(asked).toHaveLength(calls);
  },
);

it("embeds again only what is new, and forgets what serves no longer", async () => {
  const { platform, tenant, ask, asked, settle } = await serveEmbedded();
  const kept = await platform.vectors.listIds(tenant, "test/topics");
  const before = asked.length;
  await applyFiles(platform, tenant, {
    files: [{ path: "garden/bring.phrases.yaml", text: toPhrases(0).replace("принеси это", "тащи сюда") }],
    ...{ complete: false, origin: "http", by: null },
  });
  await platform.loadFresh(tenant);
  await ask(ASKED);
  await settle();
  expect(asked.slice(before)).toContainEqual(["тащи сюда"]);
  expect(asked.slice(before).flat()).not.toContain("неси сюда");
  expect(await platform.vectors.listIds(tenant, "test/topics")).toHaveLength(kept.length + 1);
});

it("gives embeddings that know nothing no say", async () => {
  const { platform, tenant, settle } = await serveEmbedded();
  const base = platform.embedding;
  const blind: Embedder = { model: "test/blind", embed: async (texts) => texts.map((text) => toNoise(text)) };
  const embedding = new Embedding(blind, {
    ...{ clock: platform.clock, waitMs: base?.waitMs ?? 0 },
    report: () => undefined,
  });
  const other = { ...platform, embedding };
  await applyFiles(platform, tenant, {
    files: [{ path: "garden/bring.yaml", text: SKILL.replace("Bring it", "Bring it here") }],
    ...{ complete: false, origin: "http", by: null },
  });
  await answer(other, { ...toRequest(tenant), query: ASKED });
  await settle();
  expect(await platform.embeddingStates.load(tenant)).toMatchObject({
    ...{ model: "test/blind", blend: { weight: 0 } },
  });
  expect(await platform.vectors.listIds(tenant, "test/topics")).toEqual([]);
});

function toNoise(text: string): number[] {
  return [3, 5, 7, 11].map((by) =>
    Math.sin([...text].reduce((sum, letter) => sum * by + letter.charCodeAt(0), by)),
  );
}
