// A part that is reset or overloaded: whoever asks hears to come again, and no mistake of ours is reported.
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { createApp } from "../../src/channels/http/app.ts";
import { createTokenVerifier } from "../../src/channels/http/jwt.ts";
import { toPlatform } from "../../src/compose.ts";
import { aTenant } from "./tenant.ts";

const away = () => Promise.reject(new Error("Network connection lost."));
// Stubs of an object that is away: whatever is asked of them fails.
const AWAY = {
  getByName: () => new Proxy({}, { get: (_, name) => (name === "then" ? undefined : away) }),
} as unknown as DurableObjectNamespace<never>;

it.each([
  ["the guard", "GET /skills", { GUARD: AWAY }],
  ["the guard", "GET /budgets", { GUARD: AWAY }],
  ["the store", "GET /data", { STORE: AWAY }],
  ["the runner", "GET /runs", { RUNNER: AWAY }],
])("%s away is 503 for %s", async (what, route, parts) => {
  const tenant = await aTenant();
  const [method = "GET", path = "/"] = route.split(" ");
  const app = createApp(
    toPlatform({ ...env, ...parts }),
    createTokenVerifier({ secret: "", issuer: "", audience: "" }),
  );
  const headers = { authorization: `Bearer ${tenant.key}` };
  const answer = await app.fetch(new Request(`https://skillos.test${path}`, { method, headers }));
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({
    code: "unavailable",
    retryable: true,
    title: `${what} is not available now`,
  });
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
});
