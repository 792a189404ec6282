// One request on the first screen: the proof that it works, and what SkillOS looks like in use.
import { call } from "./client.mjs";

/** @typedef {import("./words.mjs").Words} Words */

/** As src/channels/dollars.ts writes them: to the micro-dollar, cents at least. @param {number} usd */
const exact = (usd) => `$${usd.toFixed(6).replace(/0{1,4}$/, "")}`;
/** @param {number} usd */
const dollars = (usd) => (usd > 0 && usd < 0.01 ? exact(usd) : `$${usd.toFixed(2)}`);
/** As it holds: `$2`, `$0.50`, `$0.055`. @param {number} usd */
const limit = (usd) => (Number.isInteger(usd) ? `$${usd}` : exact(usd));

/** @param {any} run the answer of POST /run @param {number} tookMs @param {Words} words */
function factsOf(run, tookMs, words) {
  /** @type {{ class: string, via: string }[]} */
  const effects = Array.isArray(run.plan?.effects) ? run.plan.effects : [];
  const onlyReads = effects.every((effect) => effect.class === "read");
  const usesModel = effects.some((effect) => effect.via === "model");
  const facts = [run.skill, words.sure(Math.round((run.confidence ?? 1) * 100))];
  if (onlyReads) facts.push(words.changedNothing);
  facts.push(`${words.cost} ${dollars(run.cost?.usd ?? 0)}${usesModel ? "" : ` (${words.noModel})`}`);
  facts.push(`${Math.max(1, Math.round(tookMs))} ${words.ms}`);
  return facts.join(" · ");
}

/**
 * @param {import("./client.mjs").Credentials} credentials
 * @param {{ words: Words, language: string }} voice
 * @returns {Promise<{ ok: boolean, lines: string[] }>}
 */
export async function trySample(credentials, { words, language }) {
  const started = performance.now();
  const { status, body } = await call(credentials, "POST /run", { json: { query: words.query }, language });
  const tookMs = performance.now() - started;
  const trying = words.trying(words.query);
  if (body.status !== "succeeded") {
    const why = body.problem?.detail ?? body.detail ?? body.title ?? `${status} ${body.status ?? ""}`;
    return { ok: false, lines: [trying, words.sampleFailed(why)] };
  }
  const answer = [body.answer, body.details].filter(Boolean).map((line) => `  ${line}`);
  return { ok: true, lines: [trying, ...answer, `  ${factsOf(body, tookMs, words)}`] };
}

/** @param {import("./client.mjs").Credentials} credentials @param {Words} words */
async function limitsLine(credentials, words) {
  const { status, body } = await call(credentials, "GET /budgets");
  const {
    per_request_usd: request,
    daily_usd: day,
    monthly_usd: month,
  } = (status === 200 && body.limits) || {};
  const parts = [
    request == null ? null : words.perRequest(limit(request)),
    day == null ? null : words.perDay(limit(day)),
    month == null ? null : words.perMonth(limit(month)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? words.stop : `${words.limits}  ${parts.join(", ")}. ${words.stop}`;
}

/**
 * Where to go next, below the sample.
 * @param {import("./client.mjs").Credentials} credentials
 * @param {{ words: Words, port: number, settings: Record<string, string> }} place
 */
export async function nextSteps(credentials, { words, port, settings }) {
  const model = settings.SKILLOS_MODEL_STANDARD;
  const real = model && !model.startsWith("mock/");
  return [
    `${words.browser}  http://localhost:${port}        ${words.terminal}   npx skillos run "…"`,
    `${words.model}  ${real ? model : words.practiceModel}`,
    await limitsLine(credentials, words),
  ];
}
