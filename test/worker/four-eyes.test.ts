// Four eyes need two people: keys, links and roles in the asker's own hands are none.
import { env } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, mails, Tenant } from "./tenant.ts";

const REMOVE = "  - id: gone\n    sql: delete from quotes where id in (1, 2)\n";
const FORBIDDEN = { status: 403, code: "forbidden" };

let anna: Tenant;
beforeEach(async () => {
  anna = await aTenant();
  await anna.store.importTable("quotes", [{ id: 1 }, { id: 2 }, { id: 3 }], "own");
  await anna.saveSkill("test/remove", REMOVE);
});

async function ask(who: Tenant = anna): Promise<{ run: string; id: string }> {
  const answer = await who.ask("POST /skills/test/remove/run", {});
  expect(answer).toMatchObject({ status: "waiting" });
  return { run: String(answer["run_id"]), id: (answer["approval"] as { id: string }).id };
}

async function make(maker: Tenant, body: object = {}): Promise<Tenant & { made: Body }> {
  const made = await maker.ask("POST /keys", { name: "another", ...body });
  if (typeof made["key"] !== "string") throw new Error(JSON.stringify(made));
  return Object.assign(new Tenant(anna.id, made["key"]), { made });
}

const yes = (who: Tenant, id: string) => who.ask(`POST /approvals/${id}`, { decision: "approve" });

/** The key's next form, in the hands of whoever asks for it. */
async function rotate(maker: Tenant, key: string): Promise<Tenant> {
  const made = await maker.ask(`POST /keys/${key}/rotate`, {});
  return new Tenant(anna.id, String(made["key"]));
}

describe("a key in another's name", () => {
  it("does not say yes to what its maker asked for, nor does it make a link; its own user's does", async () => {
    const boris = await anna.join("boris", "owner");
    const first = await make(anna, { user: "boris" });
    expect(first.made).toMatchObject({ user: "boris", made_by: "anna" });
    const { id } = await ask();
    const stopped = { ...FORBIDDEN, detail: expect.stringContaining("the key comes from whoever asked") };
    expect(await yes(first, id)).toMatchObject({ ...stopped, fix: expect.stringContaining("keys add") });
    expect(await first.ask(`POST /approvals/${id}/link`, {})).toMatchObject(stopped);
    expect(await yes(boris, id)).toMatchObject({ status: "succeeded", approved: { by: "boris" } });
  });

  it("nor after it was rotated, nor by a key that it makes once the question is put", async () => {
    const boris = await anna.join("boris", "owner");
    const own = await make(boris);
    const { id } = await ask();
    const rotated = await rotate(anna, String(own.made["id"]));
    expect(await yes(rotated, id)).toMatchObject(FORBIDDEN);
    const child = await make(rotated);
    expect(child.made).toMatchObject({ user: "boris", made_by: "boris" });
    expect(await yes(child, id)).toMatchObject(FORBIDDEN);
    const grandchild = await make(child);
    expect(await yes(grandchild, id)).toMatchObject(FORBIDDEN);
    expect(await yes(own, id)).toMatchObject({ status: "succeeded" });
  });

  it("nor by way of a third user's key", async () => {
    await anna.join("boris", "owner");
    await anna.join("clara", "owner");
    const { id } = await ask();
    const first = await make(anna, { user: "boris" });
    expect(await yes(await make(first, { user: "clara" }), id)).toMatchObject(FORBIDDEN);
  });

  it("counts for what others ask, and one that its user made of it for what is asked from then on", async () => {
    await anna.join("boris", "owner");
    const clara = await anna.join("clara", "owner");
    const first = await make(anna, { user: "boris" });
    expect(await yes(first, (await ask(clara)).id)).toMatchObject({ status: "succeeded" });
    const own = await make(first);
    await anna.store.importTable("quotes", [{ id: 1 }, { id: 2 }], "own");
    expect(await yes(own, (await ask()).id)).toMatchObject({ status: "succeeded" });
  });
});

describe("whoever asked", () => {
  it("does not become the only one who may decide by what he changes afterwards", async () => {
    await anna.join("boris", "owner");
    const { id } = await ask();
    await anna.ask("PUT /users/boris", { role: "member" });
    const stopped = { ...FORBIDDEN, who: ["boris"] };
    expect(await yes(anna, id)).toMatchObject({
      ...stopped,
      detail: expect.stringContaining("others could decide"),
    });
    await anna.ask("DELETE /users/boris");
    expect(await yes(anna, id)).toMatchObject(stopped);
    const { id: next } = await ask();
    expect(await yes(anna, next)).toMatchObject({ status: "succeeded" });
  });
});

describe("a mail with a link", () => {
  const tell = ({ run }: { run: string }) =>
    runInDurableObject(env.RUNNER.getByName(`${anna.id}/${run.split("_")[1]}`), (runner) => runner.alarm());

  it("goes to no address that was set once the question was put", async () => {
    const boris = await anna.join("boris", "owner");
    await anna.ask("PUT /users/boris", { email: "boris@example.com" });
    await env.DB.prepare("update users set email_since = 1 where tenant = ?").bind(anna.id).run();
    await tell(await ask());
    expect(await mails()).toHaveLength(1);
    const asked = await ask();
    await anna.ask("PUT /users/boris", { email: "anna@example.com" });
    await anna.ask("POST /users", { id: "puppet@example.com", role: "owner" });
    await tell(asked);
    expect(await mails()).toHaveLength(1);
    expect(await yes(boris, asked.id)).toMatchObject({ status: "succeeded" });
  });
});
