// The audit's chain over its real rows: whoever reaches the database cannot change what was written without being found.
import { abortAllDurableObjects, env, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { AuditEntry } from "../../src/kernel/ports/audit.ts";
import { type Caller, toCaller } from "./caller.ts";

let owner: Caller;
beforeEach(async () => {
  owner = await toCaller();
});

const anEntry = (n: number): AuditEntry => ({
  ...{ id: `q_${n}:test`, at: n, user: "owner", action: "pause", target: `t${n}`, outcome: "done" },
  body: { n, words: "да \u0000 \u{1F41F}" },
});
const note = (...numbers: readonly number[]) => owner.platform.audit.add(owner.tenant, numbers.map(anEntry));
const change = (statement: string) => env.DB.prepare(statement).bind(owner.tenant).run();
const verify = async () => (await owner.ask("GET /audit/verify")).body;
const targets = async () => {
  const { entries } = (await owner.ask("GET /audit")).body;
  return (entries as readonly { target: string }[]).map(({ target }) => target);
};
const ofGuard = <T>(work: (storage: DurableObjectStorage) => T) =>
  runInDurableObject(env.GUARD.getByName(owner.tenant), (_, { storage }) => work(storage));

it("is whole as it was written, in the order of the notes, a repeated one once", async () => {
  await note(1, 2);
  await note(2, 3);
  await verify();
  await note(3, 4);
  expect(await verify()).toMatchObject({ verified: true, entries: 4, head: { position: 4 }, problem: null });
  expect(await targets()).toEqual(["t1", "t2", "t3", "t4"]);
});

it("never forks, however many write at once", async () => {
  await Promise.all(
    Array.from({ length: 40 }, async (_, n) => {
      await note(n);
      if (n % 5 === 0) await verify();
    }),
  );
  expect(await verify()).toMatchObject({ verified: true, entries: 40 });
});

describe("what somebody does to its rows is found at its place", () => {
  const ROW = "update audit set";
  it.each([
    ["a value is edited", `${ROW} user = 'mallory' where tenant = ? and position = 3`, "edited", 3],
    ["a body is edited", `${ROW} body = '{"n":7}' where tenant = ? and position = 1`, "edited", 1],
    ["a body is no JSON", `${ROW} body = '[' where tenant = ? and position = 6`, "edited", 6],
    ["a time is no number", `${ROW} at = 'never' where tenant = ? and position = 2`, "edited", 2],
    ["a row is deleted", "delete from audit where tenant = ? and position = 4", "missing", 4],
    ["the end is cut off", "delete from audit where tenant = ? and position > 4", "cut_off", 5],
    ["all of it is deleted", "delete from audit where tenant = ?", "cut_off", 1],
    [
      "a row is taken out of the chain",
      `${ROW} position = null where tenant = ? and position = 5`,
      "missing",
      5,
    ],
    [
      "a row is added without a place",
      "insert into audit (id, tenant, at, user, action, target, outcome, body) values ('x', ?, 1, '', '', '', '', '{}')",
      "added",
      null,
    ],
    [
      "a row is added behind the end",
      `insert into audit (id, tenant, at, user, action, target, outcome, body, position, previous, hash)
       values ('x', ?, 1, '', '', '', '', '{}', 7, '', '')`,
      "added",
      7,
    ],
  ])("%s", async (...[, statement, what, position]) => {
    await note(1, 2, 3, 4, 5, 6);
    await verify();
    await change(statement);
    expect(await verify()).toMatchObject({ verified: false, problem: { what, position } });
  });

  it("and two rows that change places", async () => {
    await note(1, 2, 3, 4, 5, 6);
    await verify();
    for (const [from, to] of [
      [2, 0],
      [5, 2],
      [0, 5],
    ])
      await change(`update audit set position = ${to} where tenant = ? and position = ${from}`);
    expect(await verify()).toMatchObject({ verified: false, problem: { what: "moved", position: 2 } });
  });
});

describe("what was noted survives", () => {
  it("a guard that dies before it wrote it, and after it wrote it and before it knew", async () => {
    await note(1);
    await abortAllDurableObjects();
    await note(2);
    expect(await verify()).toMatchObject({ verified: true, entries: 2 });
    const rows =
      "select id, position, previous, hash, at, user, action, target, outcome, body from audit where tenant = ?";
    const { results } = await env.DB.prepare(rows).bind(owner.tenant).all();
    // As it was when the rows stood and the answer of the database was lost.
    await ofGuard(({ sql }) => {
      for (const { position, body, ...row } of results) {
        const entry = JSON.stringify({ ...row, position, body: JSON.parse(String(body)) });
        sql.exec(
          "insert into audit_outbox (id, due_at, entry, position) values (?, 0, ?, ?)",
          String(row["id"]),
          entry,
          Number(position),
        );
      }
    });
    await abortAllDurableObjects();
    await note(3);
    expect(await verify()).toMatchObject({ verified: true, entries: 3 });
  });

  it("a database that takes nothing for a while", async () => {
    await note(1);
    await verify();
    await env.DB.prepare(
      "create trigger full before insert on audit begin select raise(abort, 'full'); end",
    ).run();
    await note(2, 3);
    expect((await owner.ask("GET /audit/verify")).status).toBeGreaterThanOrEqual(500);
    await env.DB.prepare("drop trigger full").run();
    expect(await verify()).toMatchObject({ verified: true, entries: 3 });
  });

  it("and nothing is dropped where another row has taken its place", async () => {
    await note(1);
    await verify();
    await change(
      `insert into audit (id, tenant, at, user, action, target, outcome, body, position, previous, hash)
       values ('x', ?, 1, '', '', '', '', '{}', 2, '', '')`,
    );
    await note(2);
    expect((await owner.ask("GET /audit/verify")).status).toBeGreaterThanOrEqual(500);
    await change("delete from audit where tenant = ? and id = 'x'");
    expect(await verify()).toMatchObject({ verified: true, entries: 2 });
  });
});

it("begins with the rows from before there was a chain", async () => {
  const old = (id: string) =>
    change(
      `insert into audit (id, tenant, at, user, action, target, outcome, body) values ('${id}', ?, 1, 'u', 'a', '${id}', 'done', '{}')`,
    );
  await old("first");
  await old("second");
  await note(1);
  expect(await verify()).toMatchObject({ verified: true, entries: 3 });
  expect(await targets()).toEqual(["first", "second", "t1"]);
});

it("goes on after its oldest rows were forgotten", async () => {
  await note(1, 2, 3, 4);
  await verify();
  await owner.platform.audit.forget(3);
  expect(await targets()).toEqual(["t3", "t4"]);
  expect(await verify()).toMatchObject({ verified: true, entries: 2 });
  await change("delete from audit where tenant = ? and position = 3");
  expect(await verify()).toMatchObject({ problem: { what: "missing", position: 3 } });
});

it("is exported row by row, with what is needed to verify it elsewhere", async () => {
  await note(1, 2);
  const { text, headers } = await owner.ask("GET /audit/export");
  expect(headers.get("content-type")).toBe("application/x-ndjson");
  const [one, two, ...rest] = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rest).toEqual([]);
  expect(one).toMatchObject({ position: 1, target: "t1", at: "1970-01-01T00:00:00.001Z" });
  expect(two).toMatchObject({ position: 2, previous: one?.["hash"] });
});

it("is read by owners alone", async () => {
  const member = await toCaller("member", owner);
  for (const route of ["GET /audit", "GET /audit/verify", "GET /audit/export"])
    expect((await member.ask(route)).status).toBe(403);
});
