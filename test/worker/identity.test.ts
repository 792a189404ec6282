// What a caller may not do, and what he may not even learn.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../src/kernel/domain/hash.ts";
import { D1Identity } from "../../src/storage/d1/identity.ts";
import { aTenant, Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

async function withScopes(scopes: readonly string[]): Promise<Tenant> {
  const key = `${tenant.key}_scoped`;
  await env.DB.prepare(
    `insert into api_keys (hash, id, tenant, user, role, scopes, unlimited, created_at) values (?, ?, ?, 'anna', 'owner', ?, 1, 0)`,
  )
    .bind(sha256(key), `key_${key}`, tenant.id, JSON.stringify(scopes))
    .run();
  return new Tenant(tenant.id, key);
}

describe("a smaller role", () => {
  it("does not reach what its key could: no connectors, no budgets", async () => {
    const as = { "x-skillos-role": "member" };
    for (const [route, body] of [
      ["PUT /connectors/sink", "type: http\nbase_url: https://sink.example\n"],
      ["PUT /budgets", { scope: "tenant", daily_usd: 100 }],
      ["GET /audit", undefined],
      ["POST /data/notes", "a\n1\n"],
    ] as const)
      expect(await tenant.ask(route, body, as)).toMatchObject({ status: 403, code: "forbidden" });
  });

  it("reaches no further with a key that says more: a viewer replaces no table", async () => {
    const viewer = await tenant.join("egor", "viewer");
    const refused = await viewer.ask("POST /data/notes", "a\n1\n", { "content-type": "text/csv" });
    expect(refused).toMatchObject({ status: 403, code: "forbidden" });
    expect(await tenant.ask("GET /data")).toMatchObject({ tables: [] });
  });
});

describe("a budget", () => {
  it("is not finer than what can be counted", async () => {
    const put = (usd: number) => tenant.ask("PUT /budgets", { scope: "tenant", per_request_usd: usd });
    for (const usd of [1e-9, 0.0000015, 0.12345678])
      expect(await put(usd)).toMatchObject({ status: 400, code: "bad_request" });
    for (const usd of [0.000001, 0.05, 123_456.789012, 0])
      expect(await put(usd)).toMatchObject({ limits: { per_request_usd: usd } });
  });
});

describe("files of the registry", () => {
  const CONNECTOR = { path: "connectors/shop.yaml", text: "type: http\nbase_url: https://shop.example\n" };
  const SKILL = { path: "test/one.yaml", text: "description: x\nsteps:\n  - id: a\n    set: { x: 1 }\n" };

  it.each([
    { scopes: ["read", "run"], skill: 403, connector: 403 },
    { scopes: ["read", "run", "build"], skill: 200, connector: 403 },
    { scopes: ["admin"], skill: 200, connector: 200 },
  ])("need the same key as what is put one by one: $scopes", async ({ scopes, skill, connector }) => {
    const caller = await withScopes(scopes);
    const told = async (route: string, body: object | string) => (await caller.send(route, body)).status;
    expect(await told("POST /registry/files", { files: [SKILL] })).toBe(skill);
    expect(await told("PUT /skills/test/one", SKILL.text)).toBe(skill);
    expect(await told("POST /registry/files", { files: [CONNECTOR] })).toBe(connector);
    expect(await told("PUT /connectors/shop", CONNECTOR.text)).toBe(connector);
  });

  it("that may change where secrets go need an admin key", async () => {
    const builder = await withScopes(["read", "run", "build"]);
    const send = (body: object) => builder.ask("POST /registry/files", body);
    const forbidden = { status: 403, code: "forbidden" };
    expect(await send({ files: [SKILL] })).toMatchObject({ skills: 1, problems: [] });
    expect(await send({ files: [SKILL, CONNECTOR] })).toMatchObject(forbidden);
    expect(await send({ files: [{ path: CONNECTOR.path, deleted: true }] })).toMatchObject(forbidden);
    expect(await send({ files: [SKILL], complete: true })).toMatchObject(forbidden);
    const all = { files: [SKILL, CONNECTOR], complete: true };
    expect(await tenant.ask("POST /registry/files", all)).toMatchObject({ skills: 1, problems: [] });
  });
});

describe("another tenant's run", () => {
  it("is told in the bytes of one that does not exist, everywhere", async () => {
    await tenant.store.importTable("quotes", [{ id: 1 }], "own");
    await tenant.saveSkill("test/remove", "  - id: gone\n    sql: delete from quotes\n");
    const { run_id } = (await tenant.ask("POST /skills/test/remove/run", {})) as { run_id: string };
    const shard = run_id.split("_")[1] ?? "0";
    const none = `run_${shard}_00000000000000000000000000`;
    const stranger = await aTenant();
    await stranger.saveSkill("test/own", "  - id: a\n    set: { x: 1 }\n");
    const routes = (id: string) =>
      [
        [`GET /runs/${id}`],
        [`GET /runs/${id}/events`],
        [`GET /runs/${id}/execution-log`],
        [`POST /runs/${id}/cancel`, {}],
        [`POST /runs/${id}/resolve`, { happened: true }],
        [`GET /approvals/${id.replace("run", "apr")}`],
        [`POST /approvals/${id.replace("run", "apr")}`, { decision: "approve" }],
        ["POST /eval", { expression: "1", run_id: id }],
        ["POST /feedback", { expected_skill_id: "test/own", run_id: id }],
        [`GET /runs/r-${id.slice(-6)}`],
      ] as const;
    const told = async (id: string) =>
      Promise.all(
        routes(id).map(async ([route, body]) => {
          const answer = await stranger.send(route, body);
          const text = (await answer.text()).replace(/"request_id":"[^"]*"/, "");
          const headers = [...answer.headers].filter(([name]) => name !== "date");
          return {
            route: route.replaceAll(id.slice(-26), "ID"),
            status: answer.status,
            headers,
            text: text.replaceAll(id.slice(-26), "ID").replaceAll(id.slice(-6), "ID"),
          };
        }),
      );
    const [theirs, nobodys] = [await told(run_id), await told(none)];
    expect(theirs.map(({ status }) => status)).toEqual(theirs.map(() => 404));
    expect(theirs.map(({ text, status, headers }) => ({ text, status, headers }))).toEqual(
      nobodys.map(({ text, status, headers }) => ({ text, status, headers })),
    );
  });
});

describe("a key without a limit", () => {
  it.each([
    { limitsAll: false, unlimited: true },
    { limitsAll: true, unlimited: false },
  ])("has one where somebody set one: $limitsAll", async ({ limitsAll, unlimited }) => {
    const hash = sha256(`${tenant.key}_${limitsAll}`);
    await env.DB.prepare(
      `insert into api_keys (hash, id, tenant, user, role, scopes, unlimited, created_at) values (?, ?, ?, 'anna', 'owner', '[]', 1, 0)`,
    )
      .bind(hash, `key_${hash}`, tenant.id)
      .run();
    const found = await new D1Identity(env.DB, { limitsAll, background: () => undefined }).findByKey(hash, 0);
    expect(found).toMatchObject({ unlimited });
  });
});
