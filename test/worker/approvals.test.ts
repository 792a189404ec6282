// Whose yes counts, for how long, and what is on record of it: over HTTP, with people, keys and objects as they are.
import { env, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, Tenant, until, visits } from "./tenant.ts";

const SECRET = "a secret long enough";
const REMOVE = "  - id: gone\n    sql: delete from quotes where id in (1, 2)\n";

let anna: Tenant;
beforeEach(async () => {
  anna = await aTenant();
  await anna.store.importTable("quotes", [{ id: 1 }, { id: 2 }, { id: 3 }], "own");
});

/** A run that waits for a yes. */
async function ask(who: Tenant, body: object = {}): Promise<{ run: string; id: string; answer: Body }> {
  const answer = await who.ask("POST /skills/test/remove/run", body);
  expect(answer).toMatchObject({ status: "waiting", waiting_for: "approval" });
  const { id } = answer["approval"] as { id: string };
  return { run: String(answer["run_id"]), id, answer };
}

const yes = (who: Tenant, id: string) => who.ask(`POST /approvals/${id}`, { decision: "approve" });
const no = (who: Tenant, id: string) => who.ask(`POST /approvals/${id}`, { decision: "deny" });
const left = async () => {
  const read = {
    text: "select id from quotes",
    values: [],
    class: "read",
    table: null,
    tables: ["quotes"],
    maxRows: null,
  } as const;
  const answer = await anna.store.run(read, null, null);
  return "rows" in answer && Array.isArray(answer.rows) ? answer.rows.length : null;
};

/** What stands in the audit of a run, once it has left its runner. */
async function noted(run: string): Promise<readonly Body[]> {
  await env.RUNNER.getByName(`${anna.id}/${run.split("_")[1]}`).drain();
  const { entries } = (await anna.ask("GET /audit")) as { entries: readonly Body[] };
  return entries.filter(({ target }) => target === run);
}

describe("a yes to one's own run", () => {
  beforeEach(() => anna.saveSkill("test/remove", REMOVE));

  it("counts where nobody else may say it, and the audit says so", async () => {
    await anna.join("boris", "manager");
    const { run, id } = await ask(anna);
    expect(await yes(anna, id)).toMatchObject({ status: "succeeded" });
    expect(await noted(run)).toMatchObject([
      { user: "anna", action: "approval.approve", outcome: "done", body: { own: true } },
    ]);
  });

  it("does not where another may, by whatever key; the answer says who", async () => {
    const boris = await anna.join("boris", "owner");
    const made = await anna.ask("POST /keys", { name: "second", scopes: ["read", "run"] });
    const { run, id } = await ask(anna);
    for (const who of [anna, new Tenant(anna.id, String(made["key"]))])
      expect(await yes(who, id)).toMatchObject({ status: 403, code: "forbidden", who: ["boris"] });
    expect(await left()).toBe(3);
    expect(await yes(boris, id)).toMatchObject({ status: "succeeded", approved: { by: "boris" } });
    const [entry, ...rest] = await noted(run);
    expect(entry).toMatchObject({ user: "boris", action: "approval.approve" });
    expect(entry?.["body"]).not.toHaveProperty("own");
    expect(rest).toEqual([]);
  });

  it("said beforehand counts as little: the run waits, and says whose yes it waits for", async () => {
    await anna.join("boris", "owner");
    const { answer } = await ask(anna, { approval: "approved" });
    expect(answer).toMatchObject({ approval: { by: "owner", who: ["boris"], mine: false } });
    expect(await left()).toBe(3);
  });

  it("is none that he may say of what his webhook began", async () => {
    const boris = await anna.join("boris", "owner");
    await anna.ask("POST /webhooks", { id: "hook", skill: "test/remove", scheme: "github", secret: SECRET });
    const key = await crypto.subtle.importKey(
      "raw",
      new TextEncoder().encode(SECRET),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode("{}"));
    const hex = [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const sent = await anna.send(`POST /webhooks/${anna.id}/hook`, "{}", {
      "x-hub-signature-256": `sha256=${hex}`,
      "x-github-delivery": "one",
    });
    expect(sent.status).toBe(200);
    const id = await until(async () => {
      const { approvals } = (await anna.ask("GET /approvals")) as { approvals: { id: string }[] };
      return approvals[0]?.id;
    });
    expect(await yes(anna, id)).toMatchObject({ status: 403, who: ["boris"] });
    expect((await anna.send(`POST /approvals/${id}`, { decision: "deny" })).ok).toBe(true);
    expect(await yes(boris, id)).toMatchObject({ status: 409, decided: { decision: "deny", by: "anna" } });
  });
});

describe("fifty decisions at once", () => {
  it("are one; forty-nine hear who decided and when", async () => {
    await anna.saveSkill("test/remove", REMOVE);
    const people = await Promise.all(Array.from({ length: 10 }, (_, n) => anna.join(`owner${n}`, "owner")));
    const { run, id } = await ask(anna);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const who = people[n % people.length] ?? anna;
        return n % 3 === 0 ? no(who, id) : yes(who, id);
      }),
    );
    const late = answers.filter(({ status }) => status === 409);
    const [won] = answers.filter(({ status }) => status !== 409);
    expect(late).toHaveLength(49);
    const isYes = won?.["status"] === "succeeded";
    expect(await left()).toBe(isYes ? 1 : 3);
    const entries = await noted(run);
    expect(entries).toHaveLength(1);
    const [{ user, action }] = entries as unknown as [{ user: string; action: string }];
    expect(action).toBe(isYes ? "approval.approve" : "approval.deny");
    for (const { decided, detail } of late) {
      expect(decided).toMatchObject({ by: user, decision: isYes ? "approve" : "deny" });
      expect(detail).toMatch(new RegExp(`${user} said ${isYes ? "yes" : "no"} at \\d{4}-`));
    }
  });
});

