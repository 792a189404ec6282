// What the guard says of pauses and policies, read by all runs of a runner together.
import type { TenantId } from "../domain/id.ts";
import type { Clock } from "../ports/clock.ts";
import type { Guard, Standing } from "../ports/guard.ts";

interface Read {
  readonly standing: Standing;
  /** When it was asked for. */
  readonly at: number;
}

export interface StandingPorts {
  readonly tenant: TenantId;
  readonly guard: Pick<Guard, "standing">;
  readonly clock: Pick<Clock, "now">;
}

export class StandingReader {
  readonly #ports: StandingPorts;
  #last: Read | null = null;
  #underWay: { readonly at: number; readonly read: Promise<Standing> } | null = null;

  constructor(ports: StandingPorts) {
    this.#ports = ports;
  }

  /** Asked for within so many ms before this call, or now. */
  async recent(withinMs: number): Promise<Standing> {
    const isRecent = ({ at }: { readonly at: number }) => Math.abs(this.#ports.clock.now() - at) < withinMs;
    if (this.#last !== null && isRecent(this.#last)) return this.#last.standing;
    return this.#underWay !== null && isRecent(this.#underWay) ? this.#underWay.read : this.#ask();
  }

  async #ask(): Promise<Standing> {
    const { guard, tenant, clock } = this.#ports;
    const asked = { at: clock.now(), read: guard.standing(tenant) };
    this.#underWay = asked;
    try {
      const standing = await asked.read;
      if (this.#last === null || this.#last.at <= asked.at) this.#last = { standing, at: asked.at };
      return standing;
    } finally {
      if (this.#underWay === asked) this.#underWay = null;
    }
  }
}
