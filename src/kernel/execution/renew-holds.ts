// Money stays reserved as long as its run is worked on, however long that is: a hold without a deadline would be nobody's after
// a crash, and one that ends under a working run is promised twice.
import { Fault } from "../domain/refusal.ts";
import { isHeld } from "./ask-guard.ts";
import type { LiveRun } from "./live-run.ts";
import type { RunnerPorts } from "./runner-ports.ts";

/** Three tries and more before a hold ends. */
const RENEW_EVERY_MS = 4 * 60_000;

export class HoldRenewal {
  readonly #ports: Pick<RunnerPorts, "guard" | "tenant">;
  #nextAt = 0;

  constructor(ports: Pick<RunnerPorts, "guard" | "tenant">) {
    this.#ports = ports;
  }

  /** One call for all of them, and only now and then. */
  async renew(working: readonly LiveRun[], now: number): Promise<void> {
    const runIds = working.filter(isHeld).map(({ id }) => id);
    if (runIds.length === 0 || now < this.#nextAt) return;
    const { guard, tenant } = this.#ports;
    try {
      const lost = await guard.renew(tenant, runIds);
      // This runner slept, and others were given the money: before it spends more, each of these asks for it anew.
      for (const live of working) if (lost.includes(live.id)) live.heldMicroUsd = 0;
      this.#nextAt = now + RENEW_EVERY_MS;
    } catch (error) {
      // Away: asked again when this runner wakes next, seconds from now. Nobody is admitted meanwhile.
      if (!(error instanceof Fault)) throw error;
    }
  }
}
