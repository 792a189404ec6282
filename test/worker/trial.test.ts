// The trial before a run with writes: what it read is what is agreed to, and what it paid is paid once.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Tenant, until, visits } from "./tenant.ts";

const ASK = "  - id: said\n    llm: { model: mock/echo, prompt: hello, max_tokens: 50 }\n";
const READ = "  - id: page\n    http: { get: /price, connector: sink }\n";
const REMOVE = "  - id: gone\n    sql: delete from quotes where id in (1, 2)\n";
const SEND = '  - id: sent\n    http: { post: /one, connector: sink, body: { text: "${{ said.text }}" } }\n';

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.store.importTable("quotes", [{ id: 1 }, { id: 2 }, { id: 3 }], "own");
});

const spent = async () => {
  const budget = await tenant.ask("GET /budgets");
  return { spent: budget["spent_usd"], held: budget["held_usd"] };
};

const modelCost = 2 + 2; // "hello" is two tokens in and two out, at one micro-USD each.

describe("a run that needs a yes", () => {
  it("pays for its model once: in the trial", async () => {
    await tenant.saveSkill("test/remove", ASK + READ + REMOVE);
    const done = await tenant.ask("POST /skills/test/remove/run", { approval: "approved" });
    expect(done).toMatchObject({ status: "succeeded", cost: { micro_usd: modelCost } });
    expect(await visits()).toHaveLength(1);
    expect(await spent()).toEqual({ spent: { day: modelCost / 1e6, month: modelCost / 1e6 }, held: 0 });
  });

  it("keeps what it paid while it waits, and goes on from there after the yes", async () => {
    await tenant.saveSkill("test/remove", ASK + REMOVE);
    const waiting = await tenant.ask("POST /skills/test/remove/run", {});
    expect(waiting).toMatchObject({ status: "waiting", waiting_for: "approval" });
    expect(await spent()).toMatchObject({ held: 0 });
    const approval = waiting["approval"] as { id: string };
    const done = await tenant.ask(`POST /approvals/${approval.id}`, { decision: "approve" });
    expect(done).toMatchObject({ status: "succeeded", cost: { micro_usd: modelCost } });
    expect(await spent()).toEqual({ spent: { day: modelCost / 1e6, month: modelCost / 1e6 }, held: 0 });
    expect(
      await tenant.store.run(
        {
          text: "select id from quotes",
          values: [],
          class: "read",
          table: null,
          tables: ["quotes"],
          maxRows: null,
        },
        null,
        null,
      ),
    ).toMatchObject({ rows: [{ id: 3 }] });
  });

  it("that is refused has still paid for what was read", async () => {
    await tenant.saveSkill("test/remove", ASK + REMOVE);
    const waiting = await tenant.ask("POST /skills/test/remove/run", {});
    const approval = waiting["approval"] as { id: string };
    const denied = await tenant.ask(`POST /approvals/${approval.id}`, { decision: "deny" });
    expect(denied).toMatchObject({ status: "failed", problem: { code: "approval_denied" } });
    expect(await spent()).toEqual({ spent: { day: modelCost / 1e6, month: modelCost / 1e6 }, held: 0 });
  });
});

describe("every write of the list", () => {
  const post = (id: string, more = "") =>
    `- id: ${id}\n  ${more}\n  http: { post: /${id}, connector: sink, body: { a: 1 } }\n`;
  const indent = (text: string, by: number) => text.replace(/^/gm, " ".repeat(by)).trimEnd();
  const slow = "timeout: 10s";
  it.each([
    [
      "beside one with a time limit",
      `  - id: both\n    parallel:\n      x:\n${indent(post("w1", slow), 8)}\n      y:\n${indent(post("w2"), 8)}\n`,
    ],
    ["that needs nothing", indent(`- id: a\n  skill: { run: test/inner }\n${post("w2", "needs: []")}`, 2)],
    [
      "after one that needs nothing",
      indent(post("w1", `${slow}\n  needs: []`) + post("w3", "needs: []") + post("w2", "needs: [w3]"), 2),
    ],
  ])("%s is sent once", async (_, steps) => {
    await tenant.saveSkill("test/inner", indent(post("w1", slow), 2));
    await tenant.saveSkill("test/many", steps, "approval: { ask: always, by: owner }\n");
    const done = await tenant.ask("POST /skills/test/many/run", { approval: "approved" });
    expect(done).toMatchObject({ status: "succeeded" });
    const { manifest } = done["plan"] as { manifest: { step: string }[] };
    const listed = manifest.map(({ step }) => `/${step.split("/").at(-1)}`);
    const sent = (await visits()).map(({ url }) => new URL(url).pathname);
    expect(sent.toSorted()).toEqual(listed.toSorted());
    expect(sent).toEqual(expect.arrayContaining(["/w1", "/w2"]));
  });
});

