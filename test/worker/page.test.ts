// The page's forms through the whole application: what a browser sends again is answered again.
import { expect, it } from "vitest";
import { type Caller, toCaller } from "./caller.ts";

const REMOVE = `description: { en: Delete old things, ru: Удалить старое }
steps:
  - id: remove
    sql: delete from things where n > 0
approval: { ask: always, by: owner }
output: { deleted: "\${{ remove.changes }}" }
answer: { en: "Deleted \${{ output.deleted }}", ru: "Удалено \${{ output.deleted }}" }
`;

async function withThings(): Promise<Caller> {
  const caller = await toCaller();
  await caller.ask("POST /data/things", { raw: "n\n1\n2\n3\n", headers: { "content-type": "text/csv" } });
  await caller.ask("POST /registry/files", { json: { files: [{ path: "test/clean.yaml", text: REMOVE }] } });
  return caller;
}

function post(caller: Caller, fields: Readonly<Record<string, string>>) {
  const headers = {
    host: "localhost:8787",
    origin: "http://localhost:8787",
    "sec-fetch-site": "same-origin",
    "content-type": "application/x-www-form-urlencoded",
  };
  return caller.ask("POST /ask", { raw: new URLSearchParams({ lang: "en", ...fields }).toString(), headers });
}

const find = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? "";

it("a yes with one row left out, sent twice, deletes once and is answered the same", async () => {
  const caller = await withThings();
  const { text } = await post(caller, { skill: "test/clean", key: "k-ask" });
  const yes = {
    do: "yes",
    run: find(text, /name="run" value="([^"]+)"/),
    plan_hash: find(text, /name="plan_hash" value="([^"]+)"/),
    exclude: find(text, /type="checkbox" name="exclude" value="([^"]+)"/),
    key: find(text, /name="key" value="([^"]+)"/),
  };
  const first = await post(caller, yes);
  expect(first.text).toContain("Deleted 2");
  const again = await post(caller, yes);
  expect(again.status).toBe(200);
  expect(again.text).toContain("Deleted 2");
  const other = await post(caller, { skill: "test/clean", key: "k-other" });
  expect(other.text.match(/type="checkbox"/g)).toHaveLength(1);
});

it("calls a skill by its title, also when it has run", async () => {
  const caller = await withThings();
  const { text } = await post(caller, { skill: "test/clean", key: "k-title" });
  expect(text).toContain("<b><bdi>Delete old things</bdi></b>");
});

it("a skill that would record something and has nothing to record is answered at once", async () => {
  const caller = await withThings();
  const text = `description: { en: Record a thing and count them, ru: Записать и посчитать }
input: { n: { type: number, optional: true } }
steps:
  - id: add
    if: "\${{ coalesce(input.n, 0) > 0 }}"
    sql: insert into things (n) values (\${{ input.n }})
  - id: all
    sql: select count(*) as count from things
output: { count: "\${{ all.first.count }}" }
answer: { en: "\${{ output.count }} things", ru: "Всего \${{ output.count }}" }
`;
  await caller.ask("POST /registry/files", { json: { files: [{ path: "test/note.yaml", text }] } });
  const counted = await post(caller, { skill: "test/note", key: "k-count" });
  expect(counted.text).toContain("3 things");
  expect(counted.text).toContain("changed nothing");
  const shown = await post(caller, { skill: "test/note", "in.n": "7", key: "k-add" });
  expect(shown.text).toContain("Trial run: nothing was changed");
  expect(
    (await caller.ask("POST /run", { json: { skill: "test/note", execute: false } })).body,
  ).toMatchObject({
    status: "planned",
  });
});
