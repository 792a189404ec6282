// What is too large or too deep is refused by name, size and mend; it never breaks anything.
import { listDurableObjectIds } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { toCaller } from "./caller.ts";
import { aTenant, type Body, type Tenant, visits } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const get = (id: string, path: string) => `  - id: ${id}\n    http: { get: ${path}, connector: sink }\n`;
const run = (body: object = {}) => tenant.ask("POST /skills/test/big/run", body);
const problemOf = (answer: Body) => answer["problem"] as { code: string; detail: string; fix: string };

describe("a value that is too large", () => {
  it("fails its step with size, limit and mend", async () => {
    await tenant.saveSkill("test/big", get("page", "/large/6"), 'output: { text: "${{ page.body }}" }\n');
    const failed = await run();
    expect(failed).toMatchObject({ status: "failed", problem: { code: "too_large", status: 413 } });
    expect(problemOf(failed).detail).toMatch(/It has 6 MB; at most 1\.5 MB/);
    expect(problemOf(failed).fix).not.toBe("");
  });

  it("of the tenant's own tables too", async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => ({ id: n, text: "x".repeat(1_000) }));
    await tenant.store.importTable("notes", rows, "own");
    await tenant.saveSkill("test/big", "  - id: all\n    sql: select * from notes\n");
    expect(await run()).toMatchObject({ status: "failed", problem: { code: "too_large" } });
  });

  it("of a statement that multiplies rows stops before it fills the memory", async () => {
    const rows = Array.from({ length: 2_000 }, (_, n) => ({ id: n, text: "x".repeat(1_000) }));
    await tenant.store.importTable("notes", rows, "own");
    await tenant.saveSkill(
      "test/big",
      "  - id: all\n    sql: select a.text as one, b.text as other from notes a, notes b\n",
    );
    expect(await run()).toMatchObject({ status: "failed", problem: { code: "step_failed" } });
  });

  it("leaves nothing behind that stops the runs after it", async () => {
    await tenant.saveSkill("test/big", get("a", "/large/1") + get("b", "/large/1") + get("c", "/large/1"));
    const done = await run();
    expect(done).toMatchObject({ status: "succeeded" });
    await tenant.saveSkill("test/big", get("a", "/fine"));
    await run();
    expect(await tenant.ask("GET /runs")).toMatchObject({
      runs: [{ status: "succeeded" }, { status: "succeeded" }],
    });
    expect(await tenant.ask(`GET /runs/${String(done["run_id"])}`)).toMatchObject({ status: "succeeded" });
  });

  it("stops a write before it leaves where the run could not be kept", async () => {
    const steps = get("a", "/large/1") + get("b", "/large/1");
    await tenant.saveSkill(
      "test/big",
      `${steps}  - id: c\n    http: { post: /one, connector: sink, body: {} }\n`,
    );
    expect(await run()).toMatchObject({ status: "failed", problem: { code: "too_large" } });
    expect((await visits()).filter(({ method }) => method === "POST")).toEqual([]);
  });

  it("in the answer of a write does not make the write undone", async () => {
    await tenant.saveSkill(
      "test/big",
      "  - id: a\n    http: { post: /large/6, connector: sink, body: {} }\n",
      'output: { status: "${{ a.status }}", body: "${{ a.body }}" }\n',
    );
    expect(await run()).toMatchObject({ status: "succeeded", result: { status: 200, body: null } });
  });

  it("is no result", async () => {
    await tenant.saveSkill("test/big", get("a", "/large/1"), 'output: { text: "${{ a.body }}" }\n');
    const failed = await run();
    expect(failed).toMatchObject({
      status: "failed",
      problem: { code: "too_large", title: "Too large: the result" },
    });
    expect(await tenant.ask(`GET /runs/${String(failed["run_id"])}`)).toMatchObject({ status: "failed" });
  });

  it("is no input", async () => {
    await tenant.saveSkill("test/big", get("a", "/fine"), "input:\n  text: { type: text, ask: Text }\n");
    const refused = await run({ input: { text: "x".repeat(2_000_000) } });
    expect(refused).toMatchObject({ status: 413, code: "too_large" });
  });

  it("is no list that anybody could agree to", async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => ({ id: n, text: "x".repeat(1_000) }));
    await tenant.store.importTable("notes", rows, "own");
    await tenant.saveSkill("test/big", "  - id: gone\n    sql: delete from notes\n");
    for (const body of [{}, { dry_run: true }])
      expect(await run(body)).toMatchObject({ status: "failed", problem: { code: "too_large" } });
  });
});

