// A question goes out by mail with a link of its reader's own; the link opens without a key and is good for one decision.
import { env, exports } from "cloudflare:workers";
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Body, mailAnswers, mails, Tenant, visits } from "./tenant.ts";

const REMOVE = "  - id: gone\n    sql: delete from quotes where id in (1, 2)\n";
const ORIGIN = "https://skillos.test";

let anna: Tenant;
let boris: Tenant;
beforeEach(async () => {
  anna = await aTenant();
  boris = await anna.join("boris@example.com", "owner");
  await anna.store.importTable("quotes", [{ id: 1 }, { id: 2 }, { id: 3 }], "own");
  await anna.saveSkill("test/remove", REMOVE);
});

async function ask(who: Tenant = anna): Promise<{ run: string; id: string }> {
  const answer = await who.ask("POST /skills/test/remove/run", {});
  expect(answer).toMatchObject({ status: "waiting" });
  return { run: String(answer["run_id"]), id: (answer["approval"] as { id: string }).id };
}

const runnerOf = (run: string) => env.RUNNER.getByName(`${anna.id}/${run.split("_")[1]}`);
const ring = (run: string) => runInDurableObject(runnerOf(run), (runner) => runner.alarm());
/** As if the time for the next try had come. */
const makeDue = (run: string) =>
  runInDurableObject(
    runnerOf(run),
    (_, { storage }) => void storage.sql.exec("update notices set due_at = 0"),
  );

function toText({ text }: { text: string }): string {
  return Buffer.from(text.slice(text.indexOf("\r\n\r\n")), "base64").toString("utf8");
}

const toPath = (mail: { text: string }): string => /\/approve\/\w+/.exec(toText(mail))?.[0] ?? "";
const toHead = (mail: { text: string }): string => mail.text.slice(0, mail.text.indexOf("\r\n\r\n"));

const look = (path: string, init: RequestInit = {}) => exports.default.fetch(`${ORIGIN}${path}`, init);

/** A press of a button of the page that the link opens. */
function press(path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  return look(path, {
    method: "POST",
    body,
    headers: { origin: ORIGIN, "sec-fetch-site": "same-origin", ...headers },
  });
}

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

async function mailed(): Promise<{ run: string; id: string; path: string }> {
  const asked = await ask();
  await ring(asked.run);
  const [mail] = await mails();
  return { ...asked, path: mail === undefined ? "" : toPath(mail) };
}

describe("the mail of a question", () => {
  it("goes to those who may answer and did not ask, with what, how much, what it costs, where and until when", async () => {
    await anna.join("mia@example.com", "member");
    const { run } = await ask();
    expect(await mails()).toEqual([]);
    await ring(run);
    await ring(run);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    if (mail === undefined) throw new Error("no mail");
    expect(toHead(mail)).toContain("To: boris@example.com");
    expect(toHead(mail)).toContain("Subject: Needs your decision: A test (2 entries)");
    const text = toText(mail);
    for (const said of ["anna asks", "DELETES", "quotes · 2 entries", "$0.00", "/approve/", "until 20"])
      expect(text).toContain(said);
    // The token is in this mail and nowhere else.
    const token = toPath(mail).split("/").at(-1) ?? "";
    const rows = await env.DB.prepare("select * from approval_links").all();
    expect(rows.results).toHaveLength(1);
    expect(JSON.stringify(rows.results)).not.toContain(token);
  });

  it("goes to the address on record where the user's id is none", async () => {
    await boris.ask("POST /users", { id: "clara", role: "owner", email: "clara@example.com" });
    const { run } = await ask();
    await ring(run);
    const to = (await mails()).map((mail) => /^To: (.*)$/m.exec(mail.text)?.[1]?.trim());
    expect(to.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
      "boris@example.com",
      "clara@example.com",
    ]);
  });

  it("is not lost by a folder that is away, and is sent once then", async () => {
    await mailAnswers(503);
    const { run } = await ask();
    await ring(run);
    await mailAnswers(201);
    await ring(run);
    expect(await mails()).toEqual([]);
    await makeDue(run);
    await ring(run);
    await ring(run);
    expect(await mails()).toHaveLength(1);
  });

  it("of which nobody knows whether it left goes out once more, with the same id, and no third time", async () => {
    await mailAnswers(599);
    const { run } = await ask();
    for (let n = 0; n < 4; n += 1) {
      await ring(run);
      await makeDue(run);
    }
    const sent = await mails();
    expect(sent).toHaveLength(2);
    const ids = sent.map((mail) => /^Message-ID: (.*)$/m.exec(mail.text)?.[1]);
    expect(new Set(ids).size).toBe(1);
    expect(new Set(sent.map(({ name }) => name)).size).toBe(1);
  });

  it("is not sent for what was answered meanwhile", async () => {
    const { run, id } = await ask();
    await boris.ask(`POST /approvals/${id}`, { decision: "deny" });
    await ring(run);
    expect(await mails()).toEqual([]);
  });
});

