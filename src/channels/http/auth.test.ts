import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { anOrder, NOW } from "../../../test/builders.ts";
import type { Principal } from "../../kernel/domain/principal.ts";
import { authenticate } from "./auth.ts";
import { createTokenVerifier } from "./jwt.ts";

const SECRET = "a secret that is long enough for HS256";
const owner: Principal = anOrder().principal;
const verifier = createTokenVerifier({
  secret: SECRET,
  keySet: null,
  algorithms: ["HS256"],
  issuer: "",
  audience: "skillos",
  leewaySeconds: 30,
});

const identity = {
  findByKey: async () => owner,
  findLocalOwner: async () => null,
  findMember: async (tenant: string) => (tenant === "ten_known" ? { role: null } : null),
  noteToken: () => undefined,
};

async function ask(token: string, headers: Record<string, string> = {}) {
  const request = new Request("https://skillos.test/", {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  return authenticate({ clock: { now: () => NOW, after: () => () => {} }, identity }, verifier, request);
}

function sign(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const exp = NOW / 1000 + 60;
  const signed = `${part({ alg: "HS256" })}.${part({ aud: "skillos", sub: "anna", exp, ...claims })}`;
  return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
}

describe("a smaller role", () => {
  it.each([
    ["manager", ["read", "run", "build"]],
    ["member", ["read", "run"]],
    ["viewer", ["read", "run"]],
  ])("%s keeps the scopes that it may have, and no freedom from limits", async (role, scopes) => {
    expect(await ask("key", { "x-skillos-role": role })).toEqual({
      principal: { ...owner, role, scopes, unlimited: false },
    });
  });

  it("is the same one under its own name", async () => {
    expect(await ask("key", { "x-skillos-role": "admin" })).toEqual({ principal: owner });
  });

  it("is never a greater one", async () => {
    const token = sign({ tenant: "ten_known", role: "member", scope: "read run" });
    const answer = await ask(token, { "x-skillos-role": "owner" });
    expect(answer).toMatchObject({ principal: { role: "member", scopes: ["read", "run"] } });
  });
});

describe("scopes beyond the role", () => {
  it.each([
    ["owner", "admin", ["read", "run", "build", "admin"]],
    ["manager", "admin", ["read", "run", "build"]],
    ["member", "read run build", ["read", "run"]],
    ["viewer", "build", []],
  ])("do not count: %s with %s", async (role, scope, scopes) => {
    expect(await ask(sign({ tenant: "ten_known", role, scope }))).toMatchObject({
      principal: { role, scopes },
    });
  });
});

describe("a token's tenant", () => {
  it("is one that there is", async () => {
    expect(await ask(sign({ tenant: "ten_known" }))).toMatchObject({ principal: { tenant: "ten_known" } });
    expect(await ask(sign({ tenant: "ten_gone" }))).toEqual({ refusal: { reason: "unauthenticated" } });
  });

  it.each(["ten_", "ten_known/0", "ten_known ", "TEN_known", "ten_../x", `ten_${"a".repeat(100)}`, "known"])(
    "is no %s",
    async (tenant) => {
      expect(await ask(sign({ tenant }))).toEqual({ refusal: { reason: "unauthenticated" } });
    },
  );
});
