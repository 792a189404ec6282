// What a key sets up is bound by that key: its reach, its limits and pauses, its end. Its successor takes it over.
import { createHmac } from "node:crypto";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { toPlatform } from "../../src/compose/compose.ts";
import { runMinuteTick } from "../../src/operations/triggers/wake.ts";
import { aTenant, type Body, Tenant, until, visits } from "./tenant.ts";

const SECRET = "0123456789abcdef";
const SET = "  - id: a\n    set: { x: 1 }\n";
const PAY = "  - id: sent\n    http: { connector: sink, post: /pay, body: { d: 1 } }\n";
const CALLS = "  - id: paid\n    skill: { run: fin/pay }\n";
const FORBIDDEN = { status: 403, code: "forbidden" };

let anna: Tenant;
let boris: Tenant;
beforeEach(async () => {
  anna = await aTenant();
  boris = await anna.join("boris", "manager");
  await anna.saveSkill("fin/pay", PAY);
  await anna.saveSkill("tr/x", SET);
});

interface Key extends Tenant {
  readonly keyId: string;
}

async function make(maker: Tenant, body: object = {}): Promise<Key> {
  const wish = { name: "small", skills: ["tr/*"], scopes: ["read", "run", "build"], ...body };
  const made = await maker.ask("POST /keys", wish);
  if (typeof made["key"] !== "string") throw new Error(JSON.stringify(made));
  return Object.assign(new Tenant(anna.id, made["key"]), { keyId: String(made["id"]) });
}

const hook = (who: Tenant, more: object = {}) =>
  who.ask("POST /webhooks", { id: "hook", skill: "tr/x", scheme: "github", secret: SECRET, ...more });

let sent = 0;

/** What became of one delivery. */
async function deliver(): Promise<Body> {
  sent += 1;
  const event = `e${sent}`;
  // No two are the same bytes: what was signed once is delivered once.
  const body = `{}${" ".repeat(sent)}`;
  const mac = createHmac("sha256", SECRET).update(body).digest("hex");
  const answer = await anna.send(`POST /webhooks/${anna.id}/hook`, body, {
    "x-hub-signature-256": `sha256=${mac}`,
    "x-github-delivery": event,
  });
  expect(answer.status).toBe(200);
  return until(async () => {
    const { deliveries } = (await anna.ask("GET /webhooks/hook/deliveries")) as { deliveries: Body[] };
    return deliveries.find(
      (one) => one["event_id"] === event && (one["status"] !== "stored" || one["attempts"] !== 0),
    );
  });
}

const ended = (delivery: Body): Promise<Body> =>
  until(async () => {
    const run = await anna.ask(`GET /runs/${String(delivery["run_id"])}`);
    return ["succeeded", "failed"].includes(String(run["status"])) && run;
  });

const paid = async () => (await visits()).filter(({ url }) => new URL(url).pathname === "/pay").length;
const webhook = async (): Promise<Body> => {
  const { webhooks } = (await anna.ask("GET /webhooks")) as { webhooks: Body[] };
  return webhooks[0] ?? {};
};

