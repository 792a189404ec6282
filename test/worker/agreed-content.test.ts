// Whatever a write says, in whichever part of it: it is sent as it was agreed to, or not at all.
import { beforeEach, expect, it } from "vitest";
import { aTenant, type Tenant, visits } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

const WHO = "${{ look.first.id }}";

// The first write makes the run look again behind it: what it sees then may be something else.
it.each([
  ["path", `http: { delete: "/orders/${WHO}", connector: sink }`],
  ["query", `http: { delete: /orders, connector: sink, query: { id: "${WHO}" } }`],
  ["query in the address", `http: { delete: "/orders?id=${WHO}", connector: sink }`],
  ["headers", `http: { delete: /orders, connector: sink, headers: { X-To: "${WHO}" } }`],
  ["body", `http: { post: /orders, connector: sink, body: { id: "${WHO}" } }`],
  ["body of text", `http: { post: /orders, connector: sink, body: "${WHO}" }`],
  ["content of a file", `file: { write: orders.csv, rows: "\${{ look.rows }}" }`],
])("the %s of a write is part of what is agreed to", async (_, write) => {
  await tenant.store.importTable("picks", [{ id: "draft-1" }], "own");
  const first = "  - id: note\n    http: { post: /audit, connector: sink, body: {} }\n";
  const look = "  - id: look\n    sql: select id from picks\n";
  const approval = "approval: { ask: always }\n";
  await tenant.saveSkill("test/pick", `${first}${look}  - id: act\n    ${write}\n${approval}`);
  const waiting = await tenant.ask("POST /skills/test/pick/run", {});
  expect(waiting["status"]).toBe("waiting");
  await tenant.store.importTable("picks", [{ id: "invoice-99" }], "own");
  const { id } = waiting["approval"] as { id: string };
  const ended = await tenant.ask(`POST /approvals/${id}`, { decision: "approve" });
  expect(ended).toMatchObject({ status: "failed", problem: { code: "plan_drift" } });
  expect((await visits()).map(({ method, url }) => `${method} ${url}`)).toEqual([
    "POST https://sink.example/audit",
  ]);
});