describe("a trial that failed and is tried again", () => {
  it("leaves no write done, and nothing as it was read then", async () => {
    const answers = (code: number) => tenant.store.importTable("answers", [{ code }], "own");
    await answers(503);
    const write = "  - id: w\n    http: { post: /w, connector: sink, body: { a: 1 } }\n";
    const code = "  - id: row\n    sql: select code from answers\n";
    const read = '  - id: r\n    http: { get: "/status/${{ row.first.code }}", connector: sink }\n';
    await tenant.saveSkill("test/again", write + code + read, "approval: { ask: always, by: owner }\n");
    const first = await tenant.ask("POST /skills/test/again/run", { max_retries: 3 });
    expect(first).toMatchObject({ status: "queued" });
    await answers(200);
    const waiting = await until(async () => {
      const run = await tenant.ask(`GET /runs/${String(first["run_id"])}`);
      return run["status"] === "queued" || run["status"] === "running" ? null : run;
    });
    expect(waiting).toMatchObject({ status: "waiting" });
    const approval = waiting["approval"] as { id: string };
    const done = await tenant.ask(`POST /approvals/${approval.id}`, { decision: "approve" });
    expect(done).toMatchObject({ status: "succeeded" });
    const writes = (await visits()).filter(({ method }) => method === "POST");
    expect(writes.map(({ url }) => url)).toEqual(["https://sink.example/w"]);
  });
});

describe("a table that a write of the list changes", () => {
  const ids = "  - id: ids\n    sql: select id from quotes\n";
  const count =
    '  - id: told\n    http: { post: /count, connector: sink, body: { n: "${{ size(ids.rows) }}" } }\n';
  it.each([
    {
      how: "is read after it",
      steps: `  - id: add\n    sql: insert into quotes (id) values (4)\n${ids}${count}`,
      bodies: ['{"n":4}'],
      left: [1, 2, 3, 4],
    },
    {
      how: "is changed again",
      steps:
        "  - id: up\n    sql: update quotes set id = id + 10\n  - id: gone\n    sql: delete from quotes where id > 11\n",
      bodies: [],
      left: [11],
    },
  ])("$how: that is done as it is found then", async ({ steps, bodies, left }) => {
    await tenant.saveSkill("test/twice", steps, "approval: { ask: always, by: owner }\n");
    const waiting = await tenant.ask("POST /skills/test/twice/run", {});
    const { manifest } = waiting["plan"] as { manifest: { entities: unknown }[] };
    expect(manifest.map(({ entities }) => entities === "unknown until run")).toEqual([false, true]);
    const { id } = waiting["approval"] as { id: string };
    const done = await tenant.ask(`POST /approvals/${id}`, { decision: "approve" });
    expect(done).toMatchObject({ status: "succeeded" });
    expect((await visits()).map(({ body }) => body)).toEqual(bodies);
    const text = "select id from quotes order by id";
    const rows = left.map((one) => ({ id: one }));
    expect(
      await tenant.store.run(
        { text, values: [], class: "read", table: null, tables: ["quotes"], maxRows: null },
        null,
        null,
      ),
    ).toMatchObject({ rows });
  });
});

