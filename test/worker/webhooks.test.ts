import { createHmac } from "node:crypto";
import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { SkillId } from "../../src/kernel/domain/id.ts";
import type { Delivery, Webhook } from "../../src/kernel/ports/deliveries.ts";
import { applyFiles } from "../../src/operations/skills/registry-files.ts";
import { handleDeadLetter, handleWakeUp, runMinuteTick } from "../../src/operations/triggers/wake.ts";
import { startDelivery, sweepDeliveries } from "../../src/operations/triggers/webhook-deliver.ts";
import { receiveWebhook } from "../../src/operations/triggers/webhook-receive.ts";
import { toCaller } from "./caller.ts";
import { DOUBLE, serve, type Served, untilRuns } from "./platform.ts";

const SECRET = "the secret of this webhook";

async function withWebhook(change: Partial<Webhook> = {}): Promise<Served> {
  const served = await serve();
  const { platform, tenant } = served;
  await platform.deliveries.addWebhook({
    tenant,
    id: "hook",
    skill: DOUBLE,
    scheme: "skillos",
    secret: SECRET,
    secretBy: "owner",
    user: "owner",
    role: "owner",
    keyId: null,
    createdAt: 0,
    ...change,
  });
  return served;
}

interface Sent {
  readonly body?: string;
  readonly eventId?: string | undefined;
  readonly secret?: string;
  readonly ageSeconds?: number;
  /** When it was signed, where several are signed at one moment. */
  readonly at?: number;
  readonly scheme?: "github";
}

const toSecondsAgo = ({ platform }: Served, seconds: number): number =>
  Math.floor(platform.clock.now() / 1000) - seconds;

let requests = 0;

async function send(
  served: Served,
  { body = '{"n":21}', eventId, secret = SECRET, ageSeconds = 0, at: given, scheme }: Sent,
) {
  const at = given ?? Math.floor(served.platform.clock.now() / 1000) - ageSeconds;
  const sign = (text: string) => createHmac("sha256", secret).update(text).digest("hex");
  const isGithub = scheme === "github";
  const headers = new Headers({
    ...(isGithub
      ? { "x-hub-signature-256": `sha256=${sign(body)}` }
      : { "x-skillos-signature": `t=${at},v1=${sign(`${at}.${body}`)}` }),
    ...(eventId === undefined ? {} : { [isGithub ? "x-github-delivery" : "x-skillos-event-id"]: eventId }),
  });
  requests += 1;
  return receiveWebhook(served.platform, {
    tenant: served.tenant,
    webhook: "hook",
    requestId: `q_${requests}`,
    header: (name) => headers.get(name),
    body: new TextEncoder().encode(body),
  });
}

const list = ({ platform, tenant }: Served): Promise<readonly Delivery[]> =>
  platform.deliveries.list(tenant, { webhook: "hook", status: null, limit: 50 });
const toReason = (received: Awaited<ReturnType<typeof send>>): string =>
  "refusal" in received.reply ? received.reply.refusal.reason : "accepted";

