// Policies and pauses reach a run that is under way: before its next write, whatever it was admitted with.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { STANDING_MS } from "../../src/kernel/ports/guard.ts";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

const TWO = `  - id: first
    http: { post: /first, connector: sink, body: {} }
  - id: look
    http: { get: /hold, connector: sink }
  - id: second
    http: { post: /second, connector: sink, body: {} }
`;
const NO_WRITES = "rules:\n  - id: closed\n    effect: deny\n    actions: write\n";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});

const posts = async () =>
  (await visits()).filter(({ method }) => method === "POST").map(({ url }) => new URL(url).pathname);
const put = (name: string, text: string) => tenant.send(`PUT /policies/${name}`, text);

async function startHeld(who = tenant) {
  await tenant.saveSkill("test/two", TWO);
  const running = who.ask("POST /skills/test/two/run", {});
  await until(async () => (await visits()).some(({ url }) => url.endsWith("/hold")));
  const end = async () => {
    // The clock stands still here, and what the guard said last is good for a moment.
    vi.setSystemTime(Date.now() + STANDING_MS);
    await release();
    return running;
  };
  return { end };
}

describe("a run under way", () => {
  it("is stopped before its next write by a policy that denies it now, and says what it did", async () => {
    const { end } = await startHeld();
    expect((await put("permission_policies", NO_WRITES)).status).toBe(200);
    const answer = await end();
    expect(answer).toMatchObject({
      status: "failed",
      problem: { code: "forbidden", rule: "closed (policies/permission_policies.yaml:2)", status: 403 },
    });
    expect(await posts()).toEqual(["/first"]);
  });

  it("is judged by what a step reaches in truth, where only the run can say it", async () => {
    const deny =
      "rules:\n  - { id: no-pay, effect: deny, actions: write, when: 'effects.exists(e, e.target.contains(\"/pay\"))' }\n";
    expect((await put("permission_policies", deny)).status).toBe(200);
    const steps = (path: string) => `  - id: where\n    set: { path: ${path} }
  - id: sent\n    http: { post: "\${{ where.path }}", connector: sink, body: {} }\n`;
    await tenant.saveSkill("test/open", steps("/notes"));
    await tenant.saveSkill("test/paying", steps("/pay"));
    expect(await tenant.ask("POST /skills/test/open/run", {})).toMatchObject({ status: "succeeded" });
    const refused = await tenant.ask("POST /skills/test/paying/run", {});
    expect(refused).toMatchObject({ code: "forbidden" });
    expect(await posts()).toEqual(["/notes"]);
  });

  it("reads an address in one writing only: %70ay is /pay", async () => {
    const deny =
      "rules:\n  - { id: no-pay, effect: deny, actions: write, when: 'effects.exists(e, e.target.contains(\"/pay\"))' }\n";
    await put("permission_policies", deny);
    const steps = '  - id: sent\n    http: { post: "/${{ input.p }}", connector: sink, body: {} }\n';
    await tenant.saveSkill("test/any", steps, "input:\n  p: { type: text }\n");
    const call = (p: string) => tenant.ask("POST /skills/test/any/run", { input: { p } });
    for (const p of ["pay", "%70ay", "x/%2e%2e/p%61y"])
      expect(await call(p)).toMatchObject({ code: "forbidden" });
    expect(await call("%6Eotes")).toMatchObject({ status: "succeeded" });
    expect(await posts()).toEqual(["/notes"]);
  });

  it("keeps its tables, however they are named and wherever they are read", async () => {
    await tenant.tables.importTable("payees", [{ account: "secret" }], "own");
    await tenant.tables.importTable("quotes", [{ number: "1" }], "own");
    const deny = `rules:
  - { id: may, effect: allow, actions: [write, delete] }
  - { id: no-payees, effect: deny, actions: read, when: 'effects.exists(e, e.class == "read" && e.target == "payees")' }
`;
    expect((await put("permission_policies", deny)).status).toBe(200);
    const run = async (query: string) => {
      await tenant.saveSkill("test/rows", `  - id: rows\n    sql: ${JSON.stringify(query)}\n`);
      return tenant.ask("POST /skills/test/rows/run", { approval: "approved" });
    };
    const names = ["payees", '"Payees"', "[pAyees]", "`payees`", "'payees'", 'main."PAYEES"'];
    const reads = names.flatMap((name) => [
      `select * from ${name}`,
      `select * from quotes, ${name}`,
      `insert into quotes (number) select account from ${name} returning number`,
      `update quotes set number = (select max(account) from ${name})`,
      `delete from quotes where number not in ${name}`,
    ]);
    for (const read of reads) expect([read, await run(read)]).toMatchObject([read, { code: "forbidden" }]);
    expect(await run("select * from payees_of_last_year")).toMatchObject({ problem: { code: "no_data" } });
    expect(await run("select number from QUOTES")).toMatchObject({ status: "succeeded" });
    expect(await run("select * from generate_series(1, 2)")).toMatchObject({ code: "bad_request" });
  });

  it("keeps its tables from a value that looks like a part of the statement", async () => {
    await tenant.tables.importTable("payees", [{ account: "secret" }], "own");
    await put(
      "permission_policies",
      "rules:\n  - { id: no-payees, effect: deny, when: 'effects.exists(e, e.target.contains(\"payees\"))' }\n",
    );
    const query = "select account from payees where account <> ${{ input.x }}";
    const before =
      "select 1 where 'a' <> ${{ input.x }} and 1 in (select 1 from payees) or 1 <> ${{ input.x }}";
    for (const one of [query, before]) {
      await tenant.saveSkill(
        "test/odd",
        `  - id: rows\n    sql: ${JSON.stringify(one)}\n`,
        "input:\n  x: { type: text }\n",
      );
      for (const x of ["it's", "/*", "--", "a"])
        expect(await tenant.ask("POST /skills/test/odd/run", { input: { x } })).toMatchObject({
          code: "forbidden",
        });
    }
  });

  it("is judged by the model that is asked in truth, where only the run can name it", async () => {
    const deny =
      "rules:\n  - { id: no-echo, effect: deny, actions: read, when: 'effects.exists(e, e.target.contains(\"mock/echo\"))' }\n";
    expect((await put("permission_policies", deny)).status).toBe(200);
    const run = async (model: string) => {
      const steps = `  - id: where\n    set: { model: ${model} }
  - id: told\n    llm: { model: "\${{ where.model }}", prompt: hello }\n`;
      await tenant.saveSkill("test/asking", steps);
      return tenant.ask("POST /skills/test/asking/run", {});
    };
    expect(await run("mock/echo")).toMatchObject({ code: "forbidden" });
    expect(await run("mock/script")).not.toMatchObject({ code: "forbidden" });
  });

  it("is judged for each step, and not by what was said of another that reached the same address", async () => {
    const deny =
      'rules:\n  - { id: may, effect: allow, actions: delete }\n  - { id: no-drop, effect: deny, actions: delete, when: \'effects.exists(e, e.class == "delete" && e.target.contains("/same"))\' }\n';
    expect((await put("permission_policies", deny)).status).toBe(200);
    const steps = `  - id: where\n    set: { path: /same }
  - id: first\n    http: { post: "\${{ where.path }}", connector: sink, body: {} }
  - id: second\n    http: { delete: "\${{ where.path }}", connector: sink }\n`;
    await tenant.saveSkill("test/both", steps);
    const told = await tenant.ask("POST /skills/test/both/run", { approval: "approved" });
    expect(JSON.stringify(told)).toContain("no-drop");
    expect((await visits()).filter(({ method }) => method === "DELETE")).toEqual([]);
  });

  it("is judged so before a read too", async () => {
    const deny =
      "rules:\n  - { id: no-look, effect: deny, actions: read, when: 'effects.exists(e, e.target.contains(\"/secret\"))' }\n";
    expect((await put("permission_policies", deny)).status).toBe(200);
    const steps = `  - id: where\n    set: { path: /secret }
  - id: seen\n    http: { get: "\${{ where.path }}", connector: sink }\n`;
    await tenant.saveSkill("test/looking", steps);
    expect(await tenant.ask("POST /skills/test/looking/run", {})).toMatchObject({ code: "forbidden" });
    expect(await visits()).toEqual([]);
  });

  it("is judged where a redirect leads a read", async () => {
    const deny =
      "rules:\n  - { id: no-look, effect: deny, actions: read, when: 'effects.exists(e, e.target.contains(\"/secret\"))' }\n";
    expect((await put("permission_policies", deny)).status).toBe(200);
    const to = async (place: string) => {
      await tenant.saveSkill(
        "test/led",
        `  - id: seen\n    http: { get: "/redirect?to=${place}", connector: sink }\n`,
      );
      return tenant.ask("POST /skills/test/led/run", {});
    };
    expect(await to("/fine")).toMatchObject({ status: "succeeded" });
    expect(await to("/%2573ecret")).toMatchObject({
      code: "forbidden",
      rule: "no-look (policies/permission_policies.yaml:2)",
    });
    const paths = (await visits()).map(({ url }) => new URL(url).pathname);
    expect(paths).toEqual(["/redirect", "/fine", "/redirect"]);
  });

  it("is judged by all that was told so far, where a rule looks at two addresses", async () => {
    const deny = `rules:
  - { id: may, effect: allow, actions: write }
  - id: not-both
    effect: deny
    actions: write
    when: 'effects.exists(e, e.target.contains("/left")) && effects.exists(e, e.target.contains("/right"))'
`;
    expect((await put("permission_policies", deny)).status).toBe(200);
    const steps = `  - id: where
    set: { one: /left, other: /right }
  - id: first\n    http: { post: "\${{ where.one }}", connector: sink, body: {} }
  - id: second\n    http: { post: "\${{ where.other }}", connector: sink, body: {} }\n`;
    await tenant.saveSkill("test/pair", steps);
    const told = await tenant.ask("POST /skills/test/pair/run", { approval: "approved" });
    expect(JSON.stringify(told)).toContain("not-both");
    expect(await posts()).toEqual(["/left"]);
  });

  it("is judged by the model that a step asks in truth", async () => {
    const deny =
      "rules:\n  - { id: no-echo, effect: deny, actions: read, when: 'effects.exists(e, e.target.contains(\"mock/echo\"))' }\n";
    expect((await put("permission_policies", deny)).status).toBe(200);
    const ask = async (model: string) => {
      const steps = `  - id: which\n    set: { model: "${model}" }
  - id: said\n    llm: { model: "\${{ which.model }}", prompt: hello, max_tokens: 10 }\n`;
      await tenant.saveSkill("test/said", steps);
      return tenant.ask("POST /skills/test/said/run", {});
    };
    expect(await ask("mock/echo")).toMatchObject({ code: "forbidden" });
    expect(await ask("mock/script")).not.toMatchObject({ code: "forbidden" });
  });

  it("is judged by where a redirect led a step before, and the step itself", async () => {
    const deny = `rules:
  - { id: may, effect: allow, actions: write }
  - id: not-out
    effect: deny
    actions: [read, write]
    when: 'effects.exists(e, e.target.contains("/secret")) && effects.exists(e, e.target.contains("/out"))'
`;
    expect((await put("permission_policies", deny)).status).toBe(200);
    const steps = (look: string, next = "") => `  - id: where
    set: { look: "${look}", out: /out }
  - id: seen\n    http: { get: "\${{ where.look }}", connector: sink }\n${next}`;
    const sent = '  - id: told\n    http: { post: "${{ where.out }}", connector: sink, body: {} }\n';
    await tenant.saveSkill("test/apart", steps("/redirect?to=/secret", sent));
    const told = await tenant.ask("POST /skills/test/apart/run", { approval: "approved" });
    expect(JSON.stringify(told)).toContain("not-out");
    await tenant.saveSkill("test/at-once", steps("/redirect/out?to=/secret"));
    expect(JSON.stringify(await tenant.ask("POST /skills/test/at-once/run", {}))).toContain("not-out");
    const paths = (await visits()).map(({ url }) => new URL(url).pathname);
    expect(paths).toEqual(["/redirect", "/secret", "/redirect/out"]);
  });

  it("is not led to what its connector calls a write", async () => {
    const rules = ["fire", "wipe"].map(
      (one) => `  - { method: GET, path: /${one}, effect: ${one === "fire" ? "write" : "delete"} }\n`,
    );
    const file = `type: http\nbase_url: https://sink.example\neffects:\n${rules.join("")}`;
    expect((await tenant.send("PUT /connectors/launcher", file)).status).toBeLessThan(300);
    const to = async (place: string) => {
      await tenant.saveSkill(
        "test/led",
        `  - id: seen\n    http: { get: "/redirect?to=${place}", connector: launcher }\n`,
      );
      return tenant.ask("POST /skills/test/led/run", {});
    };
    expect(await to("/fine")).toMatchObject({ status: "succeeded" });
    for (const place of [
      "/fire",
      "/wipe/all",
      "/x/../fire",
      "http://sink.example/fire",
      "/a%252f..%252ffire",
    ])
      expect(await to(place)).toMatchObject({ code: "plan_drift" });
    const paths = (await visits()).map(({ url }) => new URL(url).pathname);
    expect(paths.filter((path) => path !== "/redirect")).toEqual(["/fine"]);
  });

  it.each([
    ["removed", "DELETE /users/boris", undefined],
    ["a viewer by now", "PUT /users/boris", { role: "viewer" }],
  ])("writes nothing more for who is %s", async (_, route, body) => {
    const boris = await tenant.join("boris", "member");
    const { end } = await startHeld(boris);
    await tenant.ask(route, body);
    vi.setSystemTime(Date.now() + 5_000);
    expect(await end()).toMatchObject({ status: "failed", problem: { code: "forbidden" } });
    expect(await posts()).toEqual(["/first"]);
  });

  it("is stopped by a pause", async () => {
    const { end } = await startHeld();
    await tenant.ask("POST /pause", { scope: "skill:test/two" });
    expect(await end()).toMatchObject({ status: "failed", problem: { code: "paused" } });
    expect(await posts()).toEqual(["/first"]);
  });

  it("is stopped where a yes is asked for now that nobody gave", async () => {
    const { end } = await startHeld();
    await put("approval_policies", "rules:\n  - { id: always, by: manager }\n");
    const rule = "a yes is needed by now: always (policies/approval_policies.yaml:2)";
    expect(await end()).toMatchObject({ status: "failed", problem: { code: "forbidden", rule } });
    expect(await posts()).toEqual(["/first"]);
  });

  it("goes on where a policy changed that says nothing against it", async () => {
    const { end } = await startHeld();
    await put("permission_policies", "rules:\n  - { id: other, effect: deny, skills: shop/* }\n");
    expect(await end()).toMatchObject({ status: "succeeded" });
    expect(await posts()).toEqual(["/first", "/second"]);
  });

  it("is judged by what holds when it wakes, not when it was asked about", async () => {
    await put("approval_policies", "rules:\n  - { id: always, by: owner }\n");
    await tenant.saveSkill("test/two", TWO.replace("/hold", "/page"));
    const waiting = await tenant.ask("POST /skills/test/two/run", {});
    expect(waiting).toMatchObject({ status: "waiting", waiting_for: "approval" });
    await put("permission_policies", NO_WRITES);
    const { id } = waiting["approval"] as { id: string };
    const decided = await tenant.ask(`POST /approvals/${id}`, { decision: "approve" });
    expect(decided).toMatchObject({ status: "failed", problem: { code: "forbidden" } });
    expect(await posts()).toEqual([]);
  });
});
