// Every change of what serves is on record, whichever way it came.
import { expect, it } from "vitest";
import { toCaller } from "./caller.ts";

const text = "description: Weather\nsteps:\n  - id: a\n    set: { b: 1 }\noutput: { b: 1 }\n";

it("tells the files that were sent: what became another version, what is gone, and nothing where nothing changed", async () => {
  const caller = await toCaller();
  const send = (json: object) => caller.ask("POST /registry/files", { json });
  await send({ files: [{ path: "test/old.yaml", text }] });
  await send({ files: [{ path: "test/old.yaml", text }] });
  await send({
    files: [{ path: "connectors/sink.yaml", text: "type: http\nbase_url: https://sink.example\n" }],
    complete: true,
  });
  expect((await caller.ask("GET /audit?action=registry.put")).body["entries"]).toMatchObject([
    { user: "owner", target: "test/old.yaml", body: { put: ["skill:test/old"], removed: [] } },
    {
      user: "owner",
      target: "connectors/sink.yaml",
      body: { put: ["connector:sink"], removed: ["skill:test/old"] },
    },
  ]);
});

it("tells a file that was put alone, once", async () => {
  const caller = await toCaller();
  await caller.ask("PUT /skills/test/old", { raw: text });
  await caller.ask("PUT /skills/test/old", { raw: text });
  expect((await caller.ask("GET /audit?action=registry.put")).body["entries"]).toMatchObject([
    { target: "test/old.yaml", body: { put: ["skill:test/old"] } },
  ]);
});

it("tells that a skill was marked as outdated, and that the mark was taken away", async () => {
  const caller = await toCaller();
  await caller.ask("PUT /skills/test/old", { raw: text });
  await caller.ask("POST /skills/test/old/deprecate", { json: { reason: "it rains" } });
  await caller.ask("POST /skills/test/old/undeprecate", { json: {} });
  const { entries } = (await caller.ask("GET /audit")).body;
  expect(entries).toMatchObject([
    { action: "registry.put" },
    { action: "skill.deprecate", target: "test/old", body: { reason: "it rains" } },
    { action: "skill.undeprecate", target: "test/old" },
  ]);
});

it("refuses to look for what is never noted, with the name that was probably meant; and whom a limit cannot be for", async () => {
  const caller = await toCaller();
  expect((await caller.ask("GET /audit?action=budgit.change")).body).toMatchObject({
    code: "bad_request",
    fix: "Did you mean budget.change?",
  });
  expect(
    (await caller.ask("PUT /budgets", { json: { scope: "anna@x.example", daily_usd: 1 } })).body,
  ).toMatchObject({
    code: "bad_request",
    detail: expect.stringContaining("user:NAME, skill:DOMAIN/NAME or key:ID"),
  });
});