describe("a delivery", () => {
  it("is stored before it is answered, and starts one run", async () => {
    const served = await withWebhook();
    const received = await send(served, { eventId: "e1" });
    expect(received.reply).toMatchObject({ body: { status: "stored", event_id: "e1" } });
    expect((await list(served)).map(({ status }) => status)).toEqual(["stored"]);
    await received.after();
    expect((await list(served)).map(({ status }) => status)).toEqual(["started"]);
    expect(await untilRuns(served, 1)).toMatchObject([{ channel: "webhook", status: "succeeded" }]);
  });

  it("may have its values within input, as README's has", async () => {
    const served = await withWebhook();
    await (await send(served, { body: '{"input":{"n":21}}' })).after();
    expect(await untilRuns(served, 1)).toMatchObject([{ channel: "webhook", status: "succeeded" }]);
  });

  it("that comes twice starts one run, and says so", async () => {
    const served = await withWebhook();
    const sent = await Promise.all(Array.from({ length: 10 }, () => send(served, { eventId: "e1" })));
    const answers = sent.map(({ reply }) => ("body" in reply ? reply.body : null));
    expect(answers.filter((body) => JSON.stringify(body).includes('"stored"'))).toHaveLength(1);
    expect(answers.filter((body) => JSON.stringify(body).includes('"duplicate"'))).toHaveLength(9);
    await Promise.all(sent.map(({ after }) => after()));
    expect(await untilRuns(served, 1)).toHaveLength(1);
    const events = await served.platform.runs.listEvents(served.tenant, {
      since: { seq: 0, place: -1 },
      runId: null,
      limit: 100,
    });
    expect(events.filter(({ event }) => event.event === "idempotency_skipped")).toHaveLength(9);
  });

  it.each([["skillos"], ["github"]] as const)(
    "of %s that is replayed under another event id runs nothing, and does not take that id",
    async (scheme) => {
      const served = await withWebhook({ scheme });
      const how = { at: toSecondsAgo(served, 10), ...(scheme === "github" && { scheme }) };
      const sent = [];
      for (const eventId of ["e1", "e2", undefined, "e1"]) sent.push(await send(served, { ...how, eventId }));
      const bodies = sent.map(({ reply }) => ("body" in reply ? reply.body : null));
      expect(bodies).toMatchObject([
        { status: "stored", event_id: "e1" },
        { status: "duplicate", event_id: "e1" },
        { status: "duplicate", event_id: "e1" },
        { status: "duplicate", event_id: "e1" },
      ]);
      const fresh = await send(served, { ...how, body: '{"n":22}', eventId: "e2" });
      expect(fresh.reply).toMatchObject({ body: { status: "stored", event_id: "e2" } });
    },
  );

  it("that its sender signed anew is the same event, and its second signature is no licence either", async () => {
    const served = await withWebhook();
    const at = toSecondsAgo(served, 10);
    const sent = [
      await send(served, { eventId: "e1", at: at - 10 }),
      await send(served, { eventId: "e1", at }),
      await send(served, { eventId: "e2", at }),
    ];
    expect(sent.map(({ reply }) => ("body" in reply ? reply.body : null))).toMatchObject([
      { status: "stored" },
      { status: "duplicate" },
      { status: "duplicate", event_id: "e1" },
    ]);
    expect(await list(served)).toHaveLength(1);
  });

  it("cannot be replayed while its signature is good, however short event ids are remembered", async () => {
    const served = await withWebhook();
    const { platform } = served;
    const short = { ...served, platform: { ...platform, webhooks: { ...platform.webhooks, eventTtlMs: 0 } } };
    const at = toSecondsAgo(served, 10);
    const first = await send(short, { eventId: "e1", at });
    const second = await send(short, { eventId: "e1", at });
    expect([first.reply, second.reply]).toMatchObject([
      { body: { status: "stored" } },
      { body: { status: "duplicate" } },
    ]);
  });

  it("is still known by its signature when its event is forgotten already", async () => {
    const served = await withWebhook();
    const { platform, tenant } = served;
    const at = toSecondsAgo(served, 10);
    await (await send(served, { eventId: "e1", at })).after();
    await env.DB.prepare("delete from deliveries where tenant = ?").bind(tenant).run();
    const again = await send(served, { eventId: "e1", at });
    expect(again.reply).toMatchObject({ body: { status: "duplicate", event_id: "e1" } });
    await again.after();
    expect(await platform.deliveries.load({ tenant, webhook: "hook", eventId: "e1" })).toBeNull();
    expect(await untilRuns(served, 1)).toHaveLength(1);
  });

  it("is known by its signed bytes where its sender names no event", async () => {
    const served = await withWebhook();
    const first = await send(served, { body: '{"n":1}' });
    const second = await send(served, { body: '{"n":2}' });
    expect([first.reply, second.reply]).toMatchObject([
      { body: { status: "stored" } },
      { body: { status: "stored" } },
    ]);
    expect(await list(served)).toHaveLength(2);
  });

  it("is taken anew when its event id is older than its time to live", async () => {
    const served = await withWebhook();
    const key = { tenant: served.tenant, webhook: "hook", eventId: "old" };
    const { deliveries, clock, webhooks } = served.platform;
    const now = clock.now();
    expect(
      await deliveries.add(
        { ...key, payload: { n: 1 }, receivedAt: now - webhooks.eventTtlMs },
        webhooks.eventTtlMs,
      ),
    ).toBeNull();
    await startDelivery(served.platform, key);
    expect(
      await deliveries.add({ ...key, payload: { n: 1 }, receivedAt: now - 1 }, webhooks.eventTtlMs),
    ).toMatchObject({ status: "started" });
    expect(
      await deliveries.add({ ...key, payload: { n: 2 }, receivedAt: now }, webhooks.eventTtlMs),
    ).toBeNull();
    await startDelivery(served.platform, key);
    expect(await untilRuns(served, 2)).toHaveLength(2);
  });
});

