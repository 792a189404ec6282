import { describe, expect, it } from "vitest";
import { aConnector, aStore } from "../../../test/connector-builders.ts";
import type { EffectFacts } from "../domain/effect.ts";
import { Fault, Refused } from "../domain/refusal.ts";
import type { Capability, CapabilityIo } from "../ports/capability.ts";
import type { Outgoing } from "../ports/outbound.ts";
import { createDoor } from "./door.ts";
import type { DoorSession } from "./session.ts";

const vendor = aConnector({
  name: "openai",
  baseUrl: "https://llm.example/v1",
  headers: { authorization: "Bearer secret:LLM_KEY" },
});

function aSession(changes: Partial<DoorSession> = {}): DoorSession {
  return {
    tenant: "ten_a",
    runId: "run_0_x",
    dryRun: false,
    data: "live",
    allowStale: false,
    isDegraded: false,
    store: aStore(),
    connectors: new Map(),
    mocks: null,
    calls: { findRefusal: async () => null, begin: () => () => undefined },
    authorized: "delete",
    agreed: null,
    recording: null,
    effects: new Map(),
    planned: [],
    spentMicroUsd: 0,
    pendingMicroUsd: 0,
    holdMicroUsd: 1_000,
    permit: { check: async () => {} },
    extendHold: async () => {},
    saveLive: async () => {},
    ...changes,
  };
}

/** How the service answers, and what the effect is. */
interface Wish extends Partial<EffectFacts> {
  readonly reply?: (request: Outgoing) => Response;
}

async function performWith(
  call: (io: CapabilityIo) => Promise<unknown>,
  session = aSession(),
  { reply = () => new Response("ok"), ...facts }: Wish = {},
) {
  const sent: Outgoing[] = [];
  const capability: Capability = {
    via: "model",
    connectorOf: () => vendor,
    describe: () => ({
      class: "read",
      target: "openai/x",
      resend: "deduplicated",
      upperMicroUsd: 100,
      ...facts,
    }),
    call: async (_request, _connector, io) => ({ value: await call(io), costMicroUsd: 7, tokens: 3 }),
    preview: async () => ({ entities: [], total: 0, value: null }),
  };
  const door = createDoor({
    clock: { now: () => 0, after: () => () => {} },
    mailer: null,
    outbound: { privateHosts: [], fetch: async (request) => (sent.push(request), reply(request)) },
    secrets: {
      load: async (_tenant, key) => (key === "LLM_KEY" ? "sk-very-secret" : null),
      known: async () => ["sk-very-secret"],
    },
    documents: {
      loadSkill: async () => null,
      loadConnector: async () => null,
      loadFixture: async () => null,
    },
    capabilities: new Map([["model", capability]]),
    away: new Map(),
    saved: { load: async () => null, save: async () => {} },
    kept: new Map(),
    background: () => {},
  });
  const outcome = await door
    .perform(
      session,
      { key: "run_0_x:ask:1", step: "ask", isOver: () => false },
      { via: "model", request: {} },
    )
    .catch((error: unknown) => error);
  return { outcome, sent, record: session.effects.get("run_0_x:ask:1"), session };
}

const headers = { authorization: "Bearer secret:LLM_KEY" };
const aRequest = (url: string): Outgoing => ({ method: "GET", url: new URL(url), headers, body: null });

describe("a capability with a connector of its own", () => {
  it("gets its secret put in, for its own origin only", async () => {
    const home = await performWith(async (io) =>
      new TextDecoder().decode((await io.fetch(aRequest("https://llm.example/v1/chat"))).bytes),
    );
    expect(home.outcome).toMatchObject({ value: "ok", origin: "live" });
    expect(home.sent[0]?.headers["authorization"]).toBe("Bearer sk-very-secret");
    const away = await performWith((io) => io.fetch(aRequest("https://evil.example/")));
    expect(away.outcome).toMatchObject({ refusal: { reason: "address_forbidden", host: "evil.example" } });
    expect(away.sent).toEqual([]);
  });

  it("gets it in the places that the connector names, in no other", async () => {
    const text = "say secret:LLM_KEY";
    const url = `https://llm.example/v1/chat?q=${encodeURIComponent(text)}`;
    const { sent } = await performWith((io) =>
      io.fetch({ ...aRequest(url), headers: { ...headers, "x-note": text }, body: text }),
    );
    expect(sent[0]).toMatchObject({
      headers: { authorization: "Bearer sk-very-secret", "x-note": text },
      body: text,
    });
    expect(sent[0]?.url.searchParams.get("q")).toBe(text);
  });

  it("is told whose run it is and whether it is practice", async () => {
    const seen: unknown[] = [];
    const look = async (io: CapabilityIo) => void seen.push([io.tenant, io.data]);
    await performWith(look);
    await performWith(look, aSession({ data: "practice" }));
    await performWith(look, aSession({ mocks: new Map() }));
    expect(seen).toEqual([
      ["ten_a", "live"],
      ["ten_a", "practice"],
      ["ten_a", "practice"],
    ]);
  });
});

