// A run that is under way while its tenant is erased: whoever waits for it is told that nobody knows him any more.
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { toPlatform } from "../../src/compose/compose.ts";
import { toCaller } from "./caller.ts";
import { aTenant, release, until, visits } from "./tenant.ts";

it("ends as nobody's, and sends nothing more", async () => {
  const tenant = await aTenant();
  const steps = ["/hold", "/next"].map(
    (path, n) => `  - id: s${n}\n    http: { post: ${path}, connector: sink }\n`,
  );
  await tenant.saveSkill("test/two", steps.join(""));
  const waiting = tenant.send("POST /skills/test/two/run", { approval: "approved" });
  await until(async () => (await visits()).length === 1);
  await env.DB.prepare("insert into tenants (id, name, created_at) values ('ten_local', 'local', 0)").run();
  const operator = await toCaller("owner", { platform: toPlatform(env), tenant: "ten_local" });
  const erased = await operator.ask(`DELETE /tenants/${tenant.id}`);
  expect(erased.body).toMatchObject({ erased: true, also_left: ["mail", "database_free_pages"] });
  await release();
  expect((await waiting).status).toBe(401);
  expect((await tenant.send("GET /runs")).status).toBe(401);
  expect((await visits()).map(({ url }) => new URL(url).pathname)).toEqual(["/hold"]);
});