describe("an event id", () => {
  it("belongs to its webhook and to its skill: made anew for another, a webhook takes it once more", async () => {
    const served = await withWebhook();
    await (await send(served, { eventId: "e1" })).after();
    await untilRuns(served, 1);
    const { platform, tenant } = served;
    const text =
      "description: Another\ninput:\n  n: { type: number, ask: n }\nsteps:\n  - id: a\n    set: { x: 1 }\n";
    const files = [{ path: "test/other.yaml", text }];
    await applyFiles(platform, tenant, { files, complete: false, origin: "http", by: null });
    const webhook = await platform.deliveries.findWebhook(tenant, "hook");
    if (!webhook) throw new Error("the webhook is there");
    let at = Math.floor(platform.clock.now() / 1000) - 30;
    const again = async (skill: SkillId) => {
      await platform.deliveries.dropWebhook(tenant, "hook");
      await platform.deliveries.addWebhook({ ...webhook, skill });
      // A second of its own for each: the same signed bytes are one delivery, whatever the webhook.
      at -= 1;
      const received = await send(served, { eventId: "e1", at });
      await received.after();
      return received.reply;
    };
    expect(await again("test/double")).toMatchObject({ body: { status: "duplicate" } });
    expect(await again("test/other")).toMatchObject({ body: { status: "stored" } });
    expect(await untilRuns(served, 2)).toHaveLength(2);
    expect(await again("test/other")).toMatchObject({ body: { status: "duplicate" } });
  });
});

describe("a delivery that is refused", () => {
  it.each<[string, Sent, string]>([
    ["with a wrong signature", { secret: "another secret" }, "unauthenticated"],
    ["signed too long ago", { ageSeconds: 301 }, "gone"],
    ["signed in the future", { ageSeconds: -400 }, "unauthenticated"],
    ["that is no JSON", { body: "{" }, "bad_request"],
    [
      "that is no JSON and not signed: the signature is judged first",
      { body: "{", secret: "another secret" },
      "unauthenticated",
    ],
    [
      "with an attachment that is no base64",
      { body: '{"attachments":[{"filename":"a","data":"%%%"}]}' },
      "bad_request",
    ],
    ["with an attachment without a name", { body: '{"attachments":[{"data":"YQ=="}]}' }, "bad_request"],
  ])("%s leaves no row", async (_name, sent, reason) => {
    const served = await withWebhook();
    const received = await send(served, sent);
    expect(toReason(received)).toBe(reason);
    await received.after();
    expect(await list(served)).toEqual([]);
    const events = await served.platform.runs.listEvents(served.tenant, {
      since: { seq: 0, place: -1 },
      runId: null,
      limit: 10,
    });
    expect(events.map(({ event }) => event.event)).toEqual(["webhook_received"]);
  });

  it("for want of a webhook looks like a wrong signature", async () => {
    const served = await serve();
    const [absent, wrong] = [
      await send(served, {}),
      await send(await withWebhook(), { secret: "another secret" }),
    ];
    expect(absent.reply).toEqual(wrong.reply);
  });

  it("by a webhook without any secret, whatever is sent", async () => {
    const served = await withWebhook({ secret: null });
    expect(toReason(await send(served, { secret: "" }))).toBe("unauthenticated");
  });
});

describe("a delivery whose run cannot start", () => {
  it("fails visibly, with its problem, when the input does not fit", async () => {
    const served = await withWebhook();
    const received = await send(served, { body: '{"n":"many"}', eventId: "bad" });
    expect(toReason(received)).toBe("accepted");
    await received.after();
    expect(await list(served)).toMatchObject([{ status: "failed", problem: { code: "input_invalid" } }]);
  });

  it("is counted where the webhooks are listed, for a day", async () => {
    const caller = await toCaller();
    const { platform, tenant } = caller;
    await caller.ask("POST /webhooks", { json: { id: "hook", skill: DOUBLE, secret: SECRET } });
    const webhooks = async () => (await caller.ask("GET /webhooks")).body["webhooks"];
    expect(await webhooks()).toMatchObject([{ failed: 0 }]);
    for (const body of ["{}", '{"n":"many"}']) await (await send(caller, { body })).after();
    expect(await webhooks()).toMatchObject([{ failed: 2, last_problem: { code: "input_invalid" } }]);
    const russian = await caller.ask("GET /webhooks", { headers: { "accept-language": "ru" } });
    expect(russian.text).toMatch(/last_problem.*Укажите/);
    expect(await platform.deliveries.listFailures(tenant, platform.clock.now() + 1)).toEqual([]);
  });

  it("says what is missing", async () => {
    const served = await withWebhook();
    await (await send(served, { body: "{}" })).after();
    expect(await list(served)).toMatchObject([
      { status: "failed", problem: { code: "input_invalid", field: "n" } },
    ]);
  });
});

