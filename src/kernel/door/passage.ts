// What the door's parts hand to each other: what they are given, and one effect on its way.
import type { Connector } from "../domain/connector.ts";
import type { EffectFacts, EffectRequest, Origin } from "../domain/effect.ts";
import type { Capability } from "../ports/capability.ts";
import type { Documents } from "../ports/catalogue.ts";
import type { Clock } from "../ports/clock.ts";
import type { Mailer } from "../ports/mailer.ts";
import type { Outbound } from "../ports/outbound.ts";
import type { Secrets } from "../ports/secrets.ts";
import type { SavedPorts } from "./saved.ts";
import type { DoorSession, EffectPlace } from "./session.ts";

export interface DoorPorts extends SavedPorts {
  readonly clock: Clock;
  readonly outbound: Outbound;
  /** Null: no mail leaves here. */
  readonly mailer: Mailer | null;
  readonly secrets: Secrets;
  readonly documents: Documents;
  readonly capabilities: ReadonlyMap<string, Capability>;
  /** Hosts that did not answer lately, until when. Shared by all runs of this isolate. */
  readonly away: Map<string, number>;
}

/** One effect on its way through the door. */
export interface Passage {
  readonly session: DoorSession;
  readonly place: EffectPlace;
  readonly effect: EffectRequest;
  readonly capability: Capability;
  readonly connector: Connector | null;
  readonly facts: EffectFacts;
  readonly startedAt: number;
  origin: Origin;
  /** When the answer was current, if it is not of now. */
  asOf: number | undefined;
  /** When the answer was given that is kept for the day on which the source does not answer. */
  savedAt: number | undefined;
  /** Where redirects have led it, in whichever attempt. */
  hops: readonly string[];
  /** Whether anything has left for the target. */
  hasLeft: boolean;
  /** Spent on attempts that failed. */
  readonly lost: { costMicroUsd: number; tokens: number };
}