describe("a key for single skills", () => {
  it("does not reach others by a webhook: neither when it is made nor when its skill is changed", async () => {
    const small = await make(boris);
    expect(await hook(small)).toMatchObject({ id: "hook", key: small.keyId });
    expect(await deliver()).toMatchObject({ status: "started" });
    await anna.saveSkill("tr/x", CALLS);
    expect(await deliver()).toMatchObject({
      status: "failed",
      problem: {
        code: "forbidden",
        detail: expect.stringContaining("it calls a skill that this key does not reach"),
      },
    });
    expect(await hook(small, { id: "other" })).toMatchObject(FORBIDDEN);
    expect(await small.ask("POST /schedules", { skill: "tr/x", cron: "* * * * *" })).toMatchObject(FORBIDDEN);
    expect(await paid()).toBe(0);
  });

  it("does not reach others by a schedule", async () => {
    const small = await make(boris);
    const at = new Date(Date.now() + 1_000).toISOString();
    const made = await small.ask("POST /schedules", { id: "s", skill: "tr/x", run_at: at });
    expect(made).toMatchObject({ id: "s", key: small.keyId });
    await anna.saveSkill("tr/x", CALLS);
    const tick = await anna.ask("POST /schedules/tick", { now: new Date(Date.now() + 2_000).toISOString() });
    expect(tick).toMatchObject({ started: [], failed: [{ schedule: "s", problem: { code: "forbidden" } }] });
    expect(await paid()).toBe(0);
  });

  it("may not run, and so sets up nothing that runs", async () => {
    const builder = await make(boris, { scopes: ["read", "build"] });
    expect(await hook(builder)).toMatchObject(FORBIDDEN);
  });

  it("neither says yes to a run that calls others nor makes a link for it; a no it may say", async () => {
    const small = await make(anna);
    await anna.saveSkill("tr/z", CALLS, "approval: { ask: always, by: owner }\n");
    const run = await boris.ask("POST /skills/tr/z/run", {});
    expect(run).toMatchObject({ status: "waiting" });
    const id = String((run["approval"] as Body)["id"]);
    expect(await small.ask(`POST /approvals/${id}`, { decision: "approve" })).toMatchObject({
      ...FORBIDDEN,
      detail: expect.stringContaining("it calls a skill that this key does not reach"),
    });
    expect(await small.ask(`POST /approvals/${id}/link`, {})).toMatchObject(FORBIDDEN);
    expect(await paid()).toBe(0);
    expect((await small.send(`POST /approvals/${id}`, { decision: "deny" })).ok).toBe(true);
  });
});

describe("what is set for a key", () => {
  it("binds what its webhook starts: a pause stops it", async () => {
    const small = await make(boris);
    await hook(small);
    await anna.ask("POST /pause", { scope: `key:${small.keyId}` });
    expect(await deliver()).toMatchObject({ status: "failed", problem: { code: "paused" } });
    await anna.ask("POST /resume", { scope: `key:${small.keyId}` });
    expect(await ended(await deliver())).toMatchObject({ status: "succeeded" });
  });

  it("binds what its webhook starts: so does a rate", async () => {
    const small = await make(boris);
    await hook(small);
    const limit = { scope: `key:${small.keyId}`, requests: 1, window_seconds: 3_600 };
    expect((await anna.send("PUT /limits", limit)).ok).toBe(true);
    expect(await ended(await deliver())).toMatchObject({ status: "succeeded" });
    expect(await deliver()).toMatchObject({ status: "stored", attempts: 1 });
  });
});

it("a key kept to single skills sends another skill's write by no answer to a form", async () => {
  const form = "  - id: who\n    form: { ask: Whom?, fields: { kg: { type: number, ask: How many? } } }\n";
  await anna.saveSkill("tr/z", `${form}${CALLS}`);
  const small = await make(boris);
  const { run_id } = await boris.ask("POST /skills/tr/z/run", {});
  const answer = { input: { kg: 2 } };
  expect(await small.ask(`POST /runs/${String(run_id)}/answer`, answer)).toMatchObject(FORBIDDEN);
  expect(await visits()).toEqual([]);
  expect(await boris.ask(`POST /runs/${String(run_id)}/answer`, answer)).toMatchObject({
    status: "succeeded",
  });
});

