// What a recorded run costs: throughput and latency beside the bare reference, one more durable step, jobs.
import { setTimeout as pause } from "node:timers/promises";
import type { Figure } from "./figure.ts";
import { median } from "../lib/statistics.ts";
import { runLoad } from "./run-load.ts";
import { measureSyncMs } from "./machine.ts";
import type { Scene } from "./scene.ts";
import { toReferenceLoad, toSkillLoad } from "./scene.ts";

const MANY = 16;
const JOBS = 2_000;
const SHORT_JOBS = 50;
const JOBS_WITHIN_MS = 60_000;

/** Reference and run in turns, so that both meet the same noise. */
export async function measureRuns(scene: Scene): Promise<{ figures: Figure[]; reference: number }> {
  const [bare, run, bareAlone, runAlone]: number[][] = [[], [], [], []];
  await runLoad(toReferenceLoad(scene, MANY));
  await runLoad(toSkillLoad(scene, "sync", { connections: MANY }));
  for (let n = 0; n < scene.rounds; n += 1) {
    bare?.push((await runLoad(toReferenceLoad(scene, MANY))).perSecond);
    run?.push((await runLoad(toSkillLoad(scene, "sync", { connections: MANY }))).perSecond);
    bareAlone?.push((await runLoad(toReferenceLoad(scene, 1))).p50Ms);
    runAlone?.push((await runLoad(toSkillLoad(scene, "sync", { connections: 1 }))).p50Ms);
  }
  const reference = median(bare ?? []);
  const perSecond = median(run ?? []);
  const figures: Figure[] = [
    { name: "bare Hono on Node, 16 connections", value: reference, unit: "/s", better: "more" },
    {
      name: "recorded synchronous run, 16 connections",
      value: perSecond,
      unit: "/s",
      reference,
      ratio: perSecond / reference,
      floor: 0.12,
      aim: 0.2,
      better: "more",
    },
    {
      name: "recorded synchronous run, 1 connection, p50",
      value: median(runAlone ?? []),
      unit: "ms",
      reference: median(bareAlone ?? []),
      floor: 2,
      aim: 1.3,
      better: "less",
    },
  ];
  return { figures, reference };
}

/**
 * What one more step adds to a run alone: a read, which leaves nothing on the disk, and a write, which is journaled and synced
 * before it leaves. The difference is what durability costs; both have the same request. Beside it: one sync of this disk.
 */
export async function measureStep(scene: Scene): Promise<Figure[]> {
  const steps: { look: number[]; post: number[] } = { look: [], post: [] };
  const syncs: number[] = [];
  for (let n = 0; n < scene.rounds; n += 1) {
    for (const path of ["look", "post"] as const) {
      const one = await runLoad(toSkillLoad(scene, `${path}1`, { connections: 1 }));
      const six = await runLoad(toSkillLoad(scene, `${path}6`, { connections: 1 }));
      steps[path].push((six.p50Ms - one.p50Ms) / 5);
    }
    syncs.push(measureSyncMs(scene.server.stateDir));
  }
  const [read, durable] = [median(steps.look), median(steps.post)];
  const common = { unit: "ms", better: "less" } as const;
  return [
    { name: "one more durable step, its request included", value: durable, reference: read, ...common },
    {
      name: "what durability adds to a step",
      value: durable - read,
      reference: median(syncs),
      floor: 0.5,
      aim: 0.2,
      ...common,
      note: "beside one sync of this disk",
    },
  ];
}

/** From the first request to the last effect; every effect once. */
export async function measureJobs(scene: Scene, reference: number): Promise<Figure[]> {
  const count = scene.rounds === 1 ? SHORT_JOBS : JOBS;
  const before = await countEffects(scene);
  const started = performance.now();
  const load = toSkillLoad(scene, "post3", { connections: MANY, async: true });
  await runLoad({ ...load, seconds: JOBS_WITHIN_MS / 1000, most: count });
  const wanted = before.keys + count * 3;
  let now = await countEffects(scene);
  while (now.keys < wanted && performance.now() - started < JOBS_WITHIN_MS) {
    await pause(5);
    now = await countEffects(scene);
  }
  const seconds = (performance.now() - started) / 1000;
  const perSecond = count / seconds;
  const lost = (wanted - now.keys) / 3;
  const twice = now.repeats - before.repeats;
  if (lost !== 0 || twice !== 0) throw new Error(`jobs: ${lost} lost, ${twice} effects sent twice`);
  return [
    {
      name: "durable 3-step jobs",
      value: perSecond,
      unit: "/s",
      reference,
      ratio: perSecond / reference,
      floor: 0.08,
      aim: 0.14,
      better: "more",
      note: `${count} jobs, 0 lost, 0 effects twice`,
    },
  ];
}

async function countEffects({ mock }: Scene): Promise<{ keys: number; repeats: number }> {
  const response = await fetch(`http://127.0.0.1:${mock.port}/counts`);
  return (await response.json()) as { keys: number; repeats: number }; // mock.ts answers it.
}