describe("a trial run", () => {
  it("pays for the models it asked, within the budget, and sends nothing", async () => {
    await tenant.saveSkill("test/send", ASK + SEND);
    const planned = await tenant.ask("POST /skills/test/send/run", { dry_run: true });
    expect(planned).toMatchObject({ status: "planned", cost: { micro_usd: modelCost } });
    expect(await visits()).toEqual([]);
    expect(await spent()).toMatchObject({ spent: { day: modelCost / 1e6 }, held: 0 });
  });

  it("says how the skill wants its entities shown, money with its currency", async () => {
    const columns = "[{'id': 1, 'total': money(2.5, 'RUB')}]";
    const show = (text: string) => `approval: { ask: policy, show: "\${{ ${text} }}" }\n`;
    const plan = async (text: string) => {
      await tenant.saveSkill("test/remove", REMOVE, show(text));
      const { plan } = await tenant.ask("POST /skills/test/remove/run", { dry_run: true });
      return plan as Record<string, unknown>;
    };
    const shown = await plan(columns);
    expect(shown).toMatchObject({ show: [{ id: 1, total: 2.5 }], formats: { total: "RUB" } });
    // What only a done write knows cannot be shown before: the list is drawn without.
    expect(await plan("gone.rows.map(r, {'id': r.missing.field})")).not.toHaveProperty("show");
    const waiting = await tenant.ask("POST /skills/test/remove/run", {});
    expect(waiting).toMatchObject({ status: "waiting" });
    expect(waiting["plan"]).not.toHaveProperty("show");
  });

  it("may be asked at another time, which a real run may not", async () => {
    await tenant.saveSkill("test/send", READ, "input:\n  day: { type: date, ask: When }\n");
    const asked = {
      query: "tomorrow",
      skill: "test/send",
      dry_run: true,
      practice: true,
      asked_at: "2026-03-01T12:00:00+03:00",
    };
    expect(await tenant.ask("POST /run", asked)).toMatchObject({ input: { day: "2026-03-02" } });
    for (const real of [{ dry_run: false }, { practice: false }]) {
      const refused = await tenant.send("POST /run", { ...asked, ...real });
      expect(refused.status).toBe(400);
    }
    expect(await visits()).toEqual([]);
  });

  it("is refused, with the price of the cheaper model, where a value makes it cost too much", async () => {
    const text = "${{ page.body.url.split('').map(x, x + x).join('') }}";
    const ask = ASK.replace("prompt: hello", `prompt: "${text}"`).replace(
      "max_tokens: 50",
      "max_tokens: 100",
    );
    await tenant.ask("PUT /budgets", { scope: "tenant", per_request_usd: 0.00011 });
    await tenant.saveSkill("test/send", READ + ask);
    const refused = await tenant.ask("POST /skills/test/send/run", {});
    expect(refused).toMatchObject({ status: 402, code: "budget_exceeded" });
    expect(refused["cheaper_usd"]).toBe(Number(refused["needed_usd"]) / 2);
  });

  it("is refused where its models would cost more than a request may", async () => {
    await tenant.saveSkill("test/send", ASK.replace("max_tokens: 50", "max_tokens: 60000") + SEND);
    const refused = await tenant.send("POST /skills/test/send/run", { dry_run: true });
    expect(refused.status).toBe(402);
    // "hello" is two tokens; the cheaper model of practice costs half.
    expect(await refused.json()).toMatchObject({ needed_usd: 0.060002, cheaper_usd: 0.030001 });
    expect(await spent()).toMatchObject({ spent: { day: 0 }, held: 0 });
  });
});

describe("how many rows an insert adds", () => {
  it.each([
    ["values (1) union all select id from quotes", "waiting"],
    ["values (1 /* ) returning */) union all select id from quotes", "waiting"],
    ["values (length('a),(b') + (2)) returning id", "succeeded"],
  ])("is known without a look only where it is one: %s", async (values, status) => {
    const rows = Array.from({ length: 40 }, (_, id) => ({ id }));
    await tenant.store.importTable("quotes", rows, "own");
    await tenant.store.importTable("log", [{ id: 0 }], "own");
    await tenant.saveSkill("test/add", `  - id: add\n    sql: "insert into log (id) ${values}"\n`);
    expect(await tenant.ask("POST /skills/test/add/run", {})).toMatchObject({ status });
  });
});