describe("a no", () => {
  it("stands in the audit once, as the decision that it was", async () => {
    await anna.saveSkill("test/remove", REMOVE);
    const { run, id } = await ask(anna);
    await no(anna, id);
    expect(await noted(run)).toMatchObject([{ user: "anna", action: "approval.deny", outcome: "done" }]);
  });
});

describe("a question that nobody answers in time", () => {
  const ring = async (run: string) => {
    const stub = env.RUNNER.getByName(`${anna.id}/${run.split("_")[1]}`);
    await runInDurableObject(stub, (runner) => runner.alarm());
    return until(async () => {
      const now = await anna.ask(`GET /runs/${run}`);
      return now["status"] === "waiting" ? null : now;
    });
  };

  it("is answered with no by the alarm; a yes comes too late", async () => {
    await anna.saveSkill("test/remove", REMOVE, "approval: { expires: 1ms }\n");
    const { run, id } = await ask(anna);
    expect(await yes(anna, id)).toMatchObject({ status: 410, code: "gone", fix: "Ask for the run again." });
    expect(await ring(run)).toMatchObject({
      status: "failed",
      problem: { code: "approval_denied", expired: true, title: "Nobody said yes in time" },
    });
    expect(await yes(anna, id)).toMatchObject({ status: 410, code: "gone" });
    expect(await noted(run)).toMatchObject([{ action: "approval.expire", outcome: "denied" }]);
    expect(await left()).toBe(3);
  });

  it("ends the run as cancelled where its skill says so", async () => {
    await anna.saveSkill("test/remove", REMOVE, "approval: { expires: 1ms, on_timeout: cancel }\n");
    const { run } = await ask(anna);
    expect(await ring(run)).toMatchObject({ status: "cancelled" });
  });

  it("never becomes a yes", async () => {
    const text = `description: A test\nsteps:\n${REMOVE}approval: { on_timeout: approve }\n`;
    const refused = await anna.ask("PUT /skills/test/remove", text);
    expect(refused).toMatchObject({ status: 400, code: "skill_invalid" });
    expect(JSON.stringify(refused["mistakes"])).toContain("deny");
  });

  it("stands for a day where nobody says otherwise", async () => {
    await anna.saveSkill("test/remove", REMOVE);
    const { answer } = await ask(anna);
    const { expires_at } = answer["approval"] as { expires_at: string };
    const hours = (Date.parse(expires_at) - Date.parse(String(answer["created_at"]))) / 3_600_000;
    expect(hours).toBeGreaterThanOrEqual(24);
    expect(hours).toBeLessThan(24.1);
    expect(await visits()).toEqual([]);
  });
});
