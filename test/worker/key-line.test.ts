// What is made with a key, or takes its place, comes from it: its limits and pauses bind all of that, and it can be ended with it.
import { createHmac } from "node:crypto";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { toPlatform } from "../../src/compose/compose.ts";
import { MOST_IN_LINE } from "../../src/kernel/ports/keys.ts";
import { aTenant, type Body, release, Tenant, until } from "./tenant.ts";

const PAID = "  - id: one\n    llm: { model: mock/echo, prompt: hello, max_tokens: 100 }\n";
const NOBODY = { status: 401, code: "unauthenticated" };

let anna: Tenant;
let boris: Tenant;
beforeEach(async () => {
  anna = await aTenant();
  boris = await anna.join("boris", "manager");
  await anna.saveSkill("test/paid", PAID);
  await anna.saveSkill("test/free", "  - id: a\n    set: { x: 1 }\n");
});

interface Key extends Tenant {
  readonly keyId: string;
}

function toKey(made: Body): Key {
  if (typeof made["key"] !== "string") throw new Error(JSON.stringify(made));
  return Object.assign(new Tenant(anna.id, made["key"]), { keyId: String(made["id"]) });
}
const make = async (maker: Tenant, body: object = {}): Promise<Key> =>
  toKey(await maker.ask("POST /keys", { name: "made", ...body }));
const rotate = async (old: Key, by: Tenant = old): Promise<Key> =>
  toKey(await by.ask(`POST /keys/${old.keyId}/rotate`, {}));
const pay = (who: Tenant) => who.ask("POST /skills/test/paid/run", {});
const run = (who: Tenant) => who.ask("POST /skills/test/free/run", {});
const listed = async (): Promise<readonly Body[]> => ((await anna.ask("GET /keys")) as { keys: Body[] }).keys;

/** A key, one made with it, one rotated from that, and one that an owner put in its place. */
async function aLine(): Promise<{ key: Key; line: readonly Key[] }> {
  const key = await make(boris);
  const child = await make(key);
  return { key, line: [child, await rotate(child), await rotate(key, anna)] };
}

describe("what is set for a key binds what comes from it", () => {
  it("its budget, counted and in the books", async () => {
    const { key, line } = await aLine();
    const scope = `key:${key.keyId}`;
    expect(await pay(line[1] as Key)).toMatchObject({ status: "succeeded" });
    const set = await anna.ask("PUT /budgets", { scope, daily_usd: 0.0001 });
    const [{ spent_usd }] = set["capped"] as [{ spent_usd: { day: number } }];
    expect(spent_usd.day).toBeGreaterThan(0);
    await anna.ask("PUT /budgets", { scope, daily_usd: spent_usd.day });
    expect(await (line[1] as Key).ask("POST /policies/explain", { skill: "test/paid" })).toMatchObject({
      paid_by: expect.arrayContaining(["tenant", "user:boris", "skill:test/paid", scope]),
    });
    for (const one of [key, ...line])
      expect(await pay(one)).toMatchObject({ status: 402, code: "budget_exceeded", payer: scope });
    expect(await pay(boris)).toMatchObject({ status: "succeeded" });
    await anna.ask("PUT /budgets", { scope, daily_usd: 1 });
    for (const one of line) expect(await pay(one)).toMatchObject({ status: "succeeded" });
    expect(await anna.ask("GET /ledger/verify")).toMatchObject({ verified: true });
    const after = (await anna.ask("GET /budgets")) as { capped: { spent_usd: { day: number } }[] };
    expect(after.capped[0]?.spent_usd.day).toBeGreaterThan(spent_usd.day * 3);
  });

  it("its pause, a rate, and what may run at a time", async () => {
    const { key, line } = await aLine();
    const scope = `key:${key.keyId}`;
    await anna.ask("POST /pause", { scope });
    for (const one of line)
      expect(await run(one)).toMatchObject({ status: 503, code: "paused", payer: scope });
    await anna.ask("POST /resume", { scope });
    await anna.ask("PUT /limits", { scope, requests: 2, window_seconds: 3_600 });
    const answers = [];
    for (const one of line) answers.push(await run(one));
    expect(answers).toMatchObject([{ status: "succeeded" }, { status: "succeeded" }, { status: 429 }]);
    await anna.ask("PUT /limits", { scope, requests: null, concurrent: 1 });
    await anna.saveSkill("test/slow", "  - id: one\n    http: { get: /hold, connector: sink }\n");
    const first = (line[0] as Key).ask("POST /skills/test/slow/run", {});
    await until(async () => {
      const { capped } = (await anna.ask("GET /budgets")) as { capped: { running: number }[] };
      return capped[0]?.running === 1;
    });
    expect(await run(line[2] as Key)).toMatchObject({ status: 429, code: "too_many_running", payer: scope });
    await release();
    expect(await first).toMatchObject({ status: "succeeded" });
  });

  it("a webhook that one of them sets up", async () => {
    const key = await make(boris);
    const child = await make(key);
    const secret = "0123456789abcdef";
    await child.ask("POST /webhooks", { id: "hook", skill: "test/free", scheme: "github", secret });
    await anna.ask("POST /pause", { scope: `key:${key.keyId}` });
    const mac = createHmac("sha256", secret).update("{}").digest("hex");
    await anna.send(`POST /webhooks/${anna.id}/hook`, "{}", {
      "x-hub-signature-256": `sha256=${mac}`,
      "x-github-delivery": "e1",
    });
    const delivery = await until(async () => {
      const { deliveries } = (await anna.ask("GET /webhooks/hook/deliveries")) as { deliveries: Body[] };
      return deliveries.find(({ status }) => status !== "stored");
    });
    expect(delivery).toMatchObject({ status: "failed", problem: { code: "paused" } });
  });
});

