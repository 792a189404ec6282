import { describe, expect, it } from "vitest";
import { aConnector, aRefusal } from "../../../test/connector-builders.ts";
import type { Connector } from "../../kernel/domain/connector.ts";
import { createHttpCapability } from "./http.ts";
import { toOutgoing } from "./outgoing.ts";
import { parseHttpRequest } from "./request.ts";

const http = createHttpCapability();
const shop = aConnector({
  effects: [
    { method: "POST", path: "/search", effect: "read" },
    { method: "post", path: "/orders/archive/", effect: "delete" },
  ],
  idempotency: "header",
  pricePerCallMicroUsd: 1_200,
});
const describeOne = (method: string, url: string, connector: Connector | null = shop) =>
  http.describe({ method, url }, connector);

describe("one writing of a path", () => {
  const FREE = "https://api.shop.example";

  /** As policies see it, and as it leaves. */
  it.each([
    ["/%70ay", "/pay"],
    ["/%70%61%79", "/pay"],
    ["/p%61y/%7Ejoe/a%2Eb%2Dc%5Fd", "/pay/~joe/a.b-c_d"],
    ["/x/../pay", "/pay"],
    ["/x/%2e%2E/pay", "/pay"],
    ["/./pay", "/pay"],
    ["/%2e/%70ay", "/pay"],
    ["/x%2fpay", "/x%2Fpay"],
    ["/x%2F..%2fpay", "/x%2F..%2Fpay"],
    ["/x%5cpay", "/x%5Cpay"],
    ["/%2570ay", "/%2570ay"],
    ["/%252fpay", "/%252fpay"],
    ["/a%3Fb", "/a%3Fb"],
    ["/a%23b%25", "/a%23b%25"],
    ["/%D1%83%d0%be", "/%D1%83%D0%BE"],
    ["/уо", "/%D1%83%D0%BE"],
    ["/a%00b", "/a%00b"],
  ])("%s is %s", async (written, path) => {
    const request = { method: "POST", url: `${FREE}${written}` };
    expect(describeOne("POST", request.url, null).target).toBe(`api.shop.example${path}`);
    const sent = toOutgoing(parseHttpRequest(request), null).url;
    expect(sent.pathname).toBe(path);
    // The same resource: nothing that parts a path was made or lost by it.
    const as = (text: string) => text.split("/").map(decodeURIComponent);
    expect(as(sent.pathname)).toEqual(as(new URL(request.url).pathname));
    expect(new URL(sent.href).pathname).toBe(path);
  });

  it.each([
    ["/%zz%7", "/%25zz%257"],
    ["/%7%30ay", "/%2570ay"],
  ])("makes no escape out of a sign that was none: %s", (written, path) => {
    const { pathname } = toOutgoing(parseHttpRequest({ method: "POST", url: `${FREE}${written}` }), null).url;
    expect(pathname).toBe(path);
  });

  it("holds for what only the run can tell, as far as it is written", () => {
    expect(describeOne("POST", "/%70ay/${{ input.n }}").target).toBe(
      "api.shop.example/v1/pay/${{ input.n }}",
    );
  });

  it("is what a connector's rules are compared with", () => {
    expect(describeOne("POST", "/%73earch").class).toBe("read");
    expect(describeOne("POST", "/orders/%61rchive/7").class).toBe("delete");
  });
});

describe("what a request means", () => {
  it.each([
    ["GET", "/items", "read"],
    ["HEAD", "/items", "read"],
    ["POST", "/items", "write"],
    ["PUT", "/items/1", "write"],
    ["PATCH", "/items/1", "write"],
    ["DELETE", "/items/1", "delete"],
    ["OPTIONS", "/items", "write"],
    ["POST", "/search", "read"],
    ["POST", "/search/", "read"],
    ["POST", "/search/deep?x=1", "read"],
    ["POST", "search", "read"],
    ["PUT", "/search", "write"],
    ["POST", "/search-and-delete", "write"],
    ["POST", "/search/../orders", "write"],
    ["POST", "/search/%2e%2e/orders", "write"],
    ["POST", "/search/..%2forders", "delete"],
    ["POST", "/search/..%255Corders", "delete"],
    ["POST", "/../../v2/search", "write"],
    ["POST", "https://api.shop.example/v1/search", "read"],
    ["POST", "https://api.shop.example/search", "write"],
    ["POST", "/orders/archive/7", "delete"],
    ["POST", "/search/${{ input.what }}", "write"],
    ["GET", "/items/${{ input.id }}", "read"],
  ])("%s %s is a %s", (method, url, meaning) => {
    expect(describeOne(method, url).class).toBe(meaning);
  });

  it.each([
    ["/items?page=2#top", "api.shop.example/v1/items"],
    ["https://api.shop.example/v1/items?token=1", "api.shop.example/v1/items"],
    [
      "/items/${{ input.a ? 'x' : 'y' }}/parts?x=1",
      "api.shop.example/v1/items/${{ input.a ? 'x' : 'y' }}/parts",
    ],
    ["${{ input.path }}", "api.shop.example/v1/${{ input.path }}"],
    ["//elsewhere.example/x", "api.shop.example/v1//elsewhere.example/x"],
  ])("the target of %s has no query", (url, target) => {
    expect(describeOne("GET", url).target).toBe(target);
  });

  it("needs no connector", () => {
    expect(describeOne("GET", "https://x.example/a?b=c", null)).toEqual({
      class: "read",
      target: "x.example/a",
      resend: "never",
      upperMicroUsd: 0,
      host: "x.example",
    });
    expect(describeOne("GET", "${{ input.url }}", null)).toMatchObject({
      target: "${{ input.url }}",
      host: undefined,
    });
  });

  it.each([
    ["https://y.example:81/${{ input.id }}", "y.example:81"],
    ["https://${{ input.host }}/a", undefined],
    ["/items/${{ input.id }}", "api.shop.example"],
    ["${{ input.url }}", undefined],
  ])("names its service where that is known: %s", (url, host) => {
    expect(describeOne("GET", url).host).toBe(host);
  });

  it("is sent again only where the target remembers the key", () => {
    const request = { method: "POST", url: "https://x.example/a", idempotency: "header" };
    expect(http.describe(request, null).resend).toBe("deduplicated");
    expect(describeOne("POST", "/items").resend).toBe("deduplicated");
    const forgetful = aConnector({ baseUrl: undefined });
    expect(http.describe(request, forgetful).resend).toBe("never");
    expect(describeOne("POST", "/items").upperMicroUsd).toBe(1_200);
  });

  it.each([
    ["https://evil.example/v1/items", { reason: "address_forbidden", host: "evil.example" }],
    ["http://api.shop.example/v1/items", { reason: "address_forbidden", host: "api.shop.example" }],
    ["https://api.shop.example:8443/v1", { reason: "address_forbidden", host: "api.shop.example" }],
    ["https://api.shop.example@evil.example/", { reason: "address_forbidden", host: "evil.example" }],
  ])("%s is not this connector's", (url, refusal) => {
    expect(aRefusal(() => describeOne("GET", url))).toEqual(refusal);
  });

  it.each(["/items", "items", "ftp://x.example/a", "https://"])("%s alone is no address", (url) => {
    expect(aRefusal(() => describeOne("GET", url, null))).toMatchObject({ reason: "bad_request" });
  });
});
