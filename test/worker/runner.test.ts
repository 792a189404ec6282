// Runs through the whole Worker: one key is one run, whatever happens to the objects in between.
import { abortAllDurableObjects, evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

const POST = (path: string) =>
  `    http: { post: ${path}, connector: sink, body: { ref: "\${{ input.ref }}" } }\n`;
const INPUT = "input:\n  ref: { type: text, ask: Ref }\n";
const WRITE = `  - id: one\n${POST("/one")}  - id: two\n${POST("/two")}`;

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const run = (skill: string, key: string, ref = "r") =>
  tenant.send(`POST /skills/${skill}/run`, { input: { ref } }, { "idempotency-key": key });

const runIdOf = async (answer: Response) => (await answer.json<{ run_id: string }>()).run_id;

describe("100 requests at once under one key", () => {
  it("are one run with identical bytes, and its writes leave once", async () => {
    await tenant.saveSkill("test/write", WRITE, INPUT);
    const answers = await Promise.all(Array.from({ length: 100 }, () => run("test/write", "k")));
    const texts = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect(texts.size).toBe(1);
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
    expect(answers.filter((answer) => answer.headers.get("idempotency-replayed") !== "true")).toHaveLength(1);
    expect((await visits()).map(({ url }) => url)).toEqual([
      "https://sink.example/one",
      "https://sink.example/two",
    ]);
    expect(await tenant.ask("GET /runs")).toMatchObject({ runs: [{ status: "succeeded" }] });
  });

  it("keep the key to themselves: another body is refused, another user has a key of the same name", async () => {
    await tenant.saveSkill("test/write", WRITE, INPUT);
    await run("test/write", "k");
    expect((await run("test/write", "k", "other")).status).toBe(422);
    expect(await visits()).toHaveLength(2);
  });

  it("have the same place when they are asynchronous", async () => {
    await tenant.saveSkill("test/write", WRITE, INPUT);
    const body = { input: { ref: "r" }, async: true };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        tenant.send("POST /skills/test/write/run", body, { "idempotency-key": "k" }),
      ),
    );
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { run_id: string }[];
    expect(new Set(bodies.map(({ run_id }) => run_id)).size).toBe(1);
    const [first] = bodies;
    const ended = await until(async () => {
      const seen = await tenant.ask(`GET /runs/${first?.run_id}`);
      return seen["status"] === "succeeded" ? seen : null;
    });
    expect(ended).toMatchObject({ run_id: first?.run_id });
    expect(await visits()).toHaveLength(2);
  });
});

describe("a runner that is lost in the middle", () => {
  it("goes on where it stopped when the same key is sent again; each write has one key", async () => {
    await tenant.saveSkill("test/hold", `  - id: one\n${POST("/one")}  - id: two\n${POST("/hold")}`, INPUT);
    const first = run("test/hold", "k");
    await until(async () => (await visits()).length === 2);
    await abortAllDurableObjects();
    await release();
    const cutOff = await first;
    expect(cutOff.status).toBe(503);
    expect(cutOff.headers.get("retry-after")).toBe("1");
    expect(await cutOff.json()).toMatchObject({ code: "unavailable", retryable: true });
    const second = run("test/hold", "k");
    await until(async () => (await visits()).length === 3);
    await release();
    expect(await (await second).json()).toMatchObject({ status: "succeeded" });
    const seen = await visits();
    const keysOf = (path: string) =>
      new Set(seen.filter(({ url }) => url.endsWith(path)).map(({ headers }) => headers["idempotency-key"]));
    expect(keysOf("/one").size).toBe(1);
    expect(keysOf("/hold").size).toBe(1);
    expect(seen.filter(({ url }) => url.endsWith("/one"))).toHaveLength(1);
  });

  it("is taken up by its alarm when nobody asks again", async () => {
    await tenant.saveSkill("test/hold", `  - id: one\n${POST("/hold")}`, INPUT);
    const body = { input: { ref: "r" }, async: true };
    const runId = await runIdOf(await tenant.send("POST /skills/test/hold/run", body));
    await until(async () => (await visits()).length === 1);
    await abortAllDurableObjects();
    await release();
    const shard = Number(runId.split("_")[1]);
    expect(await runDurableObjectAlarm(tenant.runner(shard))).toBe(true);
    await until(async () => (await visits()).length === 2);
    await release();
    await until(async () => (await tenant.ask(`GET /runs/${runId}`))["status"] === "succeeded");
    const keys = (await visits()).map(({ headers }) => headers["idempotency-key"]);
    expect(new Set(keys)).toEqual(new Set([`${runId}:one:1`]));
  });

  it("asks a person where the target does not know keys, and goes on by the answer", async () => {
    await tenant.saveSkill("test/plain", `  - id: one\n${POST("/hold").replace("sink", "plain")}`, INPUT);
    await tenant.send("PUT /connectors/plain", "type: http\nbase_url: https://plain.example\n");
    const first = run("test/plain", "k");
    await until(async () => (await visits()).length === 1);
    await abortAllDurableObjects();
    await release();
    await first;
    const waiting = await run("test/plain", "k");
    expect(waiting.status).toBe(202);
    const runId = await runIdOf(waiting);
    expect(await tenant.ask(`GET /runs/${runId}`)).toMatchObject({
      status: "waiting",
      waiting_for: "outcome",
    });
    await tenant.send(`POST /runs/${runId}/resolve`, { happened: true });
    expect(await tenant.ask(`GET /runs/${runId}`)).toMatchObject({ status: "succeeded" });
    expect(await visits()).toHaveLength(1);
  });

  it("answers the same bytes after an eviction and after the drain", async () => {
    await tenant.saveSkill("test/write", WRITE, INPUT);
    const first = await (await run("test/write", "k")).text();
    const shard = Number(String(JSON.parse(first).run_id).split("_")[1]);
    await evictDurableObject(tenant.runner(shard));
    expect(await (await run("test/write", "k")).text()).toBe(first);
    await tenant.runner(shard).drain();
    const replayed = await run("test/write", "k");
    expect(replayed.headers.get("idempotency-replayed")).toBe("true");
    expect(await replayed.text()).toBe(first);
  });
});

