// A plan that was agreed to is carried out exactly, or not at all, and then the difference is told row by row.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, type Tenant, visits } from "./tenant.ts";

const FIND = "  - id: old\n    sql: select id from quotes where status = 'draft'\n";
const REMOVE = `${FIND}  - id: gone\n    sql: "delete from quotes where id in \${{ old.rows.map(q, q.id) }}"\n`;

let anna: Tenant;
const quotes = (rows: readonly object[]) =>
  anna.store.importTable("quotes", rows as Record<string, string>[], "own");
const draft = (id: number, total = 10) => ({ id, status: "draft", total });

beforeEach(async () => {
  anna = await aTenant();
  await quotes([draft(1), draft(2), draft(3)]);
  await anna.saveSkill("test/remove", REMOVE, "input:\n  note: { type: text, optional: true }\n");
});

async function plan(who: Tenant = anna): Promise<{ plan_hash: string; plan_run: string; planned: Body }> {
  const planned = await who.ask("POST /skills/test/remove/run", { dry_run: true, input: { note: "a" } });
  expect(planned).toMatchObject({ status: "planned" });
  const { hash } = planned["plan"] as { hash: string };
  return { plan_hash: hash, plan_run: String(planned["run_id"]), planned };
}

const carryOut = (agreed: { plan_hash: string; plan_run: string }, more: object = {}, who: Tenant = anna) =>
  who.ask("POST /skills/test/remove/run", {
    plan_hash: agreed.plan_hash,
    plan_run: agreed.plan_run,
    approval: "approved",
    input: { note: "a" },
    ...more,
  });

const left = async (): Promise<number> => {
  const read = {
    text: "select id from quotes",
    values: [],
    class: "read",
    table: null,
    tables: ["quotes"],
    maxRows: null,
  } as const;
  const answer = await anna.store.run(read, null, null);
  return "rows" in answer && Array.isArray(answer.rows) ? answer.rows.length : -1;
};

describe("a plan", () => {
  it("holds every row as it is before, and is carried out as it stands", async () => {
    const agreed = await plan();
    const { manifest } = agreed.planned["plan"] as { manifest: { entities: Body[] }[] };
    expect(manifest[0]?.entities[0]).toMatchObject({ id: "quotes:1", before: { id: 1, total: 10 } });
    expect(await carryOut(agreed)).toMatchObject({ status: "succeeded" });
    expect(await left()).toBe(0);
  });

  it("that has drifted stops with what came, went and changed; nothing is done", async () => {
    const agreed = await plan();
    await quotes([draft(1), draft(2, 99), { id: 3, status: "sent", total: 10 }, draft(4)]);
    const refused = await carryOut(agreed);
    expect(refused).toMatchObject({
      status: 409,
      code: "plan_drift",
      rows: {
        added: [{ id: "gone:1#quotes:4", now: { id: 4 } }],
        gone: [{ id: "gone:1#quotes:3", was: { id: 3 } }],
        changed: [{ id: "gone:1#quotes:2", was: { total: 10 }, now: { total: 99 } }],
        counts: { added: 1, gone: 1, changed: 1 },
      },
    });
    expect(String(refused["detail"])).toContain("Rows added: 1, gone: 1, changed: 1.");
    expect(await left()).toBe(4);
  });

  it("whose skill is another version by now is refused, with both versions", async () => {
    const agreed = await plan();
    await anna.saveSkill(
      "test/remove",
      `${REMOVE}  - id: more\n    set: { a: 1 }\n`,
      "input:\n  note: { type: text, optional: true }\n",
    );
    const refused = await carryOut(agreed);
    expect(refused).toMatchObject({ status: 409, code: "plan_drift" });
    expect(String(refused["detail"])).toMatch(
      /another version of test\/remove: then 1\.0\.0\+\w+, now 1\.0\.0\+/,
    );
    expect(await left()).toBe(3);
  });

  it("that is older than a connector of its skill is refused, with its name", async () => {
    const call = "  - id: a\n    http: { post: /one, connector: sink, body: { a: 1 } }\n";
    await anna.saveSkill("test/send", call);
    const planned = await anna.ask("POST /skills/test/send/run", { dry_run: true });
    const { hash } = planned["plan"] as { hash: string };
    await anna.send("PUT /connectors/sink", "type: http\nbase_url: https://other.example\n");
    const refused = await anna.ask("POST /skills/test/send/run", {
      plan_hash: hash,
      plan_run: planned["run_id"],
    });
    expect(refused).toMatchObject({ status: 409, code: "plan_drift" });
    expect(String(refused["detail"])).toContain("older than the connector sink");
    expect(await visits()).toEqual([]);
  });

  it("for another value is refused, with its name", async () => {
    const refused = await carryOut(await plan(), { input: { note: "b" } });
    expect(refused).toMatchObject({ status: 409, code: "plan_drift" });
    expect(String(refused["detail"])).toContain("another note");
  });

  it("of another tenant is as one that nobody made", async () => {
    const agreed = await plan();
    const eve = await aTenant();
    await eve.store.importTable("quotes", [{ id: 1, status: "draft" }], "own");
    await eve.saveSkill("test/remove", REMOVE, "input:\n  note: { type: text, optional: true }\n");
    const theirs = await carryOut(agreed, {}, eve);
    const none = await carryOut({ ...agreed, plan_run: agreed.plan_run.replace(/.{4}$/, "0000") }, {}, eve);
    for (const refused of [theirs, none]) expect(refused).toMatchObject({ status: 404, code: "not_found" });
    expect(theirs["fix"]).toBe(none["fix"]);
    expect(await left()).toBe(3);
  });

  it("whose hash is not that of its trial was edited: 409, and nothing is done", async () => {
    const [one, other] = [await plan(), await plan()];
    expect(one.plan_hash).toBe(other.plan_hash);
    const refused = await carryOut({ ...one, plan_hash: "0123456789abcdef" });
    expect(refused).toMatchObject({ status: 409, code: "conflict" });
    expect(await left()).toBe(3);
  });
});