describe("the end of a key", () => {
  it("stops what it set up, and whoever ends it is told what", async () => {
    const small = await make(boris);
    await hook(small);
    await small.ask("POST /schedules", { id: "s", skill: "tr/x", cron: "* * * * *" });
    expect(await anna.ask(`DELETE /keys/${small.keyId}`)).toMatchObject({
      revoked: true,
      stops: { webhooks: ["hook"], schedules: ["s"] },
    });
    expect(await deliver()).toMatchObject({
      status: "failed",
      problem: { code: "forbidden", fix: expect.stringContaining("take_over") },
    });
    expect(await webhook()).toMatchObject({ key: small.keyId, stopped: "key_revoked" });
    const { schedules } = (await anna.ask("GET /schedules")) as { schedules: Body[] };
    expect(schedules).toMatchObject([{ id: "s", stopped: "key_revoked" }]);
    await runMinuteTick(toPlatform(env));
    expect(await anna.ask("GET /runs")).toMatchObject({ runs: [] });
  });

  it("names the keys that whoever had it made with it: they are still good", async () => {
    const stolen = await make(boris);
    const child = await make(stolen);
    const next = await stolen.ask(`POST /keys/${child.keyId}/rotate`, {});
    expect(await anna.ask(`DELETE /keys/${stolen.keyId}`)).toMatchObject({
      still_good: [child.keyId, next["id"]],
    });
    await anna.ask(`DELETE /keys/${String(next["id"])}`);
    expect(await anna.ask(`DELETE /keys/${child.keyId}`)).toMatchObject({ still_good: [] });
  });

  it("at its time does the same", async () => {
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const small = await make(boris, { expires_at: soon });
    expect(await hook(small)).toMatchObject({ ends_at: expect.any(String) });
    await env.DB.prepare("update api_keys set expires_at = 1 where id = ?").bind(small.keyId).run();
    expect(await deliver()).toMatchObject({ status: "failed", problem: { code: "forbidden" } });
    expect(await webhook()).toMatchObject({ stopped: "key_expired" });
  });

  it("by rotation stops nothing: its successor takes over, also what the old one makes in its overlap", async () => {
    const small = await make(boris);
    await hook(small);
    const next = await boris.ask(`POST /keys/${small.keyId}/rotate`, {});
    await small.ask("POST /schedules", { id: "s", skill: "tr/x", cron: "* * * * *" });
    expect(await anna.ask(`DELETE /keys/${small.keyId}`)).toMatchObject({
      stops: { webhooks: [], schedules: [] },
    });
    expect(await ended(await deliver())).toMatchObject({ status: "succeeded" });
    expect(await webhook()).toMatchObject({ key: next["id"] });
    await anna.ask("POST /pause", { scope: `key:${String(next["id"])}` });
    expect(await deliver()).toMatchObject({ status: "failed", problem: { code: "paused" } });
    expect(await anna.ask(`DELETE /keys/${String(next["id"])}`)).toMatchObject({
      stops: { webhooks: ["hook"], schedules: ["s"] },
    });
  });

  it("is not got around by a secret that somebody else sets: he takes it over with that", async () => {
    const whole = await make(anna, { skills: undefined });
    await hook(whole);
    const another = { secret: SECRET.toUpperCase() };
    const mine = await make(boris, { skills: undefined });
    for (const who of [mine, boris, await make(anna, { skills: undefined })])
      expect(await who.ask("PUT /webhooks/hook", another)).toMatchObject({
        code: "forbidden",
        fix: expect.stringContaining("take_over"),
      });
    expect(await ended(await deliver())).toMatchObject({ status: "succeeded" });
    const next = await whole.ask(`POST /keys/${whole.keyId}/rotate`, {});
    const rotated = new Tenant(anna.id, String(next["key"]));
    expect(await rotated.ask("PUT /webhooks/hook", { secret: SECRET })).toMatchObject({ user: "anna" });
    expect(await mine.ask("PUT /webhooks/hook", { take_over: true, secret: SECRET })).toMatchObject({
      ...{ user: "boris", key: mine.keyId, secret_by: "boris" },
    });
    expect(await anna.ask(`DELETE /keys/${mine.keyId}`)).toMatchObject({ stops: { webhooks: ["hook"] } });
    expect(await deliver()).toMatchObject({ status: "failed", problem: { code: "forbidden" } });
  });

  it("is not the end of what it set up where another takes it over", async () => {
    const small = await make(boris);
    await hook(small);
    await anna.ask(`DELETE /keys/${small.keyId}`);
    const whole = await make(boris, { skills: undefined });
    expect(await whole.ask("PUT /webhooks/hook", { take_over: true })).toMatchObject({
      id: "hook",
      user: "boris",
      key: whole.keyId,
    });
    expect(await webhook()).not.toHaveProperty("stopped");
    expect(await ended(await deliver())).toMatchObject({ status: "succeeded" });
    await whole.ask("POST /schedules", { id: "s", skill: "tr/x", cron: "* * * * *" });
    expect(await anna.ask("PUT /schedules/s", { take_over: true })).toMatchObject({
      user: "anna",
      key: null,
    });
    expect(await anna.ask("PUT /schedules/s", {})).toMatchObject({ status: 400 });
    const audit = await anna.ask("GET /audit?action=webhook.take_over");
    expect(audit).toMatchObject({ entries: [{ target: "hook", body: { from: "boris" } }] });
  });
});

describe("what this computer's own key or a token set up", () => {
  it("is its user's, and needs no key", async () => {
    expect(await hook(anna)).toMatchObject({ key: null, user: "anna" });
    expect(await ended(await deliver())).toMatchObject({ status: "succeeded" });
  });
});
