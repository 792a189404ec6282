// What a called skill asks for binds whoever calls it, and what a path turns out to be binds whoever planned it.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, type Tenant, visits } from "./tenant.ts";

const ADD = "  - id: add\n    http: { post: /orders, connector: sink, body: {} }\n";
const call = (skill: string) => `  - id: call\n    skill: { run: ${skill} }\n`;

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

describe("a called skill that asks for a yes", () => {
  it.each([
    ["called", call("test/inner")],
    ["called by a called one", call("test/middle")],
    [
      "called inside branches",
      `  - id: all\n    parallel:\n      a:\n    ${call("test/inner").replaceAll("\n", "\n    ")}`,
    ],
  ])("is asked for when it is %s", async (_, steps) => {
    await tenant.saveSkill("test/inner", ADD, "approval: { ask: always, by: manager }\n");
    await tenant.saveSkill("test/middle", call("test/inner"), "tags: [middle]\n");
    await tenant.saveSkill("test/outer", steps.trimEnd() + "\n");
    const answer = await tenant.ask("POST /skills/test/outer/run", {});
    expect(answer).toMatchObject({ status: "waiting", waiting_for: "approval", approval: { by: "owner" } });
    expect(await visits()).toEqual([]);
  });

  it("is planned however deep it stands", async () => {
    await tenant.store.importTable("quotes", [{ id: 1 }], "own");
    await tenant.saveSkill("test/s9", "  - id: gone\n    sql: delete from quotes\n");
    for (let n = 8; n >= 1; n -= 1) await tenant.saveSkill(`test/s${n}`, call(`test/s${n + 1}`));
    const answer = await tenant.ask("POST /skills/test/s1/run", {});
    expect(answer).toMatchObject({ status: "waiting", waiting_for: "approval" });
    expect((await tenant.tables.columns("quotes")).length).toBeGreaterThan(0);
  });
});

it("a called skill takes no more than one that is asked", async () => {
  const input =
    "input:\n  amount: { type: number, above: 0, max: 100 }\n  to: { type: choice, one_of: [a, b] }\n";
  const pay = `  - id: pay\n    http: { post: /pay, connector: sink, body: { amount: "\${{ input.amount }}", to: "\${{ input.to }}" } }\n`;
  await tenant.saveSkill("test/pay", pay, input);
  const given = `{ amount: "\${{ input.n }}", to: "\${{ input.t }}" }`;
  const parent = `  - id: call\n    skill: { run: test/pay, input: ${given} }\n`;
  await tenant.saveSkill("test/parent", parent, "input:\n  n: { type: number }\n  t: { type: text }\n");
  const ask = (n: number, t: string) => tenant.ask("POST /skills/test/parent/run", { input: { n, t } });
  expect(await ask(5_000, "a")).toMatchObject({
    problem: { code: "input_invalid", field: "test/pay: amount" },
  });
  expect(await ask(5, "c")).toMatchObject({ problem: { code: "input_invalid", field: "test/pay: to" } });
  expect(await visits()).toEqual([]);
  expect(await ask(5, "b")).toMatchObject({ status: "succeeded" });
});

describe("a path that only a run knows", () => {
  const RULES = "effects: [{ method: GET, path: /purge, effect: delete }]\n";
  const LOOK = `  - id: which\n    set: { path: /purge }\n  - id: look\n    http: { get: "\${{ which.path }}/all", connector: shop }\n`;

  it("obeys its connector's rules: a member may not delete by reading", async () => {
    const member = await tenant.join("boris", "member");
    await tenant.send("PUT /connectors/shop", `type: http\nbase_url: https://shop.example\n${RULES}`);
    await tenant.saveSkill("test/look", LOOK);
    const answer = await member.ask("POST /skills/test/look/run", {});
    expect(answer).toMatchObject({ status: 403, code: "forbidden" });
    expect(await visits()).toEqual([]);
  });

  it("is not sent where it leads out of what was planned", async () => {
    await tenant.send("PUT /connectors/shop", `type: http\nbase_url: https://shop.example\n${RULES}`);
    const steps = LOOK.replace("/purge", "../purge").replace(
      "${{ which.path }}/all",
      "/look/${{ which.path }}",
    );
    await tenant.saveSkill("test/look", steps);
    const answer = await tenant.ask("POST /skills/test/look/run", {});
    expect(answer).toMatchObject({ status: 409, code: "plan_drift" });
    expect(await visits()).toEqual([]);
  });

  it("and asks the owner first", async () => {
    await tenant.send("PUT /connectors/shop", `type: http\nbase_url: https://shop.example\n${RULES}`);
    await tenant.saveSkill("test/look", LOOK);
    const answer = await tenant.ask("POST /skills/test/look/run", {});
    expect(answer).toMatchObject({ status: "waiting", waiting_for: "approval" });
    expect(await visits()).toEqual([]);
  });
});
