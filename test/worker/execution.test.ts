// What the executor must not lose: the outcome of a write, a cancel, the branches of a parallel step.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
});

describe("a step that takes too long", () => {
  it("with a write on its way waits for its outcome; nobody says that nothing happened", async () => {
    await tenant.saveSkill(
      "test/slow",
      "  - id: one\n    http: { post: /hold, connector: sink, body: {} }\n    timeout: 1s\n",
    );
    const answer = await tenant.ask("POST /skills/test/slow/run", {});
    expect(answer).toMatchObject({ status: "waiting", waiting_for: "outcome" });
    const resolved = await tenant.ask(`POST /runs/${String(answer["run_id"])}/resolve`, { happened: true });
    expect(resolved).toMatchObject({ status: "succeeded" });
    expect(await visits()).toHaveLength(1);
  });
});

describe("branches beside one that fails", () => {
  it("do not start any more", async () => {
    const branches = Array.from({ length: 12 }, (_, n) => {
      const path = n === 0 ? "/status/404" : `/b${n}`;
      return `      b${n}:\n        - id: x\n          http: { get: ${path}, connector: sink }\n`;
    });
    await tenant.saveSkill("test/wide", `  - id: all\n    parallel:\n${branches.join("")}`);
    expect(await tenant.ask("POST /skills/test/wide/run", {})).toMatchObject({ status: "failed" });
    expect((await visits()).length).toBeLessThan(12);
  });
});

describe("a cancel", () => {
  it("ends a run whose attempt then fails, instead of letting it try again later", async () => {
    await tenant.saveSkill(
      "test/slow",
      "  - id: one\n    http: { get: /hold/status/503, connector: sink }\n",
    );
    const started = await tenant.ask("POST /skills/test/slow/run", { async: true, max_retries: 5 });
    await until(async () => (await visits()).length > 0);
    await tenant.send(`POST /runs/${String(started["run_id"])}/cancel`, {});
    await release();
    const ended = await until(async () => {
      const run = await tenant.ask(`GET /runs/${String(started["run_id"])}`);
      return run["status"] === "running" ? null : run;
    });
    expect(ended).toMatchObject({ status: "cancelled" });
  });
});

describe("an open run", () => {
  it("is listed, is found by its short id, and is gone from the list of questions once it is answered", async () => {
    await tenant.store.importTable("quotes", [{ id: 1 }], "own");
    await tenant.saveSkill("test/remove", "  - id: gone\n    sql: delete from quotes\n");
    const waiting = await tenant.ask("POST /skills/test/remove/run", {});
    expect(await tenant.ask("GET /runs?status=waiting")).toMatchObject({
      runs: [{ run_id: waiting["run_id"] }],
    });
    expect(await tenant.ask(`GET /runs/${String(waiting["short_id"])}`)).toMatchObject({ status: "waiting" });
    await tenant.send(`POST /runs/${String(waiting["run_id"])}/cancel`, {});
    const ended = await until(async () => {
      const run = await tenant.ask(`GET /runs/${String(waiting["run_id"])}`);
      return run["status"] === "cancelled" ? run : null;
    });
    expect(ended).toMatchObject({ status: "cancelled" });
    expect(await tenant.ask("GET /approvals")).toMatchObject({ approvals: [] });
  });
});