describe("the link of a question", () => {
  it("shows without a key what would be done, and changes nothing however it is looked at", async () => {
    const { path, run } = await mailed();
    const page = await look(path);
    expect(page.status).toBe(200);
    const html = await page.text();
    for (const said of ["DELETES", "quotes", "quotes:1", `action="${path}"`]) expect(html).toContain(said);
    expect(html).not.toContain('action="/ask"');
    for (const method of ["HEAD", "OPTIONS", "PUT", "DELETE"]) await look(path, { method });
    for (const purpose of ["purpose", "sec-purpose", "x-moz"]) {
      await look(path, { headers: { [purpose]: "prefetch" } });
      expect((await press(path, { do: "yes" }, { [purpose]: "prefetch;prerender" })).status).toBe(403);
    }
    const elsewhere = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const refused = await press(path, { do: "yes" }, elsewhere);
    expect(refused.status).toBe(403);
    // Who asks this way is no browser and says no language.
    expect(await refused.text()).toMatch(/Open the page itself.*Откройте саму страницу/s);
    expect(await anna.ask(`GET /runs/${run}`)).toMatchObject({ status: "waiting" });
    expect(await left()).toBe(3);
  });

  it("is good for one yes, in its reader's name", async () => {
    const { path, run, id } = await mailed();
    const done = await press(path, { approval: id, do: "yes" });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain("You said yes");
    expect(await left()).toBe(1);
    expect(await anna.ask(`GET /runs/${run}`)).toMatchObject({
      status: "succeeded",
      approved: { by: "boris@example.com", how: "a person" },
    });
    for (const again of [await look(path), await press(path, { approval: id, do: "no" })]) {
      expect(again.status).toBe(409);
      expect(await again.text()).toContain("boris@example.com said yes");
    }
  });

  it("pressed twice at once decides once", async () => {
    const { path, id } = await mailed();
    const both = await Promise.all([1, 2, 3, 4].map(() => press(path, { approval: id, do: "yes" })));
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
      200, 409, 409, 409,
    ]);
  });

  it("with a row left out deletes the other; with a row that is none it is as good as before", async () => {
    const { path, id } = await mailed();
    expect((await press(path, { approval: id, do: "yes", exclude: "gone:1#nothing" })).status).toBe(400);
    expect((await press(path, { approval: id, do: "yes", exclude: "gone:1#quotes:1" })).status).toBe(200);
    expect(await left()).toBe(2);
  });

  it("answers no other question, and a press that says nothing is none", async () => {
    const { path, id } = await mailed();
    const other = await ask();
    expect((await press(path, { approval: other.id, do: "yes" })).status).toBe(400);
    expect((await press(path, { do: "yes" })).status).toBe(400);
    for (const neither of ["maybe", "", "YES"])
      expect((await press(path, { approval: id, do: neither })).status).toBe(400);
    expect(await anna.ask(`GET /runs/${other.run}`)).toMatchObject({ status: "waiting" });
    expect(await left()).toBe(3);
  });

  it("that nobody made, and of one who was removed, are the same: there is none", async () => {
    const { path } = await mailed();
    const invented = await look(`/approve/${"0".repeat(36)}${path.slice(-4)}`);
    await anna.ask("DELETE /users/boris@example.com");
    const removed = await look(path);
    const [one, other] = [await invented.text(), await removed.text()].map((text) =>
      text.replaceAll(/q_\w+|\/approve\/\w+/g, "…"),
    );
    expect([invented.status, removed.status]).toEqual([404, 404]);
    expect(one).toBe(other);
  });

  it("says that it is too late once its time is over", async () => {
    await anna.saveSkill("test/remove", REMOVE, "approval: { expires: 1ms }\n");
    const { run, id } = await ask();
    const made = await env.DB.prepare("select count(*) as n from approval_links").first();
    expect(made).toEqual({ n: 0 });
    expect(await boris.ask(`POST /approvals/${id}/link`)).toMatchObject({ status: 410 });
    expect(run).toMatch(/^run_/);
  });

  it("is made by whoever may say yes for himself, and for nobody else", async () => {
    const { id, run } = await ask();
    expect(await anna.ask(`POST /approvals/${id}/link`)).toMatchObject({
      status: 403,
      who: ["boris@example.com"],
    });
    const stranger = await aTenant();
    expect(await stranger.ask(`POST /approvals/${id}/link`)).toMatchObject({ status: 404 });
    const link: Body = await boris.ask(`POST /approvals/${id}/link`);
    const done = await press(String(link["path"]), { approval: id, do: "no" });
    expect(await done.text()).toContain("You said no");
    expect(await anna.ask(`GET /runs/${run}`)).toMatchObject({ problem: { code: "approval_denied" } });
    expect(await visits()).toEqual([]);
  });
});

it("ends with the key that made it", async () => {
  const { run, id } = await ask();
  const made = await boris.ask("POST /keys", { name: "second" });
  const second = new Tenant(anna.id, String(made["key"]));
  const { path } = (await second.ask(`POST /approvals/${id}/link`, {})) as { path: string };
  expect((await look(path)).status).toBe(200);
  await boris.ask(`DELETE /keys/${String(made["id"])}`);
  expect((await look(path)).status).toBe(404);
  expect((await press(path, { do: "yes" })).status).toBe(404);
  expect(await anna.ask(`GET /runs/${run}`)).toMatchObject({ status: "waiting" });
});
