// Four eyes need two people: keys, links and roles in the asker's own hands are none.
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { D1Identity } from "../../src/storage/d1/identity.ts";
import { toPlatform } from "../../src/compose/compose.ts";
import { startDelivery } from "../../src/operations/triggers/webhook-deliver.ts";
import { aTenant, type Body, mails, Tenant, until, visits } from "./tenant.ts";

const REMOVE = "  - id: gone\n    sql: delete from quotes where id in (1, 2)\n";
const FORBIDDEN = { status: 403, code: "forbidden" };

let anna: Tenant;
beforeEach(async () => {
  anna = await aTenant();
  await refill();
  await saveFile("test/remove");
});

const FORM = "  - id: asked\n    form: { fields: { why: { type: text, ask: Why } } }\n";

/** As whoever runs this server has it on his disk: nobody of the tenant has made it. */
async function saveFile(id: string): Promise<void> {
  const text = `description: A test\nsteps:\n${REMOVE}`;
  await anna.ask("POST /registry/files", { files: [{ path: `${id}.yaml`, text }] });
}

const refill = () => anna.store.importTable("quotes", [{ id: 1 }, { id: 2 }, { id: 3 }], "own");

async function entries(action: string): Promise<readonly Body[]> {
  const { entries: found } = await anna.ask(`GET /audit?action=${action}`);
  return found as Body[];
}

