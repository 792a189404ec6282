import { describe, expect, it } from "vitest";
import { parseConnectorFile } from "./connector-file.ts";
import { parseFixtureFile } from "./fixture-file.ts";

const CDEK = `type: http
title: CDEK
base_url: https://api.cdek.ru/
headers: { Authorization: "secret:CDEK_AUTHORIZATION", X-Version: 2 }
effects: [{ method: post, path: /v2/calculator/tarifflist, effect: read }]
timeout: 5s
price_per_call_usd: 0.002
practice: cdek
docs: https://api-docs.cdek.ru/
`;

describe("a connector file", () => {
  it("becomes a connector named after it", () => {
    expect(parseConnectorFile("skills/connectors/cdek.yaml", CDEK, "abc")).toEqual({
      connector: {
        name: "cdek",
        hash: "abc",
        type: "http",
        title: "CDEK",
        baseUrl: "https://api.cdek.ru",
        headers: { Authorization: "secret:CDEK_AUTHORIZATION", "X-Version": "2" },
        query: {},
        idempotency: "none",
        effects: [{ method: "POST", path: "/v2/calculator/tarifflist", effect: "read" }],
        timeoutMs: 5000,
        pricePerCallMicroUsd: 2000,
        practice: "cdek",
        mode: "live",
        docs: "https://api-docs.cdek.ru/",
      },
    });
  });
  it("may be JSON and short; its hash is its content's", () => {
    const answer = parseConnectorFile(
      "pay",
      '{"type":"http","base_url":"http://127.0.0.1:4799","idempotency":"header"}',
    );
    expect(answer).toMatchObject({
      connector: {
        name: "pay",
        title: "pay",
        idempotency: "header",
        timeoutMs: 10_000,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
  });
  it.each([
    ["type: http\nbase_urll: x\n", "2:1 unknown_key"],
    ["type: http\nbase_url: ftp://x\n", "2:11 wrong_address"],
    ["type: http\nbase_url: https://user:pass@host\n", "2:11 wrong_address"],
    ["type: http\nidempotency: maybe\n", "2:14 wrong_value"],
    ["title: x\n", "1:1 missing_key"],
    ["type: http\neffects: [{ method: GET, path: /, effect: look }]\n", "2:43 wrong_value"],
    ["", "1:1 missing_key"],
    ["type: [", "1:8 bracket_not_closed"],
  ])("%s has a mistake", (text, place) => {
    const answer = parseConnectorFile("x.yaml", text);
    expect(
      "mistakes" in answer && answer.mistakes.map(({ at, rule }) => `${at.line}:${at.column} ${rule}`),
    ).toContain(place);
  });
  it("must have a name that can be addressed", () =>
    expect(parseConnectorFile("Моё.yaml", CDEK)).toMatchObject({ mistakes: [{ rule: "wrong_name" }] }));
});

describe("a fixture file", () => {
  it("keeps its exchanges in order", () => {
    const text = `note: by hand\nas_of: "2026-11-21"\nexchanges:\n  - request: { path: /a, query: { page: 1 } }\n    response: { body: "x", charset: windows-1251 }\n  - request: { method: post, path: /b }\n    response: { status: 201, json: { a: [1] } }\n`;
    expect(parseFixtureFile("skills/fixtures/cbr.yaml", text)).toEqual({
      fixture: {
        name: "cbr",
        note: "by hand",
        asOf: "2026-11-21",
        exchanges: [
          {
            request: { method: "GET", path: "/a", query: { page: "1" } },
            response: { status: 200, headers: {}, body: "x", charset: "windows-1251" },
          },
          {
            request: { method: "POST", path: "/b" },
            response: { status: 201, headers: { "content-type": "application/json" }, body: '{"a":[1]}' },
          },
        ],
      },
    });
  });
  it.each([
    ["exchanges: []\n", ["missing_key"]],
    ["note: by hand\nexchanges: []\n", ["too_small"]],
    ["note: x\nexchanges: [{ request: { path: / }, response: { body: a, json: 1 } }]\n", ["two_bodies"]],
    ["note: x\nexchanges: [{ request: { path: / }, response: { stauts: 1 } }]\n", ["unknown_key"]],
  ])("%s has a mistake", (text, rules) => {
    const answer = parseFixtureFile("x.yaml", text);
    expect("mistakes" in answer && answer.mistakes.map(({ rule }) => rule)).toEqual(rules);
  });
});
