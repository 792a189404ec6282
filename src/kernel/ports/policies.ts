// A tenant's policies as a runner needs them: without the rest of the catalogue, which may not be in its isolate.
import type { TenantId } from "../domain/id.ts";
import type { PolicySet } from "../policy/policy-set.ts";

export interface TenantPolicies {
  /** Of the registry. */
  readonly version: number;
  readonly timeZone: string;
  readonly policies: PolicySet;
}

export interface Policies {
  /** As of this version of the registry, or newer. */
  load(tenant: TenantId, atLeast: number): Promise<TenantPolicies>;
}
