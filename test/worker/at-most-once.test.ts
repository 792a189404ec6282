// A write to a target that does not know keys is sent at most once, whatever fails and whoever tries again.
import { beforeEach, describe, expect, it } from "vitest";
import { aTenant, release, type Tenant, until, visits } from "./tenant.ts";

const POST = (path: string, more = "") => `    http: { post: ${path}, connector: plain, body: {} }\n${more}`;

let tenant: Tenant;
beforeEach(async () => {
  tenant = await aTenant();
  await tenant.send("PUT /connectors/plain", "type: http\nbase_url: https://plain.example\ntimeout: 300ms\n");
});

const posts = async () => (await visits()).filter(({ method }) => method === "POST").length;

/** A job of two attempts, as it ended. */
async function runJob(skill: string) {
  const started = await tenant.ask(`POST /skills/${skill}/run`, { async: true, max_retries: 1 });
  return until(async () => {
    const run = await tenant.ask(`GET /runs/${String(started["run_id"])}`);
    return ["succeeded", "failed", "waiting"].includes(String(run["status"])) ? run : null;
  });
}

describe("a write that was answered with a fault of the target", () => {
  it("fails, and `retry:` does not send it again", async () => {
    await tenant.saveSkill("test/broken", `  - id: one\n${POST("/status/500", "    retry: 3\n")}`);
    const answer = await tenant.ask("POST /skills/test/broken/run", {});
    expect(answer).toMatchObject({ status: "failed", problem: { code: "step_failed", retryable: false } });
    const { detail } = answer["problem"] as { detail: string };
    expect(detail).toContain("500; it may have happened, and is not sent again");
    expect(detail).not.toContain("Nothing was changed");
    expect(await posts()).toBe(1);
  });

  it("is not sent again by a job that tries again for another reason", async () => {
    await tenant.send("PUT /connectors/dead", "type: http\nbase_url: https://dead.example\n");
    await tenant.saveSkill(
      "test/job",
      `  - id: one\n${POST("/status/503", "    on_error: continue\n")}  - id: two\n    http: { get: /status/503, connector: dead }\n`,
    );
    expect(await runJob("test/job")).toMatchObject({ status: "failed" });
    expect((await visits()).filter(({ method }) => method === "GET").length).toBeGreaterThan(3);
    expect(await posts()).toBe(1);
  });

  it("may be tried again where the target said no before it did anything", async () => {
    await tenant.saveSkill("test/busy", `  - id: one\n${POST("/status/429", "    retry: 2\n")}`);
    expect(await tenant.ask("POST /skills/test/busy/run", {})).toMatchObject({ status: "failed" });
    expect(await posts()).toBe(3);
  });
});

describe("a write whose answer was lost", () => {
  it.each([
    ["late", "/hold"],
    ["too large to be read", "/large/11"],
  ])("because it was %s waits for its outcome: no retry, no on_error", async (_, path) => {
    await tenant.saveSkill(
      "test/lost",
      `  - id: one\n${POST(path, "    retry: 3\n    on_error: continue\n")}`,
    );
    const answer = await tenant.ask("POST /skills/test/lost/run", {});
    const outcome = { step: "one", class: "write", target: `plain.example${path}` };
    expect(answer).toMatchObject({ status: "waiting", waiting_for: "outcome", outcome });
    expect(await posts()).toBe(1);
    const resolved = await tenant.ask(`POST /runs/${String(answer["run_id"])}/resolve`, { happened: true });
    expect(resolved).toMatchObject({ status: "succeeded" });
    expect(await posts()).toBe(1);
  });

  it("is asked about although a branch beside it failed and may", async () => {
    const steps = `  - id: both
    on_error: continue
    parallel:
      a:
        - id: x
          http: { get: /status/404, connector: plain }
      b:
        - id: y
          http: { post: /hold, connector: plain, body: {} }
`;
    await tenant.saveSkill("test/both", steps);
    const answer = await tenant.ask("POST /skills/test/both/run", {});
    expect(answer).toMatchObject({ status: "waiting", waiting_for: "outcome" });
    expect(await posts()).toBe(1);
  });

  it("inside a called skill that takes too long is asked about, and not sent again", async () => {
    await tenant.saveSkill("test/inner", `  - id: one\n${POST("/hold")}`);
    await tenant.saveSkill(
      "test/outer",
      "  - id: call\n    skill: { run: test/inner }\n    timeout: 250ms\n    on_error: continue\n",
    );
    const answer = await tenant.ask("POST /skills/test/outer/run", {});
    expect(answer).toMatchObject({ status: "waiting", waiting_for: "outcome" });
    expect(await posts()).toBe(1);
  });
});

describe("a called skill that takes too long", () => {
  it("sends nothing after its time is over", async () => {
    await tenant.saveSkill(
      "test/inner",
      `  - id: look\n    http: { get: /hold, connector: plain }\n  - id: one\n${POST("/late")}`,
    );
    await tenant.saveSkill("test/outer", "  - id: call\n    skill: { run: test/inner }\n    timeout: 50ms\n");
    expect(await tenant.ask("POST /skills/test/outer/run", {})).toMatchObject({
      status: "failed",
      problem: { code: "timeout" },
    });
    await release();
    // As many rounds as a request would need to leave.
    for (let round = 0; round < 20; round += 1) await visits();
    expect(await posts()).toBe(0);
  });
});