describe("a key makes no other", () => {
  it.each([
    [
      "while it is paused",
      (scope: string) => anna.ask("POST /pause", { scope }),
      { status: 503, code: "paused" },
    ],
    [
      "while it may spend nothing",
      (scope: string) => anna.ask("PUT /budgets", { scope, daily_usd: 0 }),
      { status: 403, code: "forbidden" },
    ],
  ])("%s, nor do those that come from it", async (_name, stop, refusal) => {
    const key = await make(boris);
    const child = await make(key);
    await stop(`key:${key.keyId}`);
    for (const one of [key, child]) {
      expect(await one.ask("POST /keys", { name: "more" })).toMatchObject(refusal);
      expect(await one.ask(`POST /keys/${child.keyId}/rotate`, {})).toMatchObject(refusal);
    }
    expect(await rotate(key, anna)).toMatchObject({ keyId: expect.any(String) });
  });

  it("once it is revoked, where it is believed for some seconds more", async () => {
    const key = await make(boris);
    expect(await run(key)).toMatchObject({ status: "succeeded" });
    await anna.ask(`DELETE /keys/${key.keyId}`);
    expect(await key.ask("POST /keys", { name: "more" })).toMatchObject(NOBODY);
  });

  it("beyond so many in a line, of which none is ever forgotten; one that stands at its end can still be rotated", async () => {
    let key = await make(boris);
    const first = key;
    // The one that the first is made with stands in it too.
    for (let n = 0; n < MOST_IN_LINE - 1; n += 1) key = await make(key);
    await env.DB.prepare("update api_keys set expires_at = 1 where tenant = ? and name = 'made' and id <> ?")
      .bind(anna.id, key.keyId)
      .run();
    expect(await key.ask("POST /keys", { name: "more" })).toMatchObject({
      status: 400,
      detail: expect.stringContaining("Nothing was made"),
    });
    const next = await rotate(await rotate(key));
    await anna.ask("POST /pause", { scope: `key:${first.keyId}` });
    expect(await run(next)).toMatchObject({ status: 503, payer: `key:${first.keyId}` });
  });
});

