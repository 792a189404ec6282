// accept fuzz: thousands of malformed requests over every route that the server describes. None may be answered with a fault
// of ours, and every refusal is a problem that names cause and mend.
import { createChance } from "../lib/chance.ts";
import { ServerProcess } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";
import { makeFuzzRequest } from "./fuzz-request.ts";
import { findRoutes } from "./fuzz-routes.ts";
import { judgeAnswer } from "./fuzz-verdict.ts";
import { RawClient } from "./raw-client.ts";

const DEFAULT_REQUESTS = 10_000;
const AT_ONCE = 8;
const TOLD_EVERY = 1_000;

export const fuzz: Check = {
  name: "fuzz",
  summary: "malformed requests over every route: --requests 10000",
  run: runFuzz,
};

async function runFuzz(seed: number, amounts: Amounts, tell: (line: string) => void): Promise<Report> {
  const { requests: count = DEFAULT_REQUESTS } = amounts;
  const server = await ServerProcess.make();
  try {
    await server.start(true);
    return await fuzzServer(server, { seed, count, tell });
  } finally {
    await server.stop();
  }
}

interface Wish {
  readonly seed: number;
  readonly count: number;
  readonly tell: (line: string) => void;
}

export async function fuzzServer(server: ServerProcess, { seed, count, tell }: Wish): Promise<Report> {
  const chance = createChance(seed);
  const routes = findRoutes(await server.ask("GET /openapi.json"));
  const client = new RawClient(server.port, server.apiKey);
  const problems: string[] = [];
  const byStatus: Record<string, number> = {};
  const reached = new Set<string>();
  let sent = 0;
  const send = async (): Promise<void> => {
    while (sent < count) {
      // Every route in turn: chance must not leave one out.
      const route = routes[sent % routes.length];
      if (!route) throw new Error("The server describes no route.");
      sent += 1;
      if (sent % TOLD_EVERY === 0) tell(`${sent} of ${count} sent, ${problems.length} problems`);
      const request = makeFuzzRequest(route, chance);
      const answer = await client.send(request);
      reached.add(`${route.method} ${route.path}`);
      byStatus[answer.status] = (byStatus[answer.status] ?? 0) + 1;
      const problem = judgeAnswer(request.method, answer);
      if (problem !== null) problems.push(`${request.what}: ${problem}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  client.close();
  // Some were good enough to stop every tenant: who comes next on this server is not to meet that.
  await server.ask("POST /system/resume", {});
  const health = await server.send("GET /health");
  if (health.status !== 200) problems.push(`afterwards /health answers ${health.status}`);
  return {
    figures: { requests: count, routes: reached.size, problems: problems.length, by_status: byStatus },
    problems,
  };
}
