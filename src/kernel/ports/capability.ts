// A capability is one way to touch the world (http, sql, model …). Only the door calls it.
import type { Connector, Fixture } from "../domain/connector.ts";
import type { EffectClass, EffectFacts, Entity, Origin } from "../domain/effect.ts";
import type { OwnPrices } from "../domain/own-prices.ts";
import type { TenantId } from "../domain/id.ts";
import type { Mail } from "../domain/mail.ts";
import type { MicroUsd } from "../domain/money.ts";
import type { Incoming, Outgoing } from "./outbound.ts";
import type { TenantStore } from "./tenant-store.ts";

/** `fetch` as the door hands it out: addresses checked, secrets injected, answers limited and masked. */
export type DoorFetch = (request: Outgoing) => Promise<Incoming>;

export interface CapabilityIo {
  readonly tenant: TenantId;
  readonly prices?: OwnPrices | undefined;
  /** `practice`: nothing that costs money or leaves the machine is asked. */
  readonly data: "live" | "practice";
  readonly fetch: DoorFetch;
  /** Sends one; throws as a Mailer does. */
  readonly mail: (mail: Mail) => Promise<void>;
  /** Stable for this effect over every attempt. */
  readonly key: string;
  readonly store: TenantStore;
  /** Money that is gone even though this call fails: an answer that was paid for and cannot be used. */
  readonly charge: (costMicroUsd: MicroUsd, tokens: number) => void;
  readonly practice: (name: string) => Promise<Fixture | null>;
  readonly now: number;
  /** Rows a person agreed to; null when nobody was asked. */
  readonly agreed: { readonly entities: readonly Entity[]; readonly excluded: readonly string[] } | null;
}

export interface CapabilityAnswer {
  readonly value: unknown;
  readonly costMicroUsd: MicroUsd;
  readonly tokens?: number | undefined;
  /** Set where the capability itself knows better than the door's transport (practice tables, mock models). */
  readonly origin?: Origin | undefined;
  readonly asOf?: number | undefined;
  /** How many entities a write touched. */
  readonly total?: number | undefined;
}

export interface Preview {
  readonly entities: readonly Entity[];
  readonly total: number;
  /** What later steps of a dry run may see of this write's answer. */
  readonly value: unknown;
}

export interface Capability {
  readonly via: string;
  /** It compares what it touches with what was agreed itself, inside its own transaction. */
  readonly holdsAgreement?: boolean;
  /** What it is asked goes to somebody who keeps it: secrets are masked on the way there too. */
  readonly hidesSecrets?: boolean;
  /** The same request, cheaper; as it is where nothing cheaper would do. */
  cheapen?(request: unknown, prices?: OwnPrices): unknown;
  /** The service behind a request that names no connector: where its secrets may go, and for how long it may take. */
  connectorOf?(request: unknown, prices?: OwnPrices): Connector | null;
  /** What a request means that a redirect leads to; absent: it only reads. */
  toHopClass?(request: Pick<Outgoing, "method" | "url">, connector: Connector | null): EffectClass;
  /** Before anything is sent; templates may still be unresolved in a plan, so it must not assume values. */
  describe(request: unknown, connector: Connector | null, prices?: OwnPrices): EffectFacts;
  call(request: unknown, connector: Connector | null, io: CapabilityIo): Promise<CapabilityAnswer>;
  /** What a write would touch; performs reads only. */
  preview(request: unknown, connector: Connector | null, io: CapabilityIo): Promise<Preview>;
}
