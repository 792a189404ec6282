// `secret:KEY`: what the tenant set itself, and below it what the operator gives.
import type { TenantId } from "../kernel/domain/id.ts";
import type { Secrets } from "../kernel/ports/secrets.ts";

interface Joined {
  readonly own: readonly string[];
  readonly given: readonly string[];
  readonly all: readonly string[];
}

/** Of this isolate. The same list for the same two: what is made of it for masking is kept. */
const joined = new Map<TenantId, Joined>();
const MOST_JOINED = 1_000;

export class TenantSecrets implements Secrets {
  readonly #own: Secrets;
  readonly #given: Secrets;

  constructor(own: Secrets, given: Secrets) {
    this.#own = own;
    this.#given = given;
  }

  async load(tenant: TenantId, key: string): Promise<string | null> {
    return (await this.#own.load(tenant, key)) ?? this.#given.load(tenant, key);
  }

  async known(tenant: TenantId): Promise<readonly string[]> {
    const [own, given] = [await this.#own.known(tenant), await this.#given.known(tenant)];
    if (own.length === 0) return given;
    const before = joined.get(tenant);
    if (before?.own === own && before.given === given) return before.all;
    const all = [...own, ...given];
    if (joined.size >= MOST_JOINED) joined.clear();
    joined.set(tenant, { own, given, all });
    return all;
  }
}
