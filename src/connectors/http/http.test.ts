import { describe, expect, it } from "vitest";
import { aConnector, anIo, toIncoming } from "../../../test/connector-builders.ts";
import type { Connector } from "../../kernel/domain/connector.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import type { Outgoing } from "../../kernel/ports/outbound.ts";
import { createHttpCapability } from "./http.ts";

const http = createHttpCapability();

async function callWith(
  request: Record<string, unknown>,
  response: Response,
  connector: Connector | null = aConnector(),
) {
  const sent: Outgoing[] = [];
  const io = anIo({
    fetch: async (outgoing) => {
      sent.push(outgoing);
      return toIncoming(response);
    },
  });
  const outcome = await http
    .call({ method: "GET", url: "/items", ...request }, connector, io)
    .catch((error: unknown) => ({ error }));
  const [outgoing] = sent;
  return { outcome, outgoing, body: outgoing?.body };
}

const json = (value: unknown, init?: ResponseInit) => Response.json(value, init);

describe("what is sent", () => {
  it("has the connector's parts and the step's, secrets still as references", async () => {
    const connector = aConnector({
      headers: { "X-Token": "secret:SHOP_TOKEN", Accept: "application/xml" },
      query: { key: "secret:SHOP_KEY", lang: "ru" },
    });
    const query = { q: "устрицы", page: 2, tag: ["a", "b"], lang: "en", none: null, on: true };
    const { outgoing } = await callWith(
      { url: "/items?fixed=1", query, headers: { "X-Extra": 7 } },
      json({}),
      connector,
    );
    expect(outgoing?.url.href).toBe(
      "https://api.shop.example/v1/items?fixed=1&key=secret%3ASHOP_KEY&lang=en&q=%D1%83%D1%81%D1%82%D1%80%D0%B8%D1%86%D1%8B&page=2&tag=a&tag=b&on=true",
    );
    expect(outgoing?.headers).toEqual({
      accept: "application/xml",
      "user-agent": "SkillOS/0.1",
      "x-extra": "7",
      "x-token": "secret:SHOP_TOKEN",
    });
  });

  it.each([
    [
      { a: 1, when: new Date(0), big: 5n },
      undefined,
      '{"a":1,"when":"1970-01-01T00:00:00.000Z","big":5}',
      "application/json",
    ],
    [[1, 2], undefined, "[1,2]", "application/json"],
    ["plain", undefined, "plain", "text/plain; charset=utf-8"],
    ["<a/>", { "Content-Type": "text/xml" }, "<a/>", "text/xml"],
    [
      { a: "x y", b: [1, 2] },
      { "content-type": "application/x-www-form-urlencoded" },
      "a=x+y&b=1&b=2",
      "application/x-www-form-urlencoded",
    ],
  ])("body %o", async (...[body, headers, text, type]) => {
    const sent = await callWith({ method: "POST", body, headers }, json({}));
    expect([sent.body, sent.outgoing?.headers["content-type"]]).toEqual([text, type]);
  });

  it.each([
    [{ body: { a: 1 } }, "cannot carry a body"],
    [{ headers: { "X-HTTP-Method-Override": "DELETE" } }, "is not sent: it would make another method"],
    [{ headers: { "X-Name": "Иван" } }, 'The header "X-Name" cannot be sent'],
    [{ headers: { "X-Name": "a\r\nHost: evil" } }, 'The header "X-Name" cannot be sent'],
  ])("%o is refused before it leaves", async (request, message) => {
    const { outcome, outgoing } = await callWith(request, json({}));
    expect(outcome).toMatchObject({
      error: { refusal: { reason: "bad_request", message: { en: expect.stringContaining(message) } } },
    });
    expect(outcome).toMatchObject({ error: expect.any(Refused) });
    expect(outgoing).toBeUndefined();
  });
});

