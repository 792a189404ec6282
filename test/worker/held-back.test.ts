// A run that goes on and is refused for what passes: its yes and its answers are kept, it waits, and it goes on when that is over.
import { runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { aTenant, type Body, release, type Tenant, until, visits } from "./tenant.ts";

const POST = (path: string) => `    http: { post: ${path}, connector: sink, body: { n: 1 } }\n`;
const ASKS = "approval: { ask: always, by: owner }\n";
const FORM = "  - id: who\n    form: { ask: Whom?, fields: { kg: { type: number, ask: How many? } } }\n";
const THINK = "  - id: think\n    llm: { model: mock/echo, prompt: hello, max_tokens: 16 }\n";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const start = async (skill: string): Promise<string> =>
  String((await tenant.ask(`POST /skills/test/${skill}/run`, {}))["run_id"]);
const look = (run: string) => tenant.ask(`GET /runs/${run}`);
const sayYes = (run: string) =>
  tenant.ask(`POST /approvals/${run.replace("run_", "apr_")}`, { decision: "approve" });
const pause = (on: boolean) => tenant.ask(on ? "POST /pause" : "POST /resume", { scope: "tenant" });
const posts = async () =>
  (await visits()).filter(({ method }) => method === "POST").map(({ url }) => new URL(url).pathname);
const untilDone = (run: string) =>
  until(async () => {
    const seen = await look(run);
    return seen["status"] === "succeeded" ? seen : null;
  });

it("a yes during a pause is kept: nothing is sent, and the run goes on when the pause is taken back", async () => {
  await tenant.saveSkill("test/ask", `  - id: one\n${POST("/ask")}`, ASKS);
  const run = await start("ask");
  await pause(true);
  const told = await sayYes(run);
  expect(told).toMatchObject({
    status: "waiting",
    waiting_for: "time",
    held_back: { code: "paused", tries: 1, title: expect.any(String), fix: "`skillos resume`" },
  });
  expect(await posts()).toEqual([]);
  // The question is answered: nobody is asked again, and nobody says something else meanwhile.
  expect((await sayYes(run)).status).toBe(409);
  expect((await tenant.ask("GET /approvals"))["approvals"]).toEqual([]);
  await pause(false);
  expect(await untilDone(run)).toMatchObject({ approved: { by: "anna" } });
  expect(await posts()).toEqual(["/ask"]);
  const { events } = await tenant.ask("GET /events");
  expect(events).toContainEqual(expect.objectContaining({ event: "run_held_back", code: "paused" }));
});

it("its alarm tries it before anybody tells it that the pause is over, and does not end it while that holds", async () => {
  await tenant.saveSkill("test/ask", `  - id: one\n${POST("/ask")}`, ASKS);
  const run = await start("ask");
  await pause(true);
  await sayYes(run);
  const runner = tenant.runner(Number(run.split("_")[1]));
  for (let n = 0; n < 3; n += 1) await runner.wake(true);
  await until(async () => ((await look(run))["held_back"] as Body | undefined)?.["tries"] === 4 || null);
  expect(await runDurableObjectAlarm(runner)).toBe(true);
  expect(await look(run)).toMatchObject({ status: "waiting", held_back: { code: "paused" } });
});

it("half a business process waits for the day's budget and is finished with a higher one; what was sent is not sent again", async () => {
  await tenant.saveSkill(
    "test/wfw",
    `  - id: a\n${POST("/first")}${FORM}${THINK}  - id: b\n${POST("/second")}`,
  );
  const run = await start("wfw");
  await tenant.ask("PUT /budgets", { daily_usd: 0.000001 });
  const told = await tenant.ask(`POST /runs/${run}/answer`, { input: { kg: 2 } });
  expect(told).toMatchObject({ status: "waiting", held_back: { code: "budget_exceeded" } });
  const held = told["held_back"] as Body;
  expect(held["detail"]).toContain("Changes made before that: 1.");
  expect(Date.parse(String(held["ends_at"]))).toBeGreaterThan(Date.parse(String(held["tried_again_at"])));
  expect(await posts()).toEqual(["/first"]);
  await tenant.ask("PUT /budgets", { daily_usd: 100 });
  await untilDone(run);
  expect(await posts()).toEqual(["/first", "/second"]);
});

it("a rate that is full for its user does not count it again", async () => {
  await tenant.saveSkill("test/ask", `  - id: one\n${POST("/ask")}`, ASKS);
  await tenant.ask("PUT /limits", { scope: "user:anna", requests: 1, window_seconds: 600 });
  const run = await start("ask");
  expect(await sayYes(run)).toMatchObject({ status: "succeeded" });
});

it("a no and a cancellation end it whatever is paused", async () => {
  await tenant.saveSkill("test/ask", `  - id: one\n${POST("/ask")}`, ASKS);
  const [no, stopped] = [await start("ask"), await start("ask")];
  await pause(true);
  await tenant.ask(`POST /approvals/${no.replace("run_", "apr_")}`, { decision: "deny" });
  expect(await look(no)).toMatchObject({ status: "failed", problem: { code: "approval_denied" } });
  await sayYes(stopped);
  await tenant.ask(`POST /runs/${stopped}/cancel`, {});
  expect(await look(stopped)).toMatchObject({ status: "cancelled" });
  expect(await posts()).toEqual([]);
});

it("what does not pass ends it: nobody writes in the name of who was removed meanwhile", async () => {
  await tenant.saveSkill("test/ask", `  - id: one\n${POST("/ask")}`, ASKS);
  const mia = await tenant.join("mia", "member");
  const run = String((await mia.ask("POST /skills/test/ask/run", {}))["run_id"]);
  await pause(true);
  expect(await sayYes(run)).toMatchObject({ status: "waiting" });
  await tenant.ask("DELETE /users/mia");
  await pause(false);
  const ended = await until(async () => {
    const seen = await look(run);
    return seen["status"] === "failed" ? seen : null;
  });
  expect(ended).toMatchObject({ problem: { code: "forbidden" } });
  expect(await posts()).toEqual([]);
});

it("what waited takes a place again among runs at a time: with none free it waits for one, and is not lost", async () => {
  await tenant.saveSkill("test/many", `${FORM}  - id: look\n    http: { get: /hold, connector: sink }\n`);
  await tenant.ask("PUT /limits", { scope: "user:anna", concurrent: 1 });
  const [one, other] = [await start("many"), await start("many")];
  const answer = (run: string) => tenant.ask(`POST /runs/${run}/answer`, { input: { kg: 2 } });
  const first = answer(one);
  await until(async () => (await visits()).length === 1);
  expect(await answer(other)).toMatchObject({
    status: "waiting",
    held_back: { code: "too_many_running" },
  });
  expect(await visits()).toHaveLength(1);
  await release();
  expect(await first).toMatchObject({ status: "succeeded" });
  // Its end is told with the next drain.
  await tenant.ask("GET /budgets");
  await tenant.runner(Number(other.split("_")[1])).wake(true);
  await until(async () => (await visits()).length === 2);
  await release();
  await untilDone(other);
});