it("drains a run into one row, however often", async () => {
  const paid = "  - id: think\n    llm: { model: mock/echo, prompt: hello, max_tokens: 16 }\n";
  await tenant.saveSkill("test/paid", paid);
  const runId = await runIdOf(await tenant.send("POST /skills/test/paid/run", {}));
  const runner = tenant.runner(Number(runId.split("_")[1]));
  await Promise.all([runner.drain(), runner.drain()]);
  await abortAllDurableObjects();
  await tenant.runner(Number(runId.split("_")[1])).drain();
  const rows = await env.DB.prepare("select status, cost_micro_usd as cost from runs where tenant = ?")
    .bind(tenant.id)
    .all<{ status: string; cost: number }>();
  expect(rows.results).toEqual([{ status: "succeeded", cost: expect.any(Number) }]);
  const cost = rows.results[0]?.cost ?? 0;
  expect(cost).toBeGreaterThan(0);
  const ledger = await env.DB.prepare(
    "select sum(micro_usd) as sum, count(*) as n from ledger where tenant = ?",
  )
    .bind(tenant.id)
    .first();
  expect(ledger).toEqual({ sum: 0, n: 2 });
  const budget = await tenant.guard.budget();
  expect(budget).toMatchObject({ heldMicroUsd: 0, spentDayMicroUsd: cost });
});

it("books what a run spent before it waited once", async () => {
  const think = (n: number) =>
    `  - id: think${n}\n    llm: { model: mock/echo, prompt: hello, max_tokens: 16 }\n`;
  const more = `${INPUT}approval: { ask: always, by: owner }\n`;
  await tenant.saveSkill("test/asked", `${think(1)}  - id: one\n${POST("/one")}${think(2)}`, more);
  const waiting = await run("test/asked", "k");
  const { run_id, approval } = await waiting.json<{ run_id: string; approval: { id: string } }>();
  expect(await tenant.guard.budget()).toMatchObject({ heldMicroUsd: 0 });
  await tenant.send(`POST /approvals/${approval.id}`, { decision: "approve" });
  const ended = await tenant.ask(`GET /runs/${run_id}`);
  expect(ended).toMatchObject({ status: "succeeded" });
  await tenant.ask("GET /budgets");
  const cost = (ended["cost"] as { micro_usd: number }).micro_usd;
  expect(await tenant.guard.budget()).toMatchObject({ heldMicroUsd: 0, spentDayMicroUsd: cost });
});

it("plans anew when a skill was saved behind a cached catalogue", async () => {
  await tenant.saveSkill("test/one", "  - id: a\n    set: { x: 1 }\n", 'output: { x: "${{ a.x }}" }\n');
  expect(await tenant.ask("POST /skills/test/one/run", {})).toMatchObject({ result: { x: 1 } });
  await tenant.saveSkill("test/one", "  - id: a\n    set: { x: 2 }\n", 'output: { x: "${{ a.x }}" }\n');
  expect(await tenant.ask("POST /skills/test/one/run", {})).toMatchObject({ result: { x: 2 } });
});