describe("what comes back", () => {
  it("is status, safe headers and body", async () => {
    const response = json(
      { items: [1] },
      { headers: { etag: '"1"', "set-cookie": "session=1", "x-internal": "1" } },
    );
    const { outcome } = await callWith({}, response, aConnector({ pricePerCallMicroUsd: 50 }));
    expect(outcome).toEqual({
      value: {
        status: 200,
        headers: { "content-type": "application/json", etag: '"1"' },
        body: { items: [1] },
      },
      costMicroUsd: 50,
      total: undefined,
    });
  });

  it.each([
    ["GET", 503, "none", "http_status", "later"],
    ["GET", 429, "none", "http_refused", "later"],
    ["GET", 404, "none", "http_refused", "never"],
    ["POST", 503, "none", "http_status", "never"],
    ["POST", 503, "header", "http_status", "later"],
    ["POST", 429, "header", "http_refused", "later"],
    ["POST", 422, "header", "http_refused", "never"],
  ] as const)(
    "%s answered %i, target remembers keys: %s",
    async (...[method, status, idempotency, code, retry]) => {
      const { outcome } = await callWith(
        { method },
        new Response("no", { status }),
        aConnector({ idempotency }),
      );
      expect(outcome).toMatchObject({
        error: { code, retry, message: `api.shop.example answered ${status}` },
      });
    },
  );

  it("is a fault when it is shorter than promised", async () => {
    const cut = new Response('{"a":', {
      headers: { "content-type": "application/json", "content-length": "9000" },
    });
    const { outcome } = await callWith({}, cut);
    expect(outcome).toMatchObject({
      error: { code: "network", retry: "later", message: "the answer ended after 5 of 9000 bytes" },
    });
  });

  it("is not compared with the length of a compressed body", async () => {
    const answer = new Response("{}", {
      headers: { "content-type": "application/json", "content-length": "22", "content-encoding": "gzip" },
    });
    expect((await callWith({}, answer)).outcome).toMatchObject({ value: { body: {} } });
  });

  it.each(["json", "xml", "rss", "csv"])("an empty 200 is no %s", async (as) => {
    const { outcome } = await callWith({ as }, new Response(""));
    expect(outcome).toMatchObject({ error: { code: "network", retry: "later" } });
  });

  it("of a write may be empty or unreadable: the write was done", async () => {
    const empty = await callWith({ method: "POST", body: {} }, new Response(null, { status: 204 }));
    const odd = await callWith({ method: "POST", body: {}, as: "json" }, new Response("OK", { status: 201 }));
    expect(empty.outcome).toMatchObject({ value: { status: 204, body: "" }, total: 1 });
    expect(odd.outcome).toMatchObject({ value: { status: 201, body: "OK" }, total: 1 });
  });

  it.each([
    ['{"a": 1', "broken or not JSON"],
    ["<html>login</html>", "a page or XML"],
  ])("%s is not taken for JSON", async (text, why) => {
    const { outcome } = await callWith({ as: "json" }, new Response(text));
    expect(outcome).toMatchObject({
      error: { code: "invalid_json", retry: "never", message: `JSON was expected, the answer is ${why}` },
    });
  });

  it.each([
    ["application/json; charset=utf-8", '\ufeff{"a":1}', { a: 1 }],
    ["application/problem+json", '{"a":1}', { a: 1 }],
    ["text/xml", "<a>1</a>", { a: "1" }],
    ["text/csv", "a;b\n1;2", { columns: ["a", "b"], rows: [{ a: 1, b: 2 }] }],
    ["application/rss+xml", "<rss><channel><title>x</title></channel></rss>", { title: "x", items: [] }],
    ["text/html", "<p>x</p>", "<p>x</p>"],
    ["", '{"a":1}', '{"a":1}'],
  ])("content type %s decides the format", async (type, text, body) => {
    const { outcome } = await callWith(
      {},
      new Response(new TextEncoder().encode(text), { headers: type === "" ? {} : { "content-type": type } }),
    );
    expect(outcome).toMatchObject({ value: { body } });
  });
});

describe("a write before it is sent", () => {
  it("is shown as the request itself", async () => {
    const request = { method: "POST", url: "/orders", body: { customer: "Volna", kg: 40 } };
    expect(await http.preview(request, aConnector(), anIo())).toEqual({
      entities: [
        {
          id: "POST api.shop.example/v1/orders",
          label: 'POST api.shop.example/v1/orders {"customer":"Volna","kg":40}',
          after: { customer: "Volna", kg: 40 },
        },
      ],
      total: 1,
      value: { status: 0, headers: {}, body: null },
    });
  });

  it("is shown with its query and headers, without those that the connector adds", async () => {
    const request = { method: "DELETE", url: "/orders?all=0", query: { id: 7 }, headers: { "X-To": "A" } };
    const connector = aConnector({ query: { key: "secret:SHOP" }, headers: { "X-Token": "secret:SHOP" } });
    expect((await http.preview(request, connector, anIo())).entities).toEqual([
      {
        id: "DELETE api.shop.example/v1/orders?all=0&id=7",
        label: 'DELETE api.shop.example/v1/orders?all=0&id=7 {"X-To":"A"}',
        after: { headers: { "X-To": "A" }, body: undefined },
      },
    ]);
  });

  it("is told in one line however long it is", async () => {
    const preview = await http.preview(
      { method: "PUT", url: "/text", body: "x".repeat(500) },
      aConnector(),
      anIo(),
    );
    expect(preview.entities[0]?.label.length).toBeLessThan(170);
    expect(preview.entities[0]?.after).toEqual({ body: "x".repeat(500) });
  });
});
