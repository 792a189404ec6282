// The one door, from outside: a counting world sees what the door sent and nothing else, and secrets do not come back.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { toVault } from "../../src/compose/compose.ts";
import { R2SavedAnswers } from "../../src/storage/r2/saved-answers.ts";
import { aTenant, type Tenant, until, visits } from "./tenant.ts";

const CANARIES = ["canary-7f3a9c51e2", "canary-plain-name-88"];
const OUTSIDE = "connector: outside";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

async function saveOutside(more = ""): Promise<void> {
  const made = await tenant.send(
    "PUT /connectors/outside",
    `type: http\nbase_url: https://api.example\n${more}`,
  );
  expect(made.status).toBe(200);
}

describe("beside the door", () => {
  it("nothing in the Worker reaches the network", () => {
    expect(() => globalThis.fetch("https://beside.example/")).toThrow(/through the door/);
  });

  it.each(["guard", "store"] as const)("nothing in the %s reaches the network", async (name) => {
    const stub: DurableObjectStub = tenant[name];
    const said = await runInDurableObject(stub, () => {
      try {
        void globalThis.fetch("https://beside.example/");
        return "sent";
      } catch (error) {
        return String(error);
      }
    });
    expect(said).toMatch(/through the door/);
    expect(await visits()).toEqual([]);
  });

  it("the world outside sees one request per effect, and none of a dry run's writes", async () => {
    await saveOutside();
    await tenant.saveSkill(
      "test/both",
      `  - id: look\n    http: { get: /look, ${OUTSIDE} }\n  - id: send\n    http: { post: /send, ${OUTSIDE}, body: { a: 1 } }\n`,
    );
    const planned = await tenant.ask("POST /skills/test/both/run", { dry_run: true });
    expect(planned).toMatchObject({ status: "planned" });
    expect((await visits()).map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET https://api.example/look",
    ]);
    expect(await tenant.ask("POST /skills/test/both/run", {})).toMatchObject({ status: "succeeded" });
    expect((await visits()).map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET https://api.example/look",
      "GET https://api.example/look",
      "POST https://api.example/send",
    ]);
  });
});