it.each([
  ["write", "deduplicated", "run_0_x:ask:1"],
  ["write", "never", undefined],
  ["read", "deduplicated", undefined],
] as const)("a %s, resend %s, carries the key %s", async (effect, resend, key) => {
  const ask = (io: CapabilityIo) => io.fetch(aRequest("https://llm.example/v1/chat"));
  const { sent } = await performWith(ask, aSession(), { class: effect, resend });
  expect(sent.map((one) => one.headers["idempotency-key"])).toEqual([key]);
});

describe("the last look before a request leaves", () => {
  const paused = new Refused({ reason: "paused", payer: "tenant" });
  const ask = (io: CapabilityIo) => io.fetch(aRequest("https://llm.example/v1/chat"));
  /** Stops whatever is about to be done once something else has taken its time. */
  const stopLate = () => {
    let isLate = false;
    const check = async () => {
      if (isLate) throw paused;
    };
    return { check, late: () => (isLate = true) };
  };

  it.each(["write", "delete"] as const)("is that nobody has stopped a %s meanwhile", async (effect) => {
    const { check, late } = stopLate();
    const facts = { class: effect, resend: "never" } as const;
    const slow = async (io: CapabilityIo) => {
      late();
      return ask(io);
    };
    const { sent, outcome, record } = await performWith(slow, aSession({ permit: { check } }), facts);
    expect(sent).toEqual([]);
    expect(outcome).toBe(paused);
    expect(record).toMatchObject({ state: "failed", costMicroUsd: 0 });
  });

  it("is where a redirect leads, for a read", async () => {
    const asked: unknown[] = [];
    const check = async (intended: { hops?: readonly string[] | undefined }) => {
      asked.push(intended.hops);
      if (intended.hops?.some((hop) => hop.includes("/secret")) === true) throw paused;
    };
    const session = aSession({ permit: { check } });
    const to = (place: string) => (request: Outgoing) =>
      new Response(
        null,
        request.url.pathname === "/v1/chat" ? { status: 302, headers: { location: place } } : {},
      );
    const led = await performWith(ask, session, { reply: to("/v1/%66ine") });
    expect(led.sent.map(({ url }) => url.pathname)).toEqual(["/v1/chat", "/v1/fine"]);
    const stopped = await performWith(ask, session, { reply: to("/%73ecret?x=1") });
    expect(stopped.sent.map(({ url }) => url.pathname)).toEqual(["/v1/chat"]);
    expect(stopped.outcome).toBe(paused);
    expect(asked.at(-1)).toEqual(["llm.example/v1/fine", "llm.example/secret"]);
    expect(stopped.record?.hops).toEqual(["llm.example/v1/fine"]);
  });
});

describe("money of a call that fails", () => {
  it("is kept on the record and drawn from the hold", async () => {
    const { record, session } = await performWith(async (io) => {
      io.charge(40, 9);
      throw new Fault("model_invalid", "never", "x");
    });
    expect(record).toMatchObject({ state: "failed", costMicroUsd: 40, tokens: 9 });
    expect(session.spentMicroUsd).toBe(40);
  });

  it("adds up with that of the attempt that succeeds", async () => {
    let attempt = 0;
    const { record, session } = await performWith(async (io) => {
      attempt += 1;
      if (attempt > 1) return "fine";
      io.charge(40, 9);
      throw new Fault("network", "later", "x");
    });
    expect(record).toMatchObject({ state: "done", costMicroUsd: 47, tokens: 12 });
    expect(session.spentMicroUsd).toBe(47);
  });
});
