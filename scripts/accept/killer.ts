// Kills the server again and again: at random moments, and right after each moment at which something was just committed
// or just left. It starts it again each time and notes how long that took.
import { setTimeout as pause } from "node:timers/promises";
import type { Chance } from "../lib/chance.ts";
import type { ServerProcess } from "../lib/server-process.ts";

/** `received`, `answered`: at the target; `accepted`, `told`: at the sender; `sometime`: whenever. */
export type Moment = "received" | "answered" | "accepted" | "told" | "sometime";

const MOMENTS = ["sometime", "received", "answered", "accepted", "told"] as const;
const LONGEST_WAIT_MS = 500;

export class Killer {
  readonly recoveryMs: number[] = [];
  kills = 0;
  readonly #server: ServerProcess;
  readonly #chance: Chance;
  #awaited: { moment: Moment; strike: () => void } | null = null;

  constructor(server: ServerProcess, chance: Chance) {
    this.#server = server;
    this.#chance = chance;
  }

  /** Called by whoever sees a moment happen. */
  reached(moment: Moment): void {
    if (this.#awaited?.moment === moment) this.#awaited.strike();
  }

  /** One kill: waits for its moment (not for ever), strikes, starts the server again. */
  async killOnce(): Promise<void> {
    const moment = this.#chance.pick(MOMENTS);
    const waitMs = this.#chance.between(0, LONGEST_WAIT_MS);
    const { promise: struck, resolve: strike } = Promise.withResolvers<void>();
    let crashing = Promise.resolve();
    this.#awaited = {
      moment,
      strike: () => {
        this.#awaited = null;
        crashing = this.#server.crash();
        strike();
      },
    };
    // The moment may not come: nothing is sent any more, or only the other way.
    void pause(waitMs).then(() => this.#awaited?.strike());
    await struck;
    const killedAt = performance.now();
    await crashing;
    await this.#server.start();
    this.recoveryMs.push(performance.now() - killedAt);
    this.kills += 1;
  }
}
