// Who may act on a run: whoever started it, and those who answer for the whole tenant.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Tenant, visits } from "./tenant.ts";

let owner: Tenant;
let member: Tenant;
let neighbour: Tenant;
let manager: Tenant;
let viewer: Tenant;
beforeEach(async () => {
  owner = await aTenant();
  [member, neighbour, manager, viewer] = await Promise.all([
    owner.join("boris", "member"),
    owner.join("clara", "member"),
    owner.join("dina", "manager"),
    owner.join("egor", "viewer"),
  ]);
  await owner.send("PUT /connectors/plain", "type: http\nbase_url: https://plain.example\ntimeout: 100ms\n");
  await owner.saveSkill("test/lost", "  - id: one\n    http: { post: /hold, connector: plain, body: {} }\n");
  const ask = "approval: { ask: always, by: member }\n";
  await owner.saveSkill(
    "test/ask",
    "  - id: one\n    http: { post: /one, connector: sink, body: {} }\n",
    ask,
  );
});

const start = async (who: Tenant, skill: string) => {
  const { run_id, approval } = (await who.ask(`POST /skills/${skill}/run`, {})) as {
    run_id: string;
    approval?: { id: string };
  };
  return { id: run_id, approval: approval?.id ?? "" };
};

const FORBIDDEN = { status: 403, code: "forbidden" };

describe.each([
  ["cancel", {}],
  ["resolve", { happened: true }],
])("%s", (action, body) => {
  it("is for whoever started the run, for managers and owners", async () => {
    for (const who of [member, manager, owner]) {
      const { id } = await start(member, "test/lost");
      expect((await who.send(`POST /runs/${id}/${action}`, body)).status).toBeLessThan(300);
    }
  });

  it("is for no other member, and for no viewer; both may see the run", async () => {
    const { id } = await start(member, "test/lost");
    for (const who of [neighbour, viewer]) {
      expect(await who.ask(`GET /runs/${id}`)).toMatchObject({ status: "waiting" });
      expect(await who.ask(`POST /runs/${id}/${action}`, body)).toMatchObject(FORBIDDEN);
    }
    expect(await member.ask(`GET /runs/${id}`)).toMatchObject({ waiting_for: "outcome" });
  });

  it("of another tenant's run is of no run", async () => {
    const { id } = await start(member, "test/lost");
    const stranger = await aTenant();
    expect(await stranger.ask(`POST /runs/${id}/${action}`, body)).toMatchObject({ status: 404 });
  });
});

describe("a yes", () => {
  it("that a member may give is for what another asked for, and no viewer's", async () => {
    const { approval } = await start(member, "test/ask");
    for (const who of [member, viewer])
      expect(await who.ask(`POST /approvals/${approval}`, { decision: "approve" })).toMatchObject(FORBIDDEN);
    expect(await visits()).toEqual([]);
    expect(await neighbour.ask(`POST /approvals/${approval}`, { decision: "approve" })).toMatchObject({
      status: "succeeded",
    });
  });

  it("of a manager is for everybody's", async () => {
    const { approval } = await start(member, "test/ask");
    expect(await manager.ask(`POST /approvals/${approval}`, { decision: "deny" })).toMatchObject({
      status: "failed",
    });
  });
});
