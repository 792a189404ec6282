// What the guard says of pauses and policies, read by all runs of a runner together: whoever asks while a call is under way shares
// the next one, because the one under way may have been answered before he asked.
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
  #underWay: Promise<Read> | null = null;
  #next: Promise<Read> | null = null;

  constructor(ports: StandingPorts) {
    this.#ports = ports;
  }

  /** As of this call or later. */
  async read(): Promise<Standing> {
    if (this.#underWay === null) return (await this.#call()).standing;
    this.#next ??= this.#afterwards(this.#underWay);
    return (await this.#next).standing;
  }

  /** Not older than this. */
  async recent(withinMs: number): Promise<Standing> {
    const last = this.#last;
    return last !== null && this.#ports.clock.now() - last.at < withinMs ? last.standing : this.read();
  }

  /** How the one before it ended does not matter. */
  async #afterwards(before: Promise<Read>): Promise<Read> {
    await before.catch(() => null);
    return this.#call();
  }

  #call(): Promise<Read> {
    const { guard, tenant, clock } = this.#ports;
    const at = clock.now();
    const call = guard.standing(tenant).then((standing) => ({ standing, at }));
    this.#underWay = call;
    this.#next = null;
    const ended = (read: Read | null): void => {
      this.#last = read ?? this.#last;
      if (this.#underWay === call) this.#underWay = null;
    };
    call.then(ended, () => ended(null));
    return call;
  }
}
