// accept rate: of many requests at once exactly as many pass as the window holds; the others are told when to come again.
import { type Answer, parseBody, ServerProcess } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";

const DEFAULT_REQUESTS = 600;
const LIMIT = 60;
const SKILL =
  'description: Nothing\nsteps:\n  - id: done\n    set: { ok: "${{ true }}" }\noutput: { ok: "${{ done.ok }}" }\n';

export const rate: Check = {
  name: "rate",
  summary: `requests at once at ${LIMIT} a minute: --requests ${DEFAULT_REQUESTS}`,
  run: runRate,
};

async function runRate(_seed: number, amounts: Amounts): Promise<Report> {
  const server = await ServerProcess.make();
  try {
    await server.start(true);
    return await judgeRate(server, amounts["requests"] ?? DEFAULT_REQUESTS);
  } finally {
    await server.stop();
  }
}

export async function judgeRate(server: ServerProcess, count: number): Promise<Report> {
  // Somebody of their own: the local owner has no limit, and has asked before.
  const { api_key: key } = await server.ask("POST /tenants", { name: "rate" });
  const headers = { authorization: `Bearer ${String(key)}` };
  await server.send("PUT /limits", { scope: "tenant", requests: LIMIT, window_seconds: 60 }, headers);
  await server.send("PUT /skills/accept/nothing", SKILL, headers);
  const ask = () => server.send("POST /skills/accept/nothing/run", {}, headers);
  const answers = await Promise.all(Array.from({ length: count }, ask));
  const accepted = answers.filter(({ status }) => status === 200).length;
  const problems = answers.flatMap(judge);
  if (accepted !== LIMIT) problems.push(`${accepted} were accepted`);
  return { figures: { requests: count, accepted, refused: count - accepted }, problems };
}

function judge({ status, headers, text }: Answer): string[] {
  if (status === 200) return [];
  if (status !== 429) return [`answered ${status}: ${text.slice(0, 200)}`];
  const retryAfter = Number(headers.get("retry-after") ?? Number.NaN);
  if (!(retryAfter >= 1 && retryAfter <= 60))
    return [`a refusal says Retry-After: ${headers.get("retry-after")}`];
  return parseBody(text)["code"] === "rate_limited" ? [] : [`a refusal says ${text.slice(0, 200)}`];
}
