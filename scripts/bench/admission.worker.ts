// The guard alone behind a bare Worker: a request asks for as many admissions as its path says, one after another. What a
// request with one costs more than a request with none is what admission adds to a run.
import type { Env } from "../../src/env.ts";
import type { Admission, Payer, Settlement } from "../../src/kernel/ports/guard.ts";
import { HOLD_MS } from "../../src/kernel/ports/guard.ts";

export { Guard } from "../../durable-objects/guard.ts";

const PAYERS: readonly Payer[] = ["tenant", "user:anna", "skill:bench/sync", "key:key_1"];
/** So that the guard has no more holds to look through than a busy tenant has. */
const MOST_HELD = 50;
/** Every admission is counted and weighed, and none refused. */
const WIDE = { requests: 1_000_000, windowMs: 1_000, dailyMicroUsd: 1e12, monthlyMicroUsd: 1e12 };
let made = 0;
let held: Settlement[] = [];

function toAdmission(upperMicroUsd: number): Admission {
  made += 1;
  return {
    runId: `run_0_${made}`,
    catalogueVersion: 1,
    upperMicroUsd,
    payers: PAYERS,
    windows: ["user:anna"],
    hosts: ["api.example.com"],
    skill: "bench/sync",
    user: "anna",
    deadline: Date.now() + HOLD_MS,
  };
}

export default {
  async fetch(request, env) {
    const [, count = "0", upper = "0"] = new URL(request.url).pathname.split("/");
    const guard = env.GUARD.getByName("ten_bench");
    if (made === 0) await guard.change({ order: "limits", change: WIDE });
    for (let n = 0; n < Number(count); n += 1) {
      const admission = toAdmission(Number(upper));
      const answer = await guard.admit(admission);
      if (!("admitted" in answer && answer.admitted))
        return new Response(JSON.stringify(answer), { status: 500 });
      if (answer.isHeld) held.push({ runId: admission.runId, spentMicroUsd: 0, ended: true });
    }
    if (held.length >= MOST_HELD) {
      const ended = held;
      held = [];
      await guard.settle(ended);
    }
    return new Response("ok");
  },
} satisfies ExportedHandler<Env>;
