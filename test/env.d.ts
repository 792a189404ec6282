import type { D1Migration } from "cloudflare:test";
import type { Env as WorkerEnv } from "../src/env.ts";
import type * as worker from "../src/worker.ts";

declare global {
  namespace Cloudflare {
    interface Env extends WorkerEnv {
      readonly TEST_MIGRATIONS: D1Migration[];
      readonly OUTSIDE: Fetcher;
    }
    interface GlobalProps {
      mainModule: typeof worker;
    }
  }
}