describe("a key that is rotated, however often and at once, stays one key", () => {
  const rotateAtOnce = async (key: Key): Promise<Key> =>
    toKey(await key.ask(`POST /keys/${key.keyId}/rotate`, { overlap_seconds: 0 }));

  it("for a pause or a budget of any id that it ever had", async () => {
    const ids: string[] = [];
    let key = await make(boris);
    for (let n = 0; n < MOST_IN_LINE + 2; n += 1) {
      ids.push(key.keyId);
      key = await rotateAtOnce(key);
    }
    const root = `key:${ids[0] ?? ""}`;
    expect(await pay(key)).toMatchObject({ status: "succeeded" });
    const child = await make(key);
    for (const id of [ids[0], ids[9], key.keyId]) {
      const scope = `key:${id ?? ""}`;
      expect(await anna.ask("POST /pause", { scope })).toEqual({ paused: [root] });
      for (const one of [key, child]) expect(await run(one)).toMatchObject({ status: 503, payer: root });
      expect(await anna.ask("POST /resume", { scope })).toEqual({ paused: [] });
      const set = await anna.ask("PUT /budgets", { scope, daily_usd: 0.000001 });
      expect(set).toMatchObject({ capped: [{ scope: root, spent_usd: { day: expect.any(Number) } }] });
      for (const one of [key, child]) expect(await pay(one)).toMatchObject({ status: 402, payer: root });
      expect(await anna.ask("PUT /budgets", { scope, daily_usd: null })).toMatchObject({ capped: [] });
    }
    expect(await run(child)).toMatchObject({ status: "succeeded" });
    const audit = await anna.ask("GET /audit?action=pause");
    expect(audit).toMatchObject({
      entries: expect.arrayContaining([
        expect.objectContaining({ target: root, body: { named: `key:${key.keyId}` } }),
      ]),
    });
  });

  it("where it is rotated twice while its overlap lasts, and where keys rotate one another", async () => {
    const [one, other] = [await make(boris), await make(boris)];
    const [left, right] = [await rotate(one), await rotate(one)];
    const last = await rotateAtOnce(await rotate(left, other));
    await anna.ask("POST /pause", { scope: `key:${left.keyId}` });
    for (const key of [left, right, last])
      expect(await run(key)).toMatchObject({ status: 503, payer: `key:${one.keyId}` });
    expect(await run(other)).toMatchObject({ status: "succeeded" });
    await anna.ask("POST /resume", { scope: `key:${right.keyId}` });
    await anna.ask("POST /pause", { scope: `key:${other.keyId}` });
    expect(await run(last)).toMatchObject({ status: 503, payer: `key:${other.keyId}` });
    expect(await run(right)).toMatchObject({ status: "succeeded" });
  });
});

describe("the end of a key", () => {
  it("is the end of all that was made with it, where that is wished", async () => {
    const { key, line } = await aLine();
    const [child, next, successor] = line as [Key, Key, Key];
    await next.ask("POST /schedules", { id: "s", skill: "test/free", cron: "* * * * *" });
    const other = await make(boris);
    const maybe = await anna.ask(`DELETE /keys/${key.keyId}?with_descendants=maybe`);
    expect(maybe).toMatchObject({ status: 400, detail: expect.stringContaining("true or false is needed") });
    // Whoever is in a hurry and slips has ended nothing yet.
    const { status } = await anna.send(`DELETE /keys/${key.keyId}?with_decendants=true`);
    expect(status).toBe(400);
    const ended = await anna.ask(`DELETE /keys/${key.keyId}?with_descendants=true`);
    expect(ended).toMatchObject({
      descendants: expect.arrayContaining([child.keyId, next.keyId]),
      stops: { schedules: ["s"] },
      still_good: [],
    });
    const good = (await listed()).map(({ id }) => id);
    expect(good).toEqual(expect.arrayContaining([other.keyId, successor.keyId]));
    for (const one of [key, child, next]) expect(good).not.toContain(one.keyId);
    const audit = await anna.ask("GET /audit?action=key.revoke");
    expect(audit).toMatchObject({
      entries: [{ target: key.keyId, body: { descendants: [child.keyId, next.keyId] } }],
    });
  });

  it("names all that goes on without it; the list and the audit say what was made with what", async () => {
    const { key, line } = await aLine();
    const [child, next] = line as [Key, Key];
    expect(await anna.ask(`DELETE /keys/${key.keyId}`)).toMatchObject({
      still_good: [child.keyId, next.keyId],
    });
    const shown = (await listed()).find(({ id }) => id === next.keyId);
    expect(shown).toMatchObject({ made_with: child.keyId });
    expect(shown?.["bound_by"]).toEqual(expect.arrayContaining([child.keyId, key.keyId]));
    const added = (await anna.ask("GET /audit?action=key.add")) as { entries: Body[] };
    expect(added.entries.find(({ target }) => target === child.keyId)).toMatchObject({
      body: { made_with: key.keyId },
    });
    const rotated = (await anna.ask("GET /audit?action=key.rotate")) as { entries: Body[] };
    expect(rotated.entries.find(({ target }) => target === child.keyId)).toMatchObject({
      body: { made_with: child.keyId, to: next.keyId },
    });
  });

  it("of a member takes no other user's key with it", async () => {
    const key = await make(anna);
    const forBoris = await make(key, { user: "boris" });
    const platform = toPlatform(env);
    const now = platform.clock.now();
    const how = { now, descendants: { user: "anna" } };
    expect(await platform.keys.revoke(anna.id, key.keyId, how)).toEqual([key.keyId]);
    expect((await listed()).map(({ id }) => id)).toContain(forBoris.keyId);
  });
});
