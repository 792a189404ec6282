// What can be made can be taken away: tables, schedules and webhooks, each by its own tenant only.
import { describe, expect, it } from "vitest";
import { toCaller } from "./caller.ts";

describe("a table", () => {
  it("is looked at and dropped by its own tenant, with a line in the audit, and is then unknown", async () => {
    const [caller, stranger] = [await toCaller(), await toCaller()];
    await caller.ask("POST /data/things", { raw: "n\n1\n2\n", headers: { "content-type": "text/csv" } });
    expect(await stranger.ask("DELETE /data/things")).toMatchObject({ status: 404 });
    expect(await caller.ask("DELETE /data/thing")).toMatchObject({
      status: 404,
      body: { code: "not_found", detail: "Did you mean things?" },
    });
    const text = "description: x\nsteps:\n  - id: all\n    sql: |\n      select *\n      from things\n";
    await caller.ask("PUT /skills/test/reader", { raw: text });
    expect((await caller.ask("GET /data")).body).toMatchObject({
      tables: [{ name: "things", rows: 2, skills: ["test/reader"] }],
    });
    expect((await caller.ask("GET /data/things?limit=1")).body).toEqual({
      table: "things",
      origin: "own",
      total: 2,
      rows: [{ n: 1 }],
    });
    expect(await caller.ask("GET /data/thing")).toMatchObject({ status: 404, body: { id: "thing" } });
    expect(await caller.ask("DELETE /data/things")).toMatchObject({
      status: 200,
      body: { table: "things", rows: 2, deleted: true },
    });
    expect((await caller.ask("GET /data")).body).toEqual({ tables: [] });
    expect((await caller.ask("DELETE /data/things")).status).toBe(404);
    expect((await caller.ask("GET /audit?action=table.drop")).body).toMatchObject({
      entries: [{ action: "table.drop", target: "things" }],
    });
  });
});

describe("a webhook", () => {
  const json = { id: "shop", skill: "test/double" };

  it("is not made where no delivery could be believed", async () => {
    const caller = await toCaller();
    expect(await caller.ask("POST /webhooks", { json })).toMatchObject({
      status: 400,
      body: { code: "bad_request", field: "secret" },
    });
    expect((await caller.ask("GET /webhooks")).body).toEqual({ webhooks: [] });
  });

  it("says at once what a delivery must give", async () => {
    const caller = await toCaller();
    const made = await caller.ask("POST /webhooks", { json: { ...json, secret: "a-secret-of-16-ch" } });
    expect(made).toMatchObject({ status: 201, body: { id: "shop", needs: ["n"] } });
  });
});
