// The Worker on this computer: workerd with what Miniflare makes of the bindings of wrangler.toml. Everything that is started
// here dies with this process.
import { randomBytes } from "node:crypto";
import { send } from "./client.mjs";
import { startWorkerd } from "./workerd.mjs";
import { loadConfig } from "./workerd-config.mjs";

const CRON_MS = 60_000;
/** Young values: against 4 MiB, best of three in turns on a busy machine, 7 to 11 % more runs a second for 17 to 23 MiB. One thread
 * cleans them: several, on two cores, take from the runs what they save (median of five in turns: jobs 3.3 to 2.9 ms of CPU). */
const WORKERD_FLAGS = "--max-semi-space-size=16 --no-parallel-scavenge";
/** The keeper is the first worker of the wish. */
const KEEPER_SOCKET = "direct:0:default";

/**
 * @typedef {{ sql: string, values?: unknown[] }} Statement
 * @typedef {(statements: Statement[]) => Promise<any[][]>} Batch all or none; the rows of each
 */

/**
 * @param {Omit<import("./runtime-wish.mjs").Wish, "secret">} wish
 * @param {import("./workerd.mjs").Listener} listener
 */
export async function startRuntime(wish, listener) {
  process.env.MINIFLARE_WORKERD_V8_FLAGS ??= WORKERD_FLAGS;
  const secret = randomBytes(24).toString("hex");
  const workerd = await startWorkerd(() => loadConfig({ ...wish, secret }), listener);
  const ask = async (/** @type {string} */ path, /** @type {unknown} */ content) => {
    const url = `http://127.0.0.1:${workerd.ports[KEEPER_SOCKET]}${path}`;
    const body = JSON.stringify(content);
    const { status, text } = await send({ url, method: "POST", headers: { authorization: secret }, body });
    if (status !== 200) throw new Error(`The local database, ${path}: ${text}`);
    return JSON.parse(text);
  };
  return {
    /** @type {Batch} */
    batch: (statements) =>
      ask(
        "/batch",
        statements.map(({ sql, values = [] }) => ({ sql, values })),
      ),
    /** Cron: Cloudflare ticks deployed Workers; here this process does. */
    tick: () => ask("/tick", []),
    stop: () => workerd.stop(),
  };
}

/** @param {{ tick: () => Promise<unknown> }} runtime @param {(problem: unknown) => void} onProblem */
export function startTicking(runtime, onProblem) {
  const tick = () => void runtime.tick().catch(onProblem);
  tick();
  setTimeout(
    () => {
      tick();
      setInterval(tick, CRON_MS).unref();
    },
    CRON_MS - (Date.now() % CRON_MS),
  ).unref();
}
