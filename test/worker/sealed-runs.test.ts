// Runs at rest: nothing of what was asked, done or answered stands in clear in a runner or in the database.
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { aTenant, type Tenant } from "./tenant.ts";

const CANARY = "canary-of-a-run-8841";
const INPUT = "input:\n  note: { type: text }\n";
const STEPS = `  - id: say
    set: { twice: "\${{ input.note + ' ' + input.note }}" }
output: { said: "\${{ say.twice }}" }
`;
const ASKING = `  - id: send
    http: { post: /things, connector: sink, body: { note: "\${{ input.note }}" } }
approval: { ask: always, by: owner }
output: { sent: "\${{ input.note }}" }
`;

async function listRows({ id }: Tenant, tables: readonly string[]): Promise<string> {
  const found = await env.DB.batch(
    tables.map((table) => env.DB.prepare(`select * from ${table} where tenant = ?`).bind(id)),
  );
  return JSON.stringify(found.map(({ results }) => results));
}

/** Everything that a runner has on its disk, blobs as the letters that they would be. */
async function listRunnerRows(tenant: Tenant, shard: number): Promise<string> {
  return runInDurableObject(tenant.runner(shard), (_, { storage }) =>
    JSON.stringify(
      ["entries", "keys"].map((table) => storage.sql.exec(`select * from ${table}`).toArray()),
      (_name, value: unknown) =>
        value instanceof ArrayBuffer ? new TextDecoder("latin1").decode(value) : value,
    ),
  );
}

const shardOf = (runId: unknown) => Number(String(runId).split("_")[1]);

describe("a finished run", () => {
  it("is sealed in its runner and in the database, and read as it was", async () => {
    const tenant = await aTenant();
    await tenant.saveSkill("test/say", STEPS, INPUT);
    const headers = { "idempotency-key": "one" };
    const asked = { skill: "test/say", query: `say ${CANARY}`, input: { note: CANARY } };
    const run = await tenant.ask("POST /run", asked, headers);
    expect(run).toMatchObject({ status: "succeeded", result: { said: `${CANARY} ${CANARY}` } });
    const kept = await listRunnerRows(tenant, shardOf(run["run_id"]));
    expect(kept).toContain("s1.1.");
    expect(kept).not.toContain(CANARY);
    // The same bytes again, from the answer that was kept under the key.
    expect(await tenant.ask("POST /run", asked, headers)).toEqual(run);
    await tenant.runner(shardOf(run["run_id"])).drain();
    expect(await listRows(tenant, ["runs", "event_log"])).not.toContain(CANARY);
    expect(await tenant.ask(`GET /runs/${String(run["run_id"])}`)).toMatchObject({ result: run["result"] });
    expect(await tenant.ask("GET /runs")).toMatchObject({ runs: [{ query: `say ${CANARY}` }] });
    const log = await tenant.send(`GET /runs/${String(run["run_id"])}/execution-log`);
    expect(log.status).toBe(200);
    expect(await tenant.ask("GET /events")).toMatchObject({
      events: expect.arrayContaining([expect.objectContaining({ event: "execution_result" })]),
    });
  });

  it("whose record was exchanged for another's is told, and neither is shown", async () => {
    const tenant = await aTenant();
    await tenant.saveSkill("test/say", STEPS, INPUT);
    const ids: string[] = [];
    for (const note of [CANARY, "other"]) {
      const run = await tenant.ask("POST /run", { skill: "test/say", input: { note } });
      ids.push(String(run["run_id"]));
      await tenant.runner(shardOf(run["run_id"])).drain();
    }
    const [one = "", other = ""] = ids;
    await env.DB.prepare(
      "update runs set record = (select record from runs where tenant = ?1 and id = ?2) where tenant = ?1 and id = ?3",
    )
      .bind(tenant.id, one, other)
      .run();
    const answer = await tenant.ask(`GET /runs/${other}`);
    expect(answer).toMatchObject({ code: "seal_broken", why: "altered", column: "runs.record", row: other });
    expect(JSON.stringify(answer)).not.toContain(CANARY);
    expect(await tenant.ask(`GET /runs/${one}`)).toMatchObject({ status: "succeeded" });
    await env.DB.prepare("update runs set record = '{}' where tenant = ? and id = ?")
      .bind(tenant.id, one)
      .run();
    expect(await tenant.ask(`GET /runs/${one}`)).toMatchObject({ code: "seal_broken", why: "altered" });
  });
});

describe("an unfinished run", () => {
  it("is sealed while it waits, and goes on from its rows", async () => {
    const tenant = await aTenant();
    await tenant.saveSkill("test/ask", ASKING, INPUT);
    const run = await tenant.ask("POST /skills/test/ask/run", { input: { note: CANARY } });
    expect(run).toMatchObject({ status: "waiting", waiting_for: "approval" });
    const shard = shardOf(run["run_id"]);
    expect(await listRunnerRows(tenant, shard)).not.toContain(CANARY);
    const { approval } = run as { approval: { id: string } };
    const agreed = await tenant.ask(`POST /approvals/${approval.id}`, { decision: "approve" });
    expect(agreed).toMatchObject({ status: "succeeded", result: { sent: CANARY } });
  });

  it("whose row was altered is told, and does not stop the others of its runner", async () => {
    const tenant = await aTenant();
    await tenant.saveSkill("test/ask", ASKING, INPUT);
    const run = await tenant.ask("POST /skills/test/ask/run", { input: { note: CANARY } });
    const shard = shardOf(run["run_id"]);
    await runInDurableObject(tenant.runner(shard), (_, { storage }) => {
      storage.sql.exec("update entries set sealed = ?", "{}");
    });
    expect(await tenant.ask(`GET /runs/${String(run["run_id"])}`)).toMatchObject({
      ...{ code: "seal_broken", why: "altered", column: "entries.sealed" },
      row: `${String(run["run_id"])}/0`,
    });
    await tenant.saveSkill("test/say", STEPS, INPUT);
    expect(await tenant.ask("POST /run", { skill: "test/say", input: { note: "x" } })).toMatchObject({
      status: "succeeded",
    });
  });
});
