// What admission adds to a run: the runner's one call to the guard, measured alone.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Miniflare } from "miniflare";
import { bundle, loadModules } from "../lib/bundle.mjs";
import { COMPATIBILITY_DATE } from "../lib/runtime-wish.mjs";
import { median } from "../lib/statistics.ts";
import type { Figure } from "./figure.ts";
import { measureSyncMs } from "./machine.ts";
import { runLoad } from "./run-load.ts";
import type { Scene } from "./scene.ts";

/** Several in one request, so that the noise of the request itself is divided by as many. */
const MANY = 5;
const PRICED_MICRO_USD = 100;

export async function measureAdmission({ secondsEach, rounds }: Scene): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), "skillos-admission-"));
  const guard = await startGuard(directory);
  try {
    await guard.ready;
    const port = Number((await guard.unsafeGetDirectURL("admission")).port);
    const toP50 = async (path: string): Promise<number> =>
      (await runLoad({ port, path, headers: {}, body: "", connections: 1, seconds: secondsEach })).p50Ms;
    const [free, priced, syncs]: [number[], number[], number[]] = [[], [], []];
    await toP50(`/${MANY}/0`);
    for (let n = 0; n < rounds; n += 1) {
      const bare = await toP50("/0/0");
      free.push(((await toP50(`/${MANY}/0`)) - bare) / MANY);
      priced.push(((await toP50(`/${MANY}/${PRICED_MICRO_USD}`)) - bare) / MANY);
      syncs.push(measureSyncMs(directory));
    }
    const common = { unit: "ms", floor: 0.4, aim: 0.4, better: "less" } as const;
    const reference = median(syncs);
    const note = "beside one sync of this disk";
    return [
      { name: "admission of a run without a price, p50", value: median(free), ...common },
      { name: "admission of a run with a price, p50", value: median(priced), reference, ...common, note },
    ];
  } finally {
    await guard.dispose();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function startGuard(directory: string): Promise<Miniflare> {
  const built = join(directory, "built");
  mkdirSync(built);
  await bundle(join(import.meta.dirname, "admission.worker.ts"), built);
  const manifest = { mainModule: "worker.js", modulesRoot: built, modules: loadModules(built) };
  return new Miniflare({
    host: "127.0.0.1",
    port: 0,
    telemetry: { enabled: false },
    resourcePersistencePath: join(directory, "data"),
    workers: [
      {
        config: {
          name: "admission",
          compatibilityDate: COMPATIBILITY_DATE,
          compatibilityFlags: ["nodejs_compat", "no_nodejs_global_timers"],
          manifest,
          env: {
            GUARD: { type: "durable-object", worker: "admission", exportName: "Guard" },
            DB: { type: "d1", id: "admission" },
          },
          exports: { Guard: { type: "durable-object", storage: "sqlite" } },
        },
        dev: { rootPath: built, cacheAPI: false, unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] },
      },
    ],
  });
}
