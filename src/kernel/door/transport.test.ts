import { describe, expect, it } from "vitest";
import { aConnector } from "../../../test/connector-builders.ts";
import type { Outgoing } from "../ports/outbound.ts";
import { callTransport, MAX_ANSWER_BYTES, type Transport } from "./transport.ts";

const PART = new Uint8Array(1_048_576);
const request: Outgoing = {
  method: "GET",
  url: new URL("https://api.shop.example/v1/x"),
  headers: {},
  body: null,
};

/** As the runtime hands it over: unpacked, under the headers of what was sent. Counts the parts that were taken. */
function anAnswer(headers: Record<string, string>, parts: number) {
  const taken = { parts: 0 };
  const body = new ReadableStream({
    pull(controller) {
      if (taken.parts === parts) return controller.close();
      taken.parts += 1;
      controller.enqueue(PART);
    },
  });
  return { taken, response: new Response(body, { headers }) };
}

function aTransport(response: Response): Transport {
  return {
    tenant: "ten_a",
    outbound: { privateHosts: [], fetch: async () => response },
    connector: aConnector(),
    secrets: new Map(),
    standIn: async () => [],
    mode: "live",
    canStandIn: false,
    isPlan: false,
    now: 0,
    after: () => () => {},
    away: new Map(),
    calls: { findRefusal: async () => null, begin: () => () => undefined },
    permitHop: async () => {},
    onSend: async () => {},
    onAnswer: () => {},
    findStale: async () => null,
    onExchange: async () => {},
  };
}

describe("the size of an answer", () => {
  it.each([
    ["packed, whatever its length says", { "content-encoding": "gzip", "content-length": "305780" }],
    ["of no length", {}],
    ["in parts, whatever its length says", { "transfer-encoding": "chunked", "content-length": "5" }],
  ])("%s, is what it unpacks to", async (_, headers) => {
    const { response, taken } = anAnswer(headers, 30);
    await expect(callTransport(aTransport(response), request)).rejects.toMatchObject({ code: "too_large" });
    expect(taken.parts).toBeLessThan(MAX_ANSWER_BYTES / PART.length + 3);
  });

  it("may be packed", async () => {
    const { response } = anAnswer({ "content-encoding": "gzip", "content-length": "2000" }, 2);
    const { bytes } = await callTransport(aTransport(response), request);
    expect(bytes).toHaveLength(2 * PART.length);
  });
});
