// Around a deploy, which resets every object: everything is paused, runs under way get half a minute to end, and the pause is taken
// back whatever becomes of the deploy. A pause that somebody else set stays.
const WAIT_MS = 30_000;
const LOOK_EVERY_MS = 500;
const RESUME_TRIES = 10;

/**
 * @typedef {{ paused: boolean, running: number }} SystemState
 * @typedef {{
 *   call: (route: string, body?: object) => Promise<SystemState>,
 *   deploy: () => Promise<number>,
 *   say: (line: string) => void,
 *   sleep: (ms: number) => Promise<void>,
 *   now: () => number,
 * }} Around
 */

/** @param {Around} around The exit code: that of the deploy, or 1 where nothing was paused or the pause could not be taken back. */
export async function deployOnceIdle(around) {
  const { call, deploy, say } = around;
  /** @type {boolean} */
  let wasPaused;
  try {
    wasPaused = (await call("GET /system")).paused;
    if (!wasPaused) await pause(around);
  } catch (error) {
    say(`Nothing was deployed: ${toWords(error)}`);
    say(
      "Is SKILLOS_URL right, and SKILLOS_API_KEY the operator's? Without waiting for runs: npm run deploy -- --no-wait",
    );
    return 1;
  }
  try {
    await letEnd(around);
    return await deploy();
  } finally {
    if (!wasPaused) await resume(around);
  }
}

/** @param {Around} around A pause that was told to some tenants only is taken back. */
async function pause(around) {
  try {
    await around.call("POST /system/pause", { let_end: true });
  } catch (error) {
    await resume(around).catch(() => undefined);
    throw error;
  }
}

/** @param {Around} around */
async function letEnd({ call, say, sleep, now }) {
  const until = now() + WAIT_MS;
  for (;;) {
    // Runs outlive a reset: not to be told how many there are is no reason to stay paused.
    const running = await call("GET /system").then(
      (standing) => standing.running,
      () => 0,
    );
    if (running === 0) return say("Paused; no run is under way.");
    if (now() >= until)
      return say(`Paused; ${running} under way, which go on after the deploy from their journals.`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** @param {Around} around The new version may take a moment until it answers. */
async function resume({ call, say, sleep }) {
  for (let tries = 1; ; tries += 1) {
    try {
      await call("POST /system/resume");
      return say("Resumed.");
    } catch (error) {
      if (tries < RESUME_TRIES) await sleep(LOOK_EVERY_MS * tries);
      else {
        say("STILL PAUSED: nothing runs until somebody says `npx skillos resume --all`.");
        throw error;
      }
    }
  }
}

/** @param {unknown} error */
export const toWords = (error) => (error instanceof Error ? error.message : String(error));

/**
 * A client of the deployed server.
 * @param {string} url
 * @param {string} key
 * @returns {Around["call"]}
 */
export function toOperatorCall(url, key) {
  return async (route, body = {}) => {
    const [method = "GET", path = "/"] = route.split(" ");
    const answer = await fetch(new URL(path, url), {
      method,
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      ...(method === "POST" && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(WAIT_MS),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${route}: ${answer.status} ${text.slice(0, 200)}`);
    return JSON.parse(text);
  };
}
