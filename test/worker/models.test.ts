// A model is ready where nothing that it needs is missing: practice always, a vendor's with its key and for whom the key is.
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { createApp } from "../../src/channels/http/app.ts";
import { toPlatform } from "../../src/compose/compose.ts";
import { aTenant } from "./tenant.ts";

async function readiness(secret: string | null) {
  const tenant = await aTenant();
  const platform = toPlatform(env);
  const [standard, ...models] = platform.listModels(undefined);
  const mine = standard && { ...standard, id: "openai/gpt-4.1-mini", secret: "OPENAI_API_KEY" };
  const app = createApp(
    {
      ...platform,
      listModels: () => (mine ? [mine, ...models] : []),
      secrets: { load: async () => secret, known: async () => [] },
    },
    { verify: async () => null },
  );
  const headers = { authorization: `Bearer ${tenant.key}` };
  const answer = await app.fetch(new Request("https://skillos.test/models", { headers }));
  const body: { models: readonly { name: string; ready: boolean }[] } = await answer.json();
  return body.models.map(({ name, ready }) => [name, ready]);
}

it("says which models are ready", async () => {
  expect((await readiness(null)).slice(0, 3)).toEqual([
    ["standard", false],
    ["cheap", true],
    ["mock/echo", true],
  ]);
  expect((await readiness("sk-1"))[0]).toEqual(["standard", true]);
});
