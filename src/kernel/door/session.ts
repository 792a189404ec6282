// What the door knows of one run: how far it may go, what it has done, what was agreed.
import type { Connector, Exchange } from "../domain/connector.ts";
import type { EffectRecord } from "../domain/run.ts";
import type { EffectClass, Intended, Manifest, PlannedWrite } from "../domain/effect.ts";
import type { OwnPrices } from "../domain/own-prices.ts";
import type { TenantId } from "../domain/id.ts";
import type { MicroUsd } from "../domain/money.ts";
import type { TenantStore } from "../ports/tenant-store.ts";
import type { CallWatch } from "./host-watch.ts";

export interface DoorSession {
  readonly tenant: TenantId;
  readonly runId: string;
  readonly dryRun: boolean;
  readonly data: "live" | "practice";
  /** The last good answer will do where a source does not answer. */
  readonly allowStale: boolean;
  /** What can be had cheaper is: little is left of the budget. */
  readonly isDegraded: boolean;
  readonly store: TenantStore;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly prices?: OwnPrices | undefined;
  /** Whether a service may be called, and how its calls end. */
  readonly calls: CallWatch;
  /** Exchanges of a rehearsal by connector; `null` outside one. */
  readonly mocks: ReadonlyMap<string, readonly Exchange[]> | null;
  /** The most that the plan asked permission for. */
  readonly authorized: EffectClass;
  /** What was agreed to, when anybody was asked. */
  readonly agreed: Manifest | null;
  /** Exchanges kept for a fixture, when the caller asked to record. */
  readonly recording: Exchange[] | null;

  /** Effects by key, in the order sent. */
  readonly effects: Map<string, EffectRecord>;
  readonly planned: PlannedWrite[];
  spentMicroUsd: MicroUsd;
  /** The most that effects on their way may cost. */
  pendingMicroUsd: MicroUsd;
  readonly holdMicroUsd: MicroUsd;
  /** Whether it may still be done: no pause, and policies as they are now. */
  readonly permit: { check(intended: Intended): Promise<void> };
  /** Asks the guard for more than the hold. Throws Refused when it says no. */
  readonly extendHold: (neededMicroUsd: MicroUsd) => Promise<void>;
  /** Makes everything known so far durable before a write leaves. */
  readonly saveLive: () => Promise<void>;
}

export interface EffectPlace {
  /** `run id:step path:n`, the same on every attempt. */
  readonly key: string;
  readonly step: string;
  /** Whether its step was given up meanwhile. */
  readonly isOver: () => boolean;
}
