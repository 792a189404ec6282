import { describe, expect, it } from "vitest";
import { findExchange, toIncoming } from "./practice.ts";

const exchange = (method: string, path: string, query?: Record<string, string>) => ({
  request: { method, path, ...(query ? { query } : {}) },
  response: { status: 200, headers: { "content-type": "text/plain" }, body: `${method} ${path}` },
});

describe("a practice answer", () => {
  const exchanges = [
    exchange("GET", "/rates", { day: "1" }),
    exchange("GET", "/rates"),
    exchange("POST", "*"),
  ];
  const find = (method: string, url: string) =>
    findExchange(exchanges, method, new URL(url, "https://a.example"));

  it("is the first that fits by method, path and named query values", () => {
    expect(find("get", "/rates?day=1&x=2")).toBe(exchanges[0]);
    expect(find("GET", "/rates?day=2")).toBe(exchanges[1]);
    expect(find("POST", "/anything")).toBe(exchanges[2]);
    expect(find("GET", "/other")).toBeNull();
  });

  it("comes in the bytes of its character set", () => {
    const { request, response } = exchange("GET", "/x");
    const answer = toIncoming({
      request,
      response: { ...response, body: "Курс: 90 ₽", charset: "windows-1251" },
    });
    expect(new TextDecoder("windows-1251").decode(answer.bytes)).toBe("Курс: 90 ?");
  });
});
