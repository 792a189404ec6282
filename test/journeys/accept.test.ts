// The short forms of `npm run accept`: the same checks, less of each, on one server.
import { afterAll, beforeAll, expect, it } from "vitest";
import { judgeAudit } from "../../scripts/accept/audit.ts";
import { judgeBudget, openBudgetSink } from "../../scripts/accept/budget.ts";
import { fuzzServer } from "../../scripts/accept/fuzz.ts";
import { judgeJwt, toJwtSettings } from "../../scripts/accept/jwt.ts";
import { createPairs, type Issuer, openIssuer } from "../../scripts/accept/jwt-signer.ts";
import { judgePolicies } from "../../scripts/accept/policy.ts";
import { judgeRate } from "../../scripts/accept/rate.ts";
import { judgeSecrets } from "../../scripts/accept/secrets.ts";
import type { Sink } from "../../scripts/accept/sink.ts";
import { judgeTenants } from "../../scripts/accept/tenant.ts";
import { ServerProcess } from "../../scripts/lib/server-process.ts";

const seed = 1;
const tell = (): void => undefined;

const pairs = createPairs("mine");
let sink: Sink;
let issuer: Issuer;
let server: ServerProcess;
beforeAll(async () => {
  sink = await openBudgetSink(seed);
  issuer = await openIssuer(pairs);
  server = await ServerProcess.make({
    ...toJwtSettings(issuer),
    SKILLOS_PRIVATE_HOSTS: `${sink.host},${issuer.host}`,
  });
  await server.start(true);
});
afterAll(async () => {
  await server.stop();
  await sink.close();
  await issuer.close();
});

it("lets exactly as much be spent as the cap of a day and of a month holds", async () => {
  const { figures, problems } = await judgeBudget({ server, sink, seed, rounds: 3 }, tell);
  expect({ figures, problems }).toMatchObject({ figures: { settled_most: 37 }, problems: [] });
});

it("lets exactly as many pass as the window holds", async () => {
  const { problems } = await judgeRate(server, 200);
  expect(problems).toEqual([]);
});

it("decides as another engine does, and names the rule", () => {
  const { figures, problems } = judgePolicies({ seed, pairs: 4_000, tell });
  expect({ figures, problems }).toMatchObject({ figures: { pairs: 4_000, differences: 0 }, problems: [] });
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

it("believes no token that is forged, confused, stale or loose, and every good one", async () => {
  const { figures, problems } = await judgeJwt({ server, issuer, pairs, seed, rounds: 1 }, tell);
  expect({ figures, problems }).toMatchObject({
    figures: { attacks_accepted: 0, good_refused: 0 },
    problems: [],
  });
  expect(figures["attacks"]).toBeGreaterThan(500);
});

it("tells a stranger of another tenant's things what it tells of nobody's, and changes none of them", async () => {
  const { figures, problems } = await judgeTenants(server, { seed, tell });
  expect(problems).toEqual([]);
  expect(figures["requests"]).toBeGreaterThan(800);
});