describe("what a kill leaves", () => {
  it("is started by the sweep: nobody waited, no message was sent", async () => {
    const served = await withWebhook();
    const { platform, tenant } = served;
    await platform.deliveries.add(
      {
        tenant,
        webhook: "hook",
        eventId: "lost",
        payload: { n: 4 },
        receivedAt: platform.clock.now() - 11_000,
      },
      1,
    );
    await Promise.all([
      sweepDeliveries(platform),
      sweepDeliveries(platform),
      handleWakeUp(platform, { wake: "delivery", tenant, webhook: "hook", eventId: "lost" }),
    ]);
    expect(await list(served)).toMatchObject([{ status: "started" }]);
    expect(await untilRuns(served, 1)).toHaveLength(1);
    expect(await sweepDeliveries(platform)).toBe(0);
  });

  it("is started by the minute tick when its worker died between storing and queueing", async () => {
    const served = await withWebhook();
    const { platform } = served;
    // Answered, and nothing that was to happen after the answer did.
    const { reply } = await send(served, { eventId: "orphan" });
    expect(reply).toMatchObject({ body: { status: "stored" } });
    const clock = { ...platform.clock, now: () => Date.now() + 60_000 };
    expect(await runMinuteTick({ ...platform, clock })).toEqual([]);
    expect(await list(served)).toMatchObject([{ eventId: "orphan", status: "started" }]);
    expect(await untilRuns(served, 1)).toMatchObject([{ channel: "webhook", status: "succeeded" }]);
    expect(await runMinuteTick({ ...platform, clock })).toEqual([]);
    expect(await untilRuns(served, 1)).toHaveLength(1);
  });

  it("is not swept while it is being started", async () => {
    const served = await withWebhook();
    await send(served, { eventId: "young" });
    expect(await sweepDeliveries(served.platform)).toBe(0);
  });
});

describe("messages", () => {
  it("that failed every time leave a visible failure, and nothing that has started fails", async () => {
    const served = await withWebhook();
    const { tenant, platform } = served;
    await send(served, { eventId: "dead" });
    await (await send(served, { body: '{"n":22}', eventId: "alive" })).after();
    for (const eventId of ["dead", "alive"])
      await handleDeadLetter(platform, { wake: "delivery", tenant, webhook: "hook", eventId });
    const byId = new Map((await list(served)).map((delivery) => [delivery.eventId, delivery]));
    expect(byId.get("dead")).toMatchObject({ status: "failed", problem: { code: "lost" } });
    expect(byId.get("alive")?.status).toBe("started");
  });

  it("that nobody can read are refused, not lost silently", async () => {
    const { platform } = await serve();
    await expect(handleWakeUp(platform, { version: 99 })).rejects.toThrow("wake");
    expect(await handleDeadLetter(platform, "?")).toBe(false);
  });
});

it("keeps files, gives the skill their references, and logs only size and type", async () => {
  const served = await withWebhook();
  const body = JSON.stringify({
    n: 1,
    attachments: [{ filename: "../счёт.png", content_type: "image/png", data: btoa("hello") }],
  });
  const received = await send(served, { body, eventId: "files" });
  await received.after();
  await untilRuns(served, 1);
  const [delivery] = await list(served);
  expect(delivery?.payload).toEqual({
    n: 1,
    attachments: [
      { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), name: "счёт.png", type: "image/png", size: 5 },
    ],
  });
  const events = await served.platform.runs.listEvents(served.tenant, {
    since: { seq: 0, place: -1 },
    runId: null,
    limit: 100,
  });
  expect(events.map(({ event }) => event).filter(({ event }) => event === "webhook_received")).toMatchObject([
    { attachments: [{ content_type: "image/png", size_bytes: 5 }] },
  ]);
});
