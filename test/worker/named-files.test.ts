// A key for some skills opens no file by its hash: neither directly nor through a skill that it reaches.
import { beforeEach, expect, it } from "vitest";
import { aTenant, Tenant } from "./tenant.ts";

const READ = '  - id: f\n    file: { read: "${{ input.f }}", as: text }\n';

let anna: Tenant;
let some: Tenant;
beforeEach(async () => {
  anna = await aTenant();
  await anna.saveSkill("test/read", READ, "input:\n  f: { type: file, ask: Which }\n");
  await anna.saveSkill("test/words", READ, "input:\n  f: { type: text, ask: Which }\n");
  await anna.saveSkill("test/all", READ, "input:\n  f: { type: file, ask: Which, many: true }\n");
  await anna.saveSkill(
    "test/asks",
    `  - id: which\n    form: { ask: Which, fields: { f: { type: file, ask: Which } } }
  - id: f\n    file: { read: "\${{ which.f }}", as: text }\noutput: { text: "\${{ f.text }}" }\n`,
  );
  const made = await anna.ask("POST /keys", { name: "some", skills: ["test/*"] });
  some = new Tenant(anna.id, String(made["key"]));
});

const attach = (who: Tenant, text: string) => who.ask("POST /attachments?filename=a.txt", text);
const run = (who: Tenant, skill: string, f: unknown) =>
  who.ask(`POST /skills/test/${skill}/run`, { input: { f } });
const NO = { status: 403, code: "forbidden" };

it("is refused by every way to write it, and told how to go on", async () => {
  const file = await attach(anna, "of the whole house");
  const sha = String(file["sha256"]);
  expect(await some.ask(`GET /files/${sha}`)).toMatchObject(NO);
  for (const f of [file, sha, `/files/${sha}`, { sha256: sha }])
    expect(await run(some, "read", f)).toMatchObject(NO);
  expect(await run(some, "words", sha)).toMatchObject(NO);
  expect(await run(some, "words", `/FILES/${sha.toUpperCase()}`)).toMatchObject(NO);
  expect(await run(some, "all", `/files/${sha}, /files/${sha}`)).toMatchObject(NO);
  expect(await some.ask("POST /run", { skill: "test/words", query: `read "/files/${sha}"` })).toMatchObject(
    NO,
  );
  const russian = { "accept-language": "ru" };
  const said = await some.ask("POST /skills/test/read/run", { input: { f: sha } }, russian);
  expect(JSON.stringify(said)).toMatch(/приложите/i);
  expect(await run(anna, "read", file)).toMatchObject({ status: "succeeded" });
});

it("is refused in the answer to a form", async () => {
  const sha = String((await attach(anna, "of the whole house"))["sha256"]);
  const waiting = await some.ask("POST /skills/test/asks/run", {});
  expect(waiting).toMatchObject({ status: "waiting" });
  const answer = (f: string) => some.ask(`POST /runs/${String(waiting["run_id"])}/answer`, { input: { f } });
  expect(await answer(sha)).toMatchObject(NO);
  const own = String((await attach(some, "its own"))["sha256"]);
  expect(JSON.stringify(await answer(own))).toContain("its own");
});

it("is not, where it was attached with that key, whoever else has the same; nor where it is none", async () => {
  const mine = await attach(some, "the same");
  await attach(await anna.join("boris", "member"), "the same");
  expect(await run(some, "read", mine)).toMatchObject({ status: "succeeded" });
  const twin = await anna.ask("POST /keys", { name: "twin", skills: ["test/*"] });
  expect(await run(new Tenant(anna.id, String(twin["key"])), "read", mine)).toMatchObject({
    status: "succeeded",
  });
  const less = await anna.ask("POST /keys", { name: "less", skills: ["test/read"] });
  expect(await run(new Tenant(anna.id, String(less["key"])), "read", mine)).toMatchObject(NO);
  const data = btoa("here");
  const atOnce = { attachments: [{ filename: "b.txt", data }] };
  expect(await some.ask("POST /skills/test/read/run", atOnce)).toMatchObject({ status: "succeeded" });
  expect(await run(some, "words", "0".repeat(64))).toMatchObject({ problem: { code: "not_found" } });
});

it("is refused for a file that another run made", async () => {
  const rows = "  - id: rows\n    set: { list: [{ a: secret }] }\n";
  const write = '  - id: made\n    file: { write: t, rows: "${{ rows.list }}" }\n';
  await anna.saveSkill("test/write", `${rows}${write}output: { url: "\${{ made.url }}" }\n`);
  const made = await anna.ask("POST /skills/test/write/run", { approval: "approved" });
  const [address] = /\/files\/[0-9a-f]{64}/.exec(JSON.stringify(made)) ?? [];
  expect(address).toBeDefined();
  expect(await run(some, "words", address)).toMatchObject(NO);
});
