import { expect, it } from "vitest";
import { deployOnceIdle } from "./once-idle.mjs";

interface Play {
  readonly paused?: boolean;
  /** Runs under way, look by look; the last stays. */
  readonly running?: readonly number[];
  /** How often each route fails before it answers. */
  readonly failing?: Readonly<Record<string, number>>;
  readonly deployed?: number | Error;
}

/** Time passes only while somebody sleeps. */
async function play({ paused = false, running = [0], failing = {}, deployed = 0 }: Play) {
  const done: string[] = [];
  const said: string[] = [];
  const left: Record<string, number> = { ...failing };
  let [now, looks] = [0, 0];
  const ended = deployOnceIdle({
    call: async (route) => {
      if ((left[route] ?? 0) > 0) {
        left[route] = (left[route] ?? 0) - 1;
        throw new Error(`${route}: 503`);
      }
      if (route !== "GET /system") done.push(route);
      looks += 1;
      return { paused, running: running[Math.min(looks, running.length) - 1] ?? 0 };
    },
    deploy: async () => {
      done.push(`deploy at ${now}`);
      if (deployed instanceof Error) throw deployed;
      return deployed;
    },
    say: (line) => said.push(line),
    sleep: async (ms) => void (now += ms),
    now: () => now,
  });
  const code = await ended.catch((error: unknown) => String(error));
  return { code, done, said: said.join("\n") };
}

it("pauses everything, waits until nothing is under way, deploys, resumes", async () => {
  const { code, done } = await play({ running: [3, 3, 2, 1, 0] });
  expect(done).toEqual(["POST /system/pause", "deploy at 1000", "POST /system/resume"]);
  expect(code).toBe(0);
});

it("waits for half a minute and no longer: runs outlive a deploy", async () => {
  const { done, said } = await play({ running: [1] });
  expect(done[1]).toBe("deploy at 30000");
  expect(said).toMatch(/1 under way, which go on after the deploy/);
});

it.each([
  ["fails", 1, 1],
  ["breaks", new Error("no wrangler"), "Error: no wrangler"],
] as const)("resumes when the deploy %s", async (_, deployed, told) => {
  const { code, done } = await play({ deployed });
  expect(done.at(-1)).toBe("POST /system/resume");
  expect(code).toBe(told);
});

it("takes no pause back that somebody else set", async () => {
  const { done } = await play({ paused: true });
  expect(done).toEqual(["deploy at 0"]);
});

it("tries to resume again while the new version does not answer yet, and says so if it never does", async () => {
  expect((await play({ failing: { "POST /system/resume": 4 } })).done.at(-1)).toBe("POST /system/resume");
  const { code, said } = await play({ failing: { "POST /system/resume": 99 } });
  expect(code).toMatch(/503/);
  expect(said).toMatch(/STILL PAUSED.*skillos resume --all/);
});

it.each(["GET /system", "POST /system/pause"])(
  "deploys nothing when %s is not answered, and pauses nobody",
  async (route) => {
    const { code, done, said } = await play({ failing: { [route]: 99 } });
    expect(code).toBe(1);
    expect(done).toEqual(route === "GET /system" ? [] : ["POST /system/resume"]);
    expect(said).toMatch(/Nothing was deployed.*503\n.*--no-wait/);
  },
);
