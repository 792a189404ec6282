// What a tenant has registered, as of one registry version.
import type { Connector, Fixture } from "../domain/connector.ts";
import type { OwnPrices } from "../domain/own-prices.ts";
import type { SkillId, TenantId } from "../domain/id.ts";
import type { BrokenSeal } from "../domain/seal-broken.ts";
import type { Skill } from "../domain/skill.ts";
import type { PolicySet } from "../policy/policy-set.ts";
import type { RoutingIndex } from "../routing/index-type.ts";

export interface TenantFacts {
  readonly id: TenantId;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  /** Absent: none. */
  readonly prices?: OwnPrices | undefined;
}

export interface CatalogueSnapshot {
  readonly tenant: TenantFacts;
  readonly version: number;
  readonly skills: ReadonlyMap<SkillId, Skill>;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly policies: PolicySet;
  /** Of a skill's or a connector's version, by its hash: who made it, and who lets it serve. Files of the host are nobody's. */
  readonly makers: ReadonlyMap<string, readonly string[]>;
}

/** What sentences are routed with. */
export interface CatalogueIndex {
  readonly index: RoutingIndex;
  /** Corrections that are left out of it, and an index that was made anew, because what was kept does not open. */
  readonly broken: readonly BrokenSeal[];
}

export interface Catalogue {
  /** The catalogue at `atLeast` or newer. */
  load(tenant: TenantId, atLeast: number): Promise<CatalogueSnapshot>;
  /** Of all skills of the catalogue at `atLeast` or newer. Asked for by sentences only: who names his skill does not wait for it. */
  loadIndex(tenant: TenantId, atLeast: number): Promise<CatalogueIndex>;
}

/** Immutable documents by content hash: what a pinned run reads. Null: not this tenant's. */
export interface Documents {
  loadSkill(tenant: TenantId, hash: string): Promise<Skill | null>;
  loadConnector(tenant: TenantId, hash: string): Promise<Connector | null>;
  /** Fixtures are practice data, read by name. */
  loadFixture(tenant: TenantId, name: string): Promise<Fixture | null>;
}