/** As the service that knows the secret. */
async function deliver(webhook: string, secret: string): Promise<void> {
  // What is signed in the same second is the same event, whoever signs.
  const body = JSON.stringify({ of: secret.length });
  const at = Math.floor(Date.now() / 1_000);
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = new Uint8Array(
    await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${at}.${body}`)),
  );
  const v1 = [...mac].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const sent = await anna.send(`POST /webhooks/${anna.id}/${webhook}`, body, {
    "x-skillos-signature": `t=${at},v1=${v1}`,
  });
  expect(await sent.json()).toMatchObject({ status: "stored" });
}

async function ask(who: Tenant = anna, skill = "test/remove"): Promise<{ run: string; id: string }> {
  const answer = await who.ask(`POST /skills/${skill}/run`, {});
  expect(answer).toMatchObject({ status: "waiting" });
  return { run: String(answer["run_id"]), id: (answer["approval"] as { id: string }).id };
}

async function make(maker: Tenant, body: object = {}): Promise<Tenant & { made: Body }> {
  const made = await maker.ask("POST /keys", { name: "another", ...body });
  if (typeof made["key"] !== "string") throw new Error(JSON.stringify(made));
  return Object.assign(new Tenant(anna.id, made["key"]), { made });
}

async function findRun(): Promise<string> {
  const found = await until(async () => {
    const { approvals } = await anna.ask("GET /approvals");
    return (approvals as { run_id: string }[])[0];
  });
  return found.run_id;
}

const yes = (who: Tenant, id: string) => who.ask(`POST /approvals/${id}`, { decision: "approve" });

/** The key's next form, in the hands of whoever asks for it. */
async function rotate(maker: Tenant, key: string): Promise<Tenant> {
  const made = await maker.ask(`POST /keys/${key}/rotate`, {});
  return new Tenant(anna.id, String(made["key"]));
}

describe("a key in another's name", () => {
  const stopped = { ...FORBIDDEN, detail: expect.stringContaining("the key comes from whoever asked") };

  it("does not say yes to what its maker asked for, nor does it make a link; its own user's does", async () => {
    const boris = await anna.join("boris", "owner");
    const first = await make(anna, { user: "boris" });
    expect(first.made).toMatchObject({ user: "boris", made_by: "anna" });
    const { id } = await ask();
    expect(await yes(first, id)).toMatchObject({ ...stopped, fix: expect.stringContaining("mailed to you") });
    expect(await first.ask(`POST /approvals/${id}/link`, {})).toMatchObject(stopped);
    expect(await yes(boris, id)).toMatchObject({ status: "succeeded", approved: { by: "boris" } });
  });

  it("nor after it was rotated, nor by a key that is made of it, however old", async () => {
    const boris = await anna.join("boris", "owner");
    const own = await make(boris);
    const rotated = await rotate(anna, String(own.made["id"]));
    const child = await make(rotated);
    expect(child.made).toMatchObject({ user: "boris", made_by: "boris" });
    const grandchild = await make(child);
    const { id } = await ask();
    expect(await yes(rotated, id)).toMatchObject(FORBIDDEN);
    expect(await yes(child, id)).toMatchObject(FORBIDDEN);
    expect(await yes(grandchild, id)).toMatchObject(FORBIDDEN);
    expect(await yes(own, id)).toMatchObject({ status: "succeeded" });
  });

  it("nor by way of a third user's key", async () => {
    await anna.join("boris", "owner");
    await anna.join("clara", "owner");
    const { id } = await ask();
    const first = await make(anna, { user: "boris" });
    expect(await yes(await make(first, { user: "clara" }), id)).toMatchObject(FORBIDDEN);
  });

  it("counts for what others ask; what mends it is another owner's key", async () => {
    const clara = await anna.join("clara", "owner");
    await anna.ask("POST /users", { id: "boris", role: "owner" });
    const first = await make(anna, { user: "boris" });
    expect(await yes(first, (await ask(clara)).id)).toMatchObject({ status: "succeeded" });
    await refill();
    const { id } = await ask();
    expect(await yes(await make(first), id)).toMatchObject({
      ...stopped,
      fix: expect.stringContaining("another owner (clara)"),
    });
    const other = await make(clara, { user: "boris" });
    expect(await yes(other, id)).toMatchObject({ status: "succeeded", approved: { by: "boris" } });
  });

  it("is the asker's own yes, and on record as one, where nobody has another way to come", async () => {
    await anna.ask("POST /users", { id: "boris", role: "owner" });
    const first = await make(anna, { user: "boris" });
    const { id } = await ask();
    expect(await yes(anna, id)).toMatchObject({ ...FORBIDDEN, who: ["boris"] });
    expect(await yes(first, id)).toMatchObject({ status: "succeeded", approved: { by: "boris", own: true } });
    expect(await entries("approval.approve")).toMatchObject([{ user: "boris", body: { own: true } }]);
  });
});

describe("whoever put something into a run", () => {
  it("does not agree to it: he who answered its form", async () => {
    const boris = await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    await anna.join("dora", "owner");
    await clara.saveSkill("test/asking", `${FORM}${REMOVE}`);
    const asked = await boris.ask("POST /skills/test/asking/run", {});
    const run = String(asked["run_id"]);
    expect(await anna.ask(`POST /runs/${run}/answer`, { input: { why: "old" } })).toMatchObject({
      waiting_for: "approval",
      approval: { who: ["dora"] },
    });
    const stopped = { ...FORBIDDEN, detail: expect.stringContaining("put into a run"), who: ["dora"] };
    expect(await yes(anna, run)).toMatchObject(stopped);
    expect(await yes(clara, run)).toMatchObject(stopped);
  });

  it("nor does a yes cover what is answered after it: those who may are asked anew, and nothing is sent twice", async () => {
    const boris = await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    const dora = await anna.join("dora", "owner");
    await dora.saveSkill("test/any", REMOVE);
    const late =
      "  - id: first\n    http: { post: /first, connector: sink }\n" +
      "  - id: asked\n    if: ${{ first.status == 200 }}\n    form: { fields: { why: { type: text, ask: Why } } }\n" +
      "  - id: last\n    http: { post: /last, connector: sink, body: { d: '${{ asked.why }}' } }\n";
    const text = `description: A test\napproval: { ask: always, by: owner }\nsteps:\n${late}`;
    await anna.ask("POST /registry/files", { files: [{ path: "test/late.yaml", text }] });
    const { run } = await ask(boris, "test/late");
    expect(await yes(anna, run)).toMatchObject({ status: "waiting", waiting_for: "input" });
    const answered = await anna.ask(`POST /runs/${run}/answer`, { input: { why: "hers" } });
    expect(answered).toMatchObject({
      status: "waiting",
      waiting_for: "approval",
      approval: { who: ["clara"] },
    });
    expect(await yes(anna, run)).toMatchObject(FORBIDDEN);
    expect(await yes(clara, run)).toMatchObject({ status: "succeeded" });
    const sent = (await visits()).map(({ method, url }) => `${method} ${new URL(url).pathname}`);
    expect(sent).toEqual(["POST /first", "POST /last"]);
  });

  it("nor he who made the version that runs, or one that it calls, whoever has scheduled it", async () => {
    const boris = await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    await anna.join("dora", "owner");
    await saveFile("test/inner");
    await anna.saveSkill("test/outer", "  - id: inner\n    skill: { run: test/inner }\n");
    await boris.ask("POST /schedules", { id: "s", skill: "test/outer", cron: "* * * * *" });
    const text = `description: Another\nsteps:\n${REMOVE}`;
    expect(await clara.ask("PUT /skills/test/inner", text)).toMatchObject({ id: "test/inner" });
    await boris.ask("POST /schedules/tick", { now: new Date(Date.now() + 90_000).toISOString() });
    const run = await findRun();
    for (const one of [anna, boris, clara])
      expect(await yes(one, run)).toMatchObject({ ...FORBIDDEN, who: ["dora"] });
  });

  it("is nobody of the tenant where it came as a file of this computer", async () => {
    const { id } = await ask(await anna.join("boris", "owner"));
    const said = await yes(anna, id);
    expect(said).toMatchObject({ status: "succeeded", approved: { by: "anna" } });
    expect(said["approved"]).not.toHaveProperty("own");
  });

  it("is on record where nobody else is there", async () => {
    const boris = await anna.join("boris", "owner");
    await anna.saveSkill("test/hers", REMOVE);
    const { id } = await ask(boris, "test/hers");
    expect(await yes(boris, id)).toMatchObject({ ...FORBIDDEN, who: ["anna"] });
    expect(await yes(anna, id)).toMatchObject({ status: "succeeded", approved: { own: true } });
  });
});

describe("what comes from outside", () => {
  const SECRET = "0123456789abcdef";
  const other = { ...FORBIDDEN, who: ["anna"] };

  it("is asked by whoever set the secret too: a webhook that is taken over says so, until another is set", async () => {
    const boris = await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    await clara.ask("POST /webhooks", { id: "hook", skill: "test/remove", secret: SECRET });
    expect(await boris.ask("PUT /webhooks/hook", { take_over: true })).toMatchObject({
      user: "boris",
      secret_by: "clara",
    });
    await deliver("hook", SECRET);
    const run = await findRun();
    expect(await yes(clara, run)).toMatchObject(other);
    expect(await yes(boris, run)).toMatchObject(other);
    await boris.ask(`POST /approvals/${run}`, { decision: "deny" });
    expect(await boris.ask("PUT /webhooks/hook", { secret: `${SECRET}0` })).toMatchObject({
      secret_by: "boris",
    });
    expect(await entries("webhook.secret")).toMatchObject([{ user: "boris", target: "hook" }]);
    await deliver("hook", `${SECRET}0`);
    expect(await yes(clara, await findRun())).toMatchObject({ approved: { by: "clara" } });
  });

  it("is asked by whoever could sign what waits, whatever secret was set meanwhile", async () => {
    const boris = await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    await clara.ask("POST /webhooks", { id: "hook", skill: "test/remove", secret: SECRET });
    await boris.ask("PUT /webhooks/hook", { take_over: true });
    const rate = { scope: "skill:test/remove", window_seconds: 3_600 };
    await anna.ask("PUT /limits", { ...rate, requests: 1 });
    await boris.ask(`POST /approvals/${(await ask()).id}`, { decision: "deny" });
    await deliver("hook", SECRET);
    const stored = await until(async () => {
      const { deliveries } = (await anna.ask("GET /webhooks/hook/deliveries")) as { deliveries: Body[] };
      return deliveries.find(({ attempts }) => attempts === 1);
    });
    await boris.ask("PUT /webhooks/hook", { secret: `${SECRET}0` });
    await anna.ask("PUT /limits", { ...rate, requests: 100 });
    const key = { tenant: anna.id, webhook: "hook", eventId: String(stored["event_id"]) };
    await startDelivery(toPlatform(env), key);
    expect(await yes(clara, await findRun())).toMatchObject(other);
  });

  it("is asked by whoever gave a schedule its input, also once it is another's", async () => {
    const boris = await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    await clara.ask("POST /schedules", { id: "s", skill: "test/remove", cron: "* * * * *" });
    await boris.ask("PUT /schedules/s", { take_over: true });
    await boris.ask("POST /schedules/tick", { now: new Date(Date.now() + 90_000).toISOString() });
    expect(await yes(clara, await findRun())).toMatchObject(other);
  });
});

describe("whoever asked", () => {
  it("does not become the only one who may decide by what he changes afterwards, or right before", async () => {
    await anna.join("boris", "owner");
    const { id } = await ask();
    await anna.ask("PUT /users/boris", { role: "member" });
    const stopped = { ...FORBIDDEN, who: ["boris"], detail: expect.stringContaining("within the last day") };
    expect(await yes(anna, id)).toMatchObject(stopped);
    expect(await yes(anna, (await ask()).id)).toMatchObject(stopped);
    expect(await anna.ask("POST /skills/test/remove/run", { approval: "approved" })).toMatchObject({
      status: "waiting",
      approval: { by: "owner" },
    });
    await anna.ask("DELETE /users/boris");
    expect(await yes(anna, id)).toMatchObject(stopped);
    const { id: next } = await ask();
    expect(await yes(anna, next)).toMatchObject(stopped);
    // As a day later.
    await env.DB.prepare("update users set removed_at = 1, role_since = 1 where tenant = ? and id = 'boris'")
      .bind(anna.id)
      .run();
    const { id: last } = await ask();
    expect(await yes(anna, last)).toMatchObject({ status: "succeeded", approved: { own: true } });
    // Whose question was put before is still not hers to decide.
    expect(await yes(anna, next)).toMatchObject(FORBIDDEN);
  });

  it("nor by removing somebody who comes back as less", async () => {
    await anna.join("boris", "owner");
    await anna.ask("DELETE /users/boris");
    await anna.ask("POST /users", { id: "boris", role: "member" });
    await anna.ask("PUT /users/boris", { role: "viewer" });
    expect(await yes(anna, (await ask()).id)).toMatchObject({ ...FORBIDDEN, who: ["boris"] });
  });
});

describe("a mail with a link", () => {
  const tell = ({ run }: { run: string }) =>
    runInDurableObject(env.RUNNER.getByName(`${anna.id}/${run.split("_")[1]}`), (runner) => runner.alarm());

  const backdate = () =>
    env.DB.prepare("update users set email_since = 1 where tenant = ?").bind(anna.id).run();

  it("goes to no address that was set once the question was put", async () => {
    const boris = await anna.join("boris", "owner");
    await anna.ask("PUT /users/boris", { email: "boris@example.com" });
    await backdate();
    await tell(await ask(await anna.join("clara", "owner")));
    expect(await mails()).toHaveLength(1);
    const asked = await ask();
    await anna.ask("PUT /users/boris", { email: "anna@example.com" });
    await anna.ask("POST /users", { id: "puppet@example.com", role: "owner" });
    await tell(asked);
    expect(await mails()).toHaveLength(1);
    expect(await yes(boris, asked.id)).toMatchObject({ status: "succeeded" });
  });

  it("goes to no address that the asker has set, which is told; another owner's word mends it", async () => {
    await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    await anna.ask("PUT /users/boris", { email: "anna@example.com" });
    await backdate();
    const first = await ask();
    await tell(first);
    expect(await mails()).toHaveLength(0);
    expect(await anna.ask(`GET /runs/${first.run}`)).toMatchObject({
      approval: { who: ["boris", "clara"], no_link: ["boris"] },
    });
    await anna.ask(`POST /approvals/${first.run}`, { decision: "deny" });
    const told = await until(async () => (await entries("approval.unlinked")).length > 0);
    expect(told).toBe(true);
    expect(await entries("approval.unlinked")).toMatchObject([
      { target: first.run, body: { users: ["boris"] } },
    ]);
    await clara.ask("PUT /users/boris", { email: "anna@example.com" });
    await backdate();
    await tell(await ask());
    expect(await mails()).toHaveLength(1);
  });
});

it("an owner who comes by tokens alone is one of those who may be asked: nobody else is the only one then", async () => {
  const kept: Promise<unknown>[] = [];
  const identity = new D1Identity(env.DB, { limitsAll: false, background: (work) => void kept.push(work) });
  identity.noteToken({ tenant: anna.id, user: "vera", role: "owner" }, Date.now());
  await Promise.all(kept);
  const { id, run } = await ask();
  expect(await anna.ask(`GET /runs/${run}`)).toMatchObject({ approval: { who: ["vera"] } });
  expect(await anna.ask(`POST /approvals/${id}`, { decision: "approve" })).toMatchObject(FORBIDDEN);
});
