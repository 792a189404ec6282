// What somebody with a key, or without one, tries in headers, names and races to be more than he is.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { createApp } from "../../src/channels/http/app.ts";
import { toPlatform } from "../../src/compose/compose.ts";
import { aTenant, type Body, Tenant } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const make = async (body: object = {}) => {
  const made = await tenant.ask("POST /keys", { name: "x", ...body });
  return Object.assign(new Tenant(tenant.id, String(made["key"])), { id: String(made["id"]), made });
};
const keys = async () => ((await tenant.ask("GET /keys")) as { keys: Body[] }).keys.map(({ id }) => id);

describe("a tenant or a role", () => {
  it("is none that a header, a query or a body names", async () => {
    const stranger = await aTenant();
    const viewer = await tenant.join("egor", "viewer");
    const named = { tenant: stranger.id, "x-tenant": stranger.id, "x-skillos-tenant": stranger.id };
    const asked = await tenant.ask(`GET /users?tenant=${stranger.id}`, undefined, named);
    expect(asked).toMatchObject({ users: [{ id: "anna" }, { id: "egor" }] });
    for (const headers of [{ "x-role": "owner" }, { "x-skillos-role": "owner" }, { role: "owner" }])
      expect(await viewer.ask("GET /users?role=owner", undefined, headers)).toMatchObject({ status: 403 });
    const inBody = { id: "x", role: "owner", tenant: stranger.id };
    expect(await tenant.ask("POST /users", inBody)).toMatchObject({ status: 400 });
  });

  it.each(["Owner", "OWNER", "owner,viewer", "viewer, owner", "ow\u00adner", "root", ""])(
    "written as %j is refused, never taken for a greater one",
    async (role) => {
      const viewer = await tenant.join("egor", "viewer");
      const told = await viewer.ask("GET /users", undefined, { "x-skillos-role": encodeURIComponent(role) });
      expect(told).toMatchObject({ status: role === "" ? expect.toBeOneOf([400, 403]) : 400 });
    },
  );
});

describe("a key", () => {
  it("counts in the Authorization header alone, and once", async () => {
    const app = createApp(toPlatform(env), { verify: async () => null });
    const open = async (path: string, headers: Record<string, string>) =>
      (await app.fetch(new Request(`https://skillos.test${path}`, { headers }))).status;
    const { key } = tenant;
    expect(await open("/skills", { authorization: `Bearer ${key}` })).toBe(200);
    for (const [path, headers] of [
      [`/skills?key=${key}&api_key=${key}&access_token=${key}&authorization=Bearer%20${key}`, {}],
      ["/skills", { cookie: `key=${key}; authorization=Bearer ${key}` }],
      ["/skills", { "x-api-key": key }],
      ["/skills", { authorization: key }],
      ["/skills", { authorization: `Basic ${btoa(`x:${key}`)}` }],
      ["/skills", { authorization: `Bearer  ${key}` }],
      ["/skills", { authorization: `Bearer ${key}, Bearer ${key}` }],
      ["/skills", { authorization: `Bearer ${key} x` }],
      ["/skills", { authorization: `Bearer ${key.toUpperCase()}` }],
    ] as const)
      expect([path.slice(0, 12), headers, await open(path, headers)]).toEqual([
        path.slice(0, 12),
        headers,
        401,
      ]);
  });

  it("that was revoked a moment ago makes no other that would outlive it", async () => {
    const [holder, other] = [await make(), await make()];
    expect(await holder.ask("GET /keys")).toHaveProperty("keys");
    await tenant.ask(`DELETE /keys/${holder.id}`);
    const before = await keys();
    const refused = { status: 401, code: "unauthenticated" };
    for (let n = 0; n < 3; n += 1) {
      expect(await holder.ask("POST /keys", { name: "child" })).toMatchObject(refused);
      expect(await holder.ask(`POST /keys/${other.id}/rotate`, {})).toMatchObject(refused);
    }
    expect(await keys()).toEqual(before);
    expect(await tenant.ask(`POST /keys/${holder.id}/rotate`, {})).toMatchObject({ status: 404 });
  });

  it("that is rotated many times at once leaves no key that lives longer than was said", async () => {
    const holder = await make();
    const rotate = () => tenant.ask(`POST /keys/${holder.id}/rotate`, { overlap_seconds: 0 });
    const made = await Promise.all(Array.from({ length: 10 }, rotate));
    const good = made.filter((one) => typeof one["key"] === "string");
    expect(good.length).toBeGreaterThan(0);
    for (const one of good) expect(await keys()).toContain(one["id"]);
    expect((await keys()).length).toBe(good.length + 1 + ((await keys()).includes(holder.id) ? 1 : 0));
  });
});

describe("a user's name", () => {
  it.each(["аnna", "anna\u0301", "ａnna", "an\u200bna", "anna ", "../anna", "anna/x", "\ud800", ""])(
    "%j is none: nobody looks like somebody else",
    async (id) => {
      expect(await tenant.ask("POST /users", { id, role: "member" })).toMatchObject({ status: 400 });
      expect(await tenant.ask("GET /users")).toMatchObject({ users: [{ id: "anna" }] });
    },
  );

  it("keeps its runs and keys from one that differs by case", async () => {
    const made = await tenant.ask("POST /users", { id: "Anna", role: "member" });
    if (made["status"] === 409) return;
    const other = await make({ user: "Anna" });
    expect(await other.ask("GET /keys")).toMatchObject({ keys: [{ user: "Anna" }] });
  });
});
