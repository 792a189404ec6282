// docs/permissions.md, asked over HTTP: every operation with a key of each role, of each scope, and for single skills.
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import page from "../../docs/permissions.md?raw";
import { createApp } from "../../src/channels/http/app.ts";
import { toPlatform } from "../../src/compose/compose.ts";
import { sha256 } from "../../src/kernel/domain/hash.ts";
import { type Role, ROLES, type Scope, SCOPES } from "../../src/kernel/domain/principal.ts";
import { OPERATIONS } from "../../src/operations/index.ts";
import { aTenant, Tenant } from "./tenant.ts";

/** What may be asked without a key and is no operation. */
const OPEN = [
  "GET /",
  "POST /ask",
  "GET /approve/:token",
  "POST /approve/:token",
  "GET /approve/:token/list.csv",
  "GET /approvals/:id/page",
  "GET /runs/:id/table.csv",
  "GET /docs/errors/:code",
  "GET /openapi.json",
  "POST /webhooks/:id",
  "POST /webhooks/:tenant/:id",
];

interface Row {
  readonly name: string;
  readonly http: string;
  readonly scope: string;
  /** By role; `single`: an owner's key for single skills. */
  readonly may: Readonly<Record<Role | "single", boolean>>;
}

const rows: readonly Row[] = page
  .split("\n")
  .filter((line) => /^\| [a-z-]+ \| `/.test(line))
  .map((line) => {
    const [name = "", http = "", scope = "", ...cells] = line.slice(2, -2).split(" | ");
    const [owner, manager, member, viewer, single] = cells.map((cell) => cell === "✓");
    const may = { owner, manager, member, viewer, single } as Row["may"]; // Five cells by the page's head.
    return { name, http: http.replaceAll("`", ""), scope, may };
  });

/** What the roles reach at most, as the page says in words. */
const REACH: Readonly<Record<Role, readonly string[]>> = {
  owner: ["read", "run", "build", "admin"],
  manager: ["read", "run", "build"],
  member: ["read", "run"],
  viewer: ["read", "run"],
};

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

let made = 0;
async function key(
  role: Role,
  scopes: readonly Scope[],
  skills: readonly string[] | null = null,
): Promise<Tenant> {
  made += 1;
  const text = `sk_permissions_${made}`;
  await env.DB.prepare(
    `insert into api_keys (hash, id, tenant, user, role, scopes, skills, unlimited, created_at) values (?, ?, ?, 'anna', ?, ?, ?, 1, 0)`,
  )
    .bind(
      sha256(text),
      `key_${text}`,
      tenant.id,
      role,
      JSON.stringify(scopes),
      skills && JSON.stringify(skills),
    )
    .run();
  return new Tenant(tenant.id, text);
}

/** Bodies are empty, names are nobody's: what gets past the gate is refused or finds nothing. */
async function statusOf(caller: Tenant, { name, http }: Row, headers: Record<string, string> = {}) {
  const route = http.replaceAll(/\{\w+\}/g, "nobody");
  const answer = await caller.send(route, http.startsWith("GET ") ? undefined : {}, headers);
  const text = await answer.text();
  const isGate = answer.status === 403 && text.includes(`call ${name}"`) && /needs a key/.test(text);
  return isGate ? "stopped" : answer.status;
}

async function findWrong(
  caller: Tenant,
  may: (row: Row) => boolean,
  headers: Record<string, string> = {},
): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const row of rows) {
    const status = await statusOf(caller, row, headers);
    const isFault = status === 401 || Number(status) >= 500;
    if ((status !== "stopped") !== may(row) || isFault) wrong.push(`${row.name}: ${status}`);
  }
  return wrong;
}

it("names every operation", () => {
  expect(rows.map(({ name }) => name)).toEqual(OPERATIONS.map(({ name }) => name));
});

describe.each(ROLES)("the role %s", (role) => {
  it("gets as far as the page says, with a key and by acting in a smaller role", async () => {
    expect(await findWrong(await key(role, SCOPES), ({ may }) => may[role])).toEqual([]);
    const owner = await key("owner", SCOPES);
    const headers = { "x-skillos-role": role };
    expect(await findWrong(owner, ({ may }) => may[role], headers)).toEqual([]);
  });

  it.each(SCOPES)("gets no further than a key with %s alone, nor than itself", async (scope) => {
    const reach = scope === "admin" ? REACH[role] : REACH[role].filter((one) => one === scope);
    const may = (row: Row) => row.scope === "none" || reach.includes(row.scope) || reach.includes("admin");
    expect(await findWrong(await key(role, [scope]), may)).toEqual([]);
  });
});

it("a key for single skills asks nothing about all of them", async () => {
  const single = await key("owner", SCOPES, ["some/skill"]);
  expect(await findWrong(single, ({ may }) => may.single)).toEqual([]);
});

describe("nobody", () => {
  const NOBODIES = [{}, { authorization: "Bearer sk_x" }, { authorization: "Bearer a.b.c" }];

  it("asks anything but what is named", async () => {
    const { verifier, platform } = { verifier: { verify: async () => null }, platform: toPlatform(env) };
    const app = createApp(platform, verifier);
    const open: string[] = [];
    for (const { http } of OPERATIONS) {
      const [method = "GET", path = "/"] = http.replaceAll(/\{\w+\}/g, "nobody").split(" ");
      for (const headers of NOBODIES) {
        const answer = await app.fetch(new Request(`https://skillos.test${path}`, { method, headers }));
        if (answer.status !== 401) open.push(`${http}: ${answer.status}`);
      }
    }
    expect([...new Set(open)]).toEqual(["GET /health: 200"]);
  });

  it("reaches a route that is neither an operation nor named here", () => {
    const app = createApp(toPlatform(env), { verify: async () => null });
    const known = new Set(OPERATIONS.map(({ http }) => http.replaceAll(/\{(\w+)\}/g, ":$1")));
    const others = app.routes.map(({ method, path }) => `${method} ${path}`).filter((one) => !known.has(one));
    expect([...new Set(others)].sort()).toEqual([...OPEN].sort());
  });
});