describe("a secret", () => {
  const SECRETS =
    "headers:\n  authorization: Bearer secret:CANARY_KEY\n  x-weather: secret:WEATHER\nquery: { key: secret:CANARY_KEY }\n";
  const ECHO = `  - id: echo\n    http: { get: /echo, ${OUTSIDE} }\n`;
  const OUTPUT = 'output: { seen: "${{ echo.body }}" }\nanswer: "${{ string(echo.body.headers) }}"\n';

  it("goes out, and comes back masked in answers, journals, recordings, events and rows", async () => {
    await saveOutside(SECRETS);
    await tenant.saveSkill("test/echo", ECHO, OUTPUT);
    const body = { record: true, debug: true };
    const answer = await (
      await tenant.send("POST /skills/test/echo/run", body, { "idempotency-key": "k" })
    ).text();
    expect(JSON.parse(answer)).toMatchObject({ status: "succeeded" });
    const [visit] = await visits();
    expect(visit?.headers).toMatchObject({
      authorization: `Bearer ${CANARIES[0]}`,
      "x-weather": CANARIES[1],
    });
    const runId: string = JSON.parse(answer).run_id;
    const told = [answer, JSON.stringify(await tenant.ask(`GET /runs/${runId}`))];
    const shard = Number(runId.split("_")[1]);
    told.push(await dump(tenant.runner(shard)));
    await tenant.runner(shard).drain();
    told.push(await dump(tenant.runner(shard)), await dumpD1());
    for (const text of told) for (const canary of CANARIES) expect(text).not.toContain(canary);
    expect(answer).toContain("•••");
  });

  it("is not put into text that names it: an input's, a skill's", async () => {
    await saveOutside(SECRETS);
    await tenant.saveSkill(
      "test/say",
      `  - id: say
    http:
      post: /send
      ${OUTSIDE}
      query: { text: "\${{ input.text }}", tag: [a, b] }
      headers: { x-note: "\${{ input.text }}", x-own: "secret:WEATHER" }
      body: { a: 1 }\n`,
      "input:\n  text: { type: text, ask: What }\n",
    );
    const say = async (text: string) => tenant.ask("POST /skills/test/say/run", { input: { text } });
    expect(await say("hello secret:CANARY_KEY")).toMatchObject({ status: "succeeded" });
    expect(await say("the secret:ABC of it")).toMatchObject({ status: "succeeded" });
    const [named, unknown] = await visits();
    expect(named?.headers).toMatchObject({
      authorization: `Bearer ${CANARIES[0]}`,
      "x-note": "hello secret:CANARY_KEY",
      "x-own": "secret:WEATHER",
    });
    expect([...new URL(named?.url ?? "").searchParams]).toEqual([
      ["key", CANARIES[0]],
      ["text", "hello secret:CANARY_KEY"],
      ["tag", "a"],
      ["tag", "b"],
    ]);
    expect(new URL(unknown?.url ?? "").searchParams.get("text")).toBe("the secret:ABC of it");
  });

  it("is masked in the answer that is kept for a bad day", async () => {
    await saveOutside(SECRETS);
    await tenant.saveSkill("test/echo", ECHO, OUTPUT);
    expect(await tenant.ask("POST /skills/test/echo/run", {})).toMatchObject({ status: "succeeded" });
    const kept = await until(async () => {
      const { objects } = await env.BLOBS.list({ prefix: `answers/${tenant.id}/` });
      const key = objects[0]?.key.split("/").at(-1);
      return key !== undefined && new R2SavedAnswers(env.BLOBS, toVault(env)).load(tenant.id, key);
    });
    const text = new TextDecoder().decode(kept.body);
    for (const canary of CANARIES) expect(text).not.toContain(canary);
    expect(JSON.parse(text)).toMatchObject({ ok: true, headers: { authorization: "Bearer ***" } });
  });

  it("is masked in the host that a redirect led to", async () => {
    await saveOutside(SECRETS);
    const to = `http://${CANARIES[0]}.localhost/`;
    await tenant.saveSkill(
      "test/fail",
      `  - id: a\n    http: { get: /redirect, query: { to: "${to}" }, ${OUTSIDE} }\n`,
    );
    const answer = await (await tenant.send("POST /skills/test/fail/run", {})).text();
    expect(answer).toContain("address_forbidden");
    expect(JSON.parse(answer).problem ?? JSON.parse(answer)).toMatchObject({ host: "•••.localhost" });
  });

  it("is masked in what a failure says", async () => {
    await saveOutside(SECRETS);
    await tenant.saveSkill("test/fail", `  - id: echo\n    http: { get: /status/500, ${OUTSIDE} }\n`);
    const answer = await (await tenant.send("POST /skills/test/fail/run", { debug: true })).text();
    for (const canary of CANARIES) expect(answer).not.toContain(canary);
  });

  it("does not follow a redirect to another host, nor go where its connector does not", async () => {
    await saveOutside(SECRETS);
    await tenant.saveSkill(
      "test/away",
      `  - id: a\n    http: { get: /redirect, query: { to: "https://other.example/x" }, ${OUTSIDE} }\n`,
    );
    await tenant.ask("POST /skills/test/away/run", {});
    const other = (await visits()).filter(({ url }) => url.startsWith("https://other.example"));
    expect(other).toHaveLength(1);
    for (const canary of CANARIES) expect(JSON.stringify(other)).not.toContain(canary);
  });
});

/** Every row of every table of an object. */
async function dump(stub: DurableObjectStub): Promise<string> {
  return runInDurableObject(stub, (_, state) => {
    const { sql } = state.storage;
    const tables = sql
      .exec("select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\'")
      .toArray();
    return JSON.stringify(tables.map(({ name }) => sql.exec(`select * from "${String(name)}"`).toArray()));
  });
}

async function dumpD1(): Promise<string> {
  const rows = await Promise.all(
    ["runs", "event_log", "ledger", "audit"].map(
      async (table) => (await env.DB.prepare(`select * from ${table}`).all()).results,
    ),
  );
  expect(rows[0]).toHaveLength(1);
  return JSON.stringify(rows);
}
