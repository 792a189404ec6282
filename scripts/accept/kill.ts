// accept kill: the whole process group dies by SIGKILL, again and again, while runs with writes are sent. Nothing may be
// lost, done twice or told wrongly; money must add up.
import { setTimeout as pause } from "node:timers/promises";
import { createChance } from "../lib/chance.ts";
import { percentile } from "../lib/statistics.ts";
import { type Answer, ServerProcess } from "../lib/server-process.ts";
import type { Amounts, Check, Report } from "./check.ts";
import type { Job, Told } from "./kill-jobs.ts";
import { makeJobs, saveSkills, sendJob } from "./kill-jobs.ts";
import { judgeChanges } from "./kill-changes.ts";
import { judge } from "./kill-verdict.ts";
import { Killer } from "./killer.ts";
import { Sink } from "./sink.ts";

const AT_ONCE = 8;
const DEFAULT_JOBS = 2_000;
const DEFAULT_KILLS = 100;
/** Beside the kills under runs, one of so many under changes that start none. */
const CHANGE_KILLS_ONE_OF = 4;
const LOOK_MS = 5;
const RECOVERY_P95_MS = 3_000;

export const kill: Check = {
  name: "kill",
  summary: "SIGKILL while runs and changes are sent: --jobs 2000 --kills 100",
  run: runKill,
};

export async function runKill(seed: number, amounts: Amounts, tell: (line: string) => void): Promise<Report> {
  const { jobs: count = DEFAULT_JOBS, kills = DEFAULT_KILLS } = amounts;
  const chance = createChance(seed);
  const started = performance.now();
  let killer: Killer | null = null;
  const sink = await Sink.open(createChance(seed + 1), { onMoment: (moment) => killer?.reached(moment) });
  const server = await ServerProcess.make({
    SKILLOS_PRIVATE_HOSTS: sink.host,
    SKILLOS_MOCK_PRICE_USD_PER_MTOK: "1",
  });
  try {
    await server.start(true);
    await saveSkills(server, sink.host);
    await server.ask("PUT /budgets", { per_request_usd: 1, daily_usd: 1_000, monthly_usd: 1_000 });
    killer = new Killer(server, chance);
    const told = await sendUnderFire({ server, killer, tell }, makeJobs(count, chance), kills);
    const verdict = await judge(server, sink, told);
    const changed = await judgeChanges(server, { seed, kills: Math.ceil(kills / CHANGE_KILLS_ONE_OF) });
    const recoveryP95 = Math.round(percentile(killer.recoveryMs, 0.95));
    // Time is judged in the long form only: in the suite the machine is shared with other checks.
    if (count >= DEFAULT_JOBS && recoveryP95 > RECOVERY_P95_MS)
      verdict.problems.push(`recovery p95 is ${recoveryP95} ms`);
    return {
      figures: {
        jobs: count,
        kills: killer.kills,
        ...verdict.figures,
        ...changed.figures,
        recovery_ms_p95: recoveryP95,
        seconds: Math.round((performance.now() - started) / 100) / 10,
      },
      problems: [...verdict.problems, ...changed.problems],
    };
  } finally {
    await server.stop();
    await sink.close();
  }
}

interface Scene {
  readonly server: ServerProcess;
  readonly killer: Killer;
  readonly tell: (line: string) => void;
}

/** A few senders, and a kill whenever the next share of the jobs has started; none races ahead of the kills. */
async function sendUnderFire(scene: Scene, jobs: readonly Job[], kills: number): Promise<Told[]> {
  const { server, killer, tell } = scene;
  const told: Told[] = [];
  const share = jobs.length / (kills + 1);
  let next = 0;
  const send = async (): Promise<void> => {
    while (next < jobs.length) {
      const job = jobs[next];
      if (!job || next > share * (killer.kills + 2)) {
        await pause(LOOK_MS);
        continue;
      }
      next += 1;
      const onTold = ({ status }: Answer): void => killer.reached(status === 202 ? "accepted" : "told");
      told.push(await sendJob(server, job, onTold));
    }
  };
  const fire = async (): Promise<void> => {
    while (killer.kills < kills) {
      if (next < share * (killer.kills + 1)) {
        await pause(LOOK_MS);
        continue;
      }
      await killer.killOnce();
      if (killer.kills % 10 === 0) tell(`${killer.kills} kills, ${told.length} of ${jobs.length} told`);
    }
  };
  await Promise.all([fire(), ...Array.from({ length: AT_ONCE }, send)]);
  return told;
}
