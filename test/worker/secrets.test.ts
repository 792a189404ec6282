// A tenant's secrets over HTTP: they go in, are used at the door, and never come out.
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aTenant, visits } from "./tenant.ts";

const VALUE = "canary-own-secret-7719";
const SHOP = 'type: http\nbase_url: https://sink.example\nheaders: { x-key: "secret:SHOP_KEY" }\n';
const STEPS = `  - id: page
    http: { get: /echo, connector: shop }
output: { body: "\${{ page.body }}" }
`;

describe("a tenant's secret", () => {
  it("goes to its connector from the next call on, replaced and deleted as soon", async () => {
    const tenant = await aTenant();
    await tenant.send("PUT /connectors/shop", SHOP);
    await tenant.saveSkill("test/page", STEPS);
    const ask = () => tenant.ask("POST /skills/test/page/run", {});
    expect(await ask()).toMatchObject({ code: "secret_missing" });
    const sent = async () =>
      (await visits()).filter(({ url }) => url.endsWith("/echo")).at(-1)?.headers["x-key"];
    for (const value of [VALUE, `${VALUE}-2`]) {
      const set = await tenant.send("PUT /secrets/SHOP_KEY", { value });
      expect(set.status).toBe(200);
      expect(await set.text()).not.toContain(VALUE);
      expect(await ask()).toMatchObject({ status: "succeeded" });
      expect(await sent()).toBe(value);
    }
    expect(await tenant.ask("DELETE /secrets/SHOP_KEY")).toEqual({ name: "SHOP_KEY", deleted: true });
    expect(await ask()).toMatchObject({ code: "secret_missing" });
  });

  it("is listed by name, maker and connectors; never with its value, which is sealed", async () => {
    const tenant = await aTenant();
    await tenant.send("PUT /connectors/shop", SHOP);
    await tenant.send("PUT /secrets/SHOP_KEY", { value: VALUE });
    await tenant.send("PUT /secrets/OTHER", { value: VALUE });
    const text = await (await tenant.send("GET /secrets")).text();
    expect(JSON.parse(text)).toEqual({
      secrets: [
        { name: "OTHER", set_at: expect.any(String), set_by: "anna", connectors: [] },
        { name: "SHOP_KEY", set_at: expect.any(String), set_by: "anna", connectors: ["shop"] },
      ],
    });
    const rows = await env.DB.prepare("select * from secrets where tenant = ?").bind(tenant.id).all();
    expect(JSON.stringify(rows.results)).not.toContain(VALUE);
    const audit = await (await tenant.send("GET /audit")).text();
    expect(audit).toContain('"secret.set"');
    expect(text + audit).not.toContain(VALUE);
  });

  it("that was altered stops the calls that need it, says so, and stops no others", async () => {
    const tenant = await aTenant();
    await tenant.send("PUT /connectors/shop", SHOP);
    await tenant.saveSkill("test/page", STEPS);
    await tenant.saveSkill("test/plain", "  - id: a\n    set: { b: 1 }\noutput: { b: 1 }\n");
    await tenant.send("PUT /secrets/SHOP_KEY", { value: VALUE });
    await env.DB.prepare("update secrets set value = ? where tenant = ?").bind(VALUE, tenant.id).run();
    const ran = await tenant.ask("POST /skills/test/page/run", {});
    expect(JSON.stringify(ran)).toContain("seal_broken");
    expect(JSON.stringify(ran)).not.toContain(VALUE);
    expect(await tenant.ask("POST /skills/test/plain/run", {})).toMatchObject({ status: "succeeded" });
  });

  it("belongs to its tenant alone, and to those with the scope admin", async () => {
    const [tenant, other] = [await aTenant(), await aTenant()];
    await tenant.send("PUT /secrets/SHOP_KEY", { value: VALUE });
    expect(await other.ask("GET /secrets")).toEqual({ secrets: [] });
    expect(await other.ask("DELETE /secrets/SHOP_KEY")).toMatchObject({ code: "not_found", status: 404 });
    const member = await tenant.join("boris", "manager");
    for (const route of ["GET /secrets", "DELETE /secrets/SHOP_KEY"])
      expect(await member.ask(route)).toMatchObject({ code: "forbidden" });
    expect(await member.ask("PUT /secrets/SHOP_KEY", { value: "x" })).toMatchObject({ code: "forbidden" });
  });

  it.each([
    {
      what: "a name that is none",
      route: "PUT /secrets/shop-key",
      body: { value: VALUE },
      code: "bad_request",
    },
    {
      what: "a name that is too long",
      route: `PUT /secrets/${"A".repeat(65)}`,
      body: { value: VALUE },
      code: "bad_request",
    },
    { what: "an empty value", route: "PUT /secrets/SHOP_KEY", body: { value: "" }, code: "bad_request" },
    {
      what: "a value of spaces",
      route: "PUT /secrets/SHOP_KEY",
      body: { value: " \n" },
      code: "bad_request",
    },
    {
      what: "a value too short to be masked",
      route: "PUT /secrets/SHOP_KEY",
      body: { value: " q7Z9x " },
      code: "bad_request",
    },
    { what: "no value", route: "PUT /secrets/SHOP_KEY", body: {}, code: "bad_request" },
    {
      what: "a value that is no text",
      route: "PUT /secrets/SHOP_KEY",
      body: { value: 7 },
      code: "bad_request",
    },
    {
      what: "a value of one megabyte",
      route: "PUT /secrets/SHOP_KEY",
      body: { value: "x".repeat(1_048_576) },
      code: "too_large",
    },
  ])("is refused with $what, and nothing is changed", async ({ route, body, code }) => {
    const tenant = await aTenant();
    expect(await tenant.ask(route, body)).toMatchObject({ code });
    expect(await tenant.ask("GET /secrets")).toEqual({ secrets: [] });
  });
});
