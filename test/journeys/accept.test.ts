// The short forms of `npm run accept`: the same checks, less of each, on one server.
import { afterAll, beforeAll, expect, it } from "vitest";
import { judgeAudit } from "../../scripts/accept/audit.ts";
import { judgeBudget, openBudgetSink } from "../../scripts/accept/budget.ts";
import { fuzzServer } from "../../scripts/accept/fuzz.ts";
import { judgeRate } from "../../scripts/accept/rate.ts";
import { judgeSecrets } from "../../scripts/accept/secrets.ts";
import type { Sink } from "../../scripts/accept/sink.ts";
import { ServerProcess } from "../../scripts/lib/server-process.ts";

const seed = 1;
const tell = (): void => undefined;

let sink: Sink;
let server: ServerProcess;
beforeAll(async () => {
  sink = await openBudgetSink(seed);
  server = await ServerProcess.make({ SKILLOS_PRIVATE_HOSTS: sink.host });
  await server.start(true);
});
afterAll(async () => {
  await server.stop();
  await sink.close();
});

it("lets exactly as much be spent as the cap of a day and of a month holds", async () => {
  const { figures, problems } = await judgeBudget({ server, sink, seed, rounds: 3 }, tell);
  expect({ figures, problems }).toMatchObject({ figures: { settled_most: 37 }, problems: [] });
});

it("lets exactly as many pass as the window holds", async () => {
  const { problems } = await judgeRate(server, 200);
  expect(problems).toEqual([]);
});

it("finds each change of an audit row at its place", async () => {
  const { figures, problems } = await judgeAudit(server, { seed, entries: 120, changes: 120, tell });
  expect({ figures, problems }).toMatchObject({ figures: { changes: 120 }, problems: [] });
});

it("keeps no secret in clear, finds each row that was changed, and loses nothing while keys are replaced", async () => {
  const { figures, problems } = await judgeSecrets({ seed, changes: 12, rounds: 1, forms: 6 }, tell);
  expect({ figures, problems }).toMatchObject({ figures: { in_clear: 0 }, problems: [] });
});

it("answers malformed requests with a problem that names the mend, never with a fault", async () => {
  const { figures, problems } = await fuzzServer(server, { seed, count: 250, tell });
  expect(problems).toEqual([]);
  expect(figures["routes"]).toBeGreaterThan(40);
});
