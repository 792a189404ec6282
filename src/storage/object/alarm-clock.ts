// One alarm per object, the earliest anybody asked for; and a mark in the database where to look should an alarm be lost.
// Setting an alarm costs a commit, so it is set again only when it would come too late, and never awaited.
import { type TenantId, toTenantId } from "../../kernel/domain/id.ts";
import type { Archive } from "../../kernel/ports/archive.ts";
import type { Clock } from "../../kernel/ports/clock.ts";

export interface Shard {
  readonly tenant: TenantId;
  readonly shard: number;
}

/** Keys of requests that start no run are looked through so often. */
export const KEYS_MS = 24 * 60 * 60_000;

/** Objects are named `tenant/shard` by objects.ts. */
export function parseShard(name: string): Shard {
  const [tenant = "", shard = "0"] = name.split("/");
  return { tenant: toTenantId(tenant), shard: Number(shard) };
}

export class AlarmClock {
  readonly #state: DurableObjectState;
  readonly #shard: Shard;
  readonly #ports: { readonly archive: Archive; readonly clock: Clock };
  #alarmAt = Number.POSITIVE_INFINITY;
  #isMarkedOpen = false;

  constructor(state: DurableObjectState, shard: Shard, ports: { archive: Archive; clock: Clock }) {
    this.#state = state;
    this.#shard = shard;
    this.#ports = ports;
  }

  wake(at: number): void {
    if (at >= this.#alarmAt) return;
    this.remind(at);
    this.#mark(true);
  }

  /** For what is no work: should this alarm be lost, the next run sets another. */
  remind(at: number): void {
    if (at >= this.#alarmAt) return;
    this.#alarmAt = at;
    void this.#state.storage.setAlarm(at);
  }

  /** Never in the place of one that is set: after a restart this clock does not know of it. */
  async remindOnce(at: number): Promise<void> {
    if ((await this.#state.storage.getAlarm()) === null) this.remind(at);
  }

  hasRung(): void {
    this.#alarmAt = Number.POSITIVE_INFINITY;
  }

  /** Nothing here has to happen any more. */
  rest(): void {
    if (this.#alarmAt === Number.POSITIVE_INFINITY) this.#mark(false);
  }

  /** Best effort: the alarm is the rule, this is its net. */
  #mark(isOpen: boolean): void {
    if (this.#isMarkedOpen === isOpen) return;
    this.#isMarkedOpen = isOpen;
    const { tenant, shard } = this.#shard;
    const marked = this.#ports.archive.markOpen(tenant, shard, isOpen ? this.#ports.clock.now() : null);
    this.#state.waitUntil(
      marked.catch(() => {
        this.#isMarkedOpen = !isOpen;
      }),
    );
  }
}