describe("what is nested too deep", () => {
  const DEEP = "[".repeat(10_000) + "]".repeat(10_000);

  it.each([
    ["POST /run", `{"query":"x","input":{"a":${DEEP}}}`],
    ["POST /skills/test/big/run", `{"input":{"a":${DEEP}}}`],
    ["POST /data/notes", DEEP],
    ["PUT /connectors/deep", `{"type":"http","base_url":"https://a.example","headers":${DEEP}}`],
    ["PUT /skills/test/deep", `description: x\nsteps: ${DEEP}\n`],
    ["POST /schedules", `{"id":"a","skill":"test/big","cron":"0 0 * * *","input":{"a":${DEEP}}}`],
  ])("%s is a bad request", async (route, body) => {
    await tenant.saveSkill("test/big", get("a", "/fine"));
    expect((await tenant.send(route, body)).status).toBe(400);
  });

  it("is refused at its step when steps wrap it on and on, and keeps no other run from its end", async () => {
    const [open, close] = ["[".repeat(20), "]".repeat(20)];
    const wrap = (n: number) =>
      `  - id: s${n}\n    set: { v: "\${{ ${open}${n === 0 ? 1 : `s${n - 1}.v`}${close} }}" }\n`;
    await tenant.saveSkill("test/big", Array.from({ length: 60 }, (_, n) => wrap(n)).join(""));
    const failed = await run();
    expect(failed).toMatchObject({
      status: "failed",
      problem: { code: "too_large", title: "Nested too deep: step s9", limit_levels: 200 },
    });
    expect(problemOf(failed).fix).toMatch(/flatter/);
    await tenant.saveSkill("test/plain", "  - id: s\n    set: { v: 1 }\n");
    await tenant.ask("POST /skills/test/plain/run", {});
    expect(await tenant.ask("GET /runs")).toMatchObject({
      runs: [{ status: "succeeded" }, { status: "failed" }],
    });
  });

  it("in an answer fails its step", async () => {
    await tenant.saveSkill("test/big", get("a", "/deep/10000"), 'output: { a: "${{ a.body }}" }\n');
    expect(await run()).toMatchObject({ status: "failed", problem: { code: "step_failed" } });
  });

  it("in the answer of a write is its text", async () => {
    const post = "  - id: a\n    http: { post: /deep/10000, connector: sink, body: {} }\n";
    await tenant.saveSkill("test/big", post);
    expect(await run()).toMatchObject({ status: "succeeded" });
  });
});

it("an attachment of 5 MB is taken", async () => {
  const data = btoa("x".repeat(5_000_000));
  await tenant.saveSkill("test/big", get("a", "/fine"));
  const answer = await run({ attachments: [{ filename: "a.txt", data }] });
  expect(answer).toMatchObject({ status: "succeeded" });
});

it("a broken table says where", async () => {
  const broken = await tenant.ask("POST /data/notes", '[{"a": 1},\n {"a": }]');
  expect(broken).toMatchObject({ status: 400, code: "bad_request" });
  expect(String(broken["detail"])).toContain("line 2");
});

it.each([
  ["text/csv", (names: readonly string[]) => `${names.join(";")}\n${names.map(() => "1").join(";")}\n`],
  [
    "application/json",
    (names: readonly string[]) => JSON.stringify([Object.fromEntries(names.map((n) => [n, 1]))]),
  ],
])("a table with too many columns is refused as %s", async (type, toBody) => {
  const names = Array.from({ length: 513 }, (_, n) => `c${n}`);
  const refused = await tenant.ask("POST /data/notes", toBody(names), { "content-type": type });
  expect(refused).toMatchObject({ status: 400, code: "bad_request" });
  expect(String(refused["detail"])).toContain("more than 512 columns");
});

it("a run id of a shard that nobody has is no run, and makes no object", async () => {
  const id = "run_77_01m8ft28b90aw9eehtxdcj3yh4";
  const before = await listDurableObjectIds(env.RUNNER);
  for (const route of [
    `GET /runs/${id}`,
    `POST /runs/${id}/cancel`,
    `POST /runs/${id}/resolve`,
    `GET /runs/${id}/events`,
  ])
    expect(
      await tenant.ask(
        route,
        route.startsWith("POST") ? { ...(route.endsWith("resolve") && { happened: true }) } : undefined,
      ),
    ).toMatchObject({
      status: 404,
    });
  expect(await tenant.ask(`GET /approvals/${id.replace("run", "apr")}`)).toMatchObject({ status: 404 });
  expect((await listDurableObjectIds(env.RUNNER)).length).toBe(before.length);
});

describe("a body without a declared length", () => {
  const MEGABYTE = 1_048_576;

  it("is not read further than its limit", async () => {
    const caller = await toCaller();
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1;
        controller.enqueue(new Uint8Array(MEGABYTE));
      },
    });
    const { status, body } = await caller.ask("POST /run", { raw: endless });
    expect(status).toBe(413);
    expect(body).toMatchObject({ code: "too_large", fix: "Send a smaller part." });
    // The runtime reads some way ahead.
    expect(given).toBeLessThan(64);
  });
});
