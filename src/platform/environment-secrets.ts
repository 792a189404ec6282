// Secrets from the Worker's own variables: `secret:KEY` is SKILLOS_KEY. They are the operator's: only tenants
// that the operator lists may name them in a connector, and what SkillOS itself trusts by is given to no connector at all.
import type { TenantId } from "../kernel/domain/id.ts";
import { isTooShort } from "../kernel/door/secret-forms.ts";
import type { Secrets } from "../kernel/ports/secrets.ts";

const PREFIX = "SKILLOS_";
/** What signs tokens, webhooks and approvals, and the operator's own key: sent out, any of them opens SkillOS. */
const OWN: ReadonlySet<string> = new Set([
  "JWT_SECRET",
  "WEBHOOK_SECRET",
  "APPROVAL_TOKEN",
  "API_KEY",
  "MASTER_KEY",
  "MASTER_KEYS_OLD",
]);
/** Variables whose values are secrets although no connector names them. */
const IS_SECRET = /(TOKEN|SECRET|KEY|KEYS_OLD|PASSWORD)$/;

export class EnvironmentSecrets implements Secrets {
  readonly #values: ReadonlyMap<string, string>;
  /** Replaced, never changed: what was made of a list stays true of it. */
  #known: readonly string[];

  readonly #tenants: ReadonlySet<string>;

  /** @param tenants ids in a comma-separated list, whose connectors may name these secrets; `*` is every tenant */
  constructor(env: object, tenants: string) {
    this.#tenants = new Set(tenants.split(",").map((id) => id.trim()));
    const entries = Object.entries(env).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    );
    const own = entries.filter(([name]) => name.startsWith(PREFIX));
    this.#values = new Map(own.map(([name, value]) => [name.slice(PREFIX.length), value]));
    this.#known = own.filter(([name]) => IS_SECRET.test(name)).map(([, value]) => value);
  }

  async load(tenant: TenantId, key: string): Promise<string | null> {
    if (OWN.has(key) || !(this.#tenants.has("*") || this.#tenants.has(tenant))) return null;
    const value = this.#values.get(key) ?? null;
    // It would be sent, and shown in what comes back. The start says so (serve.mjs).
    if (value !== null && isTooShort(value)) return null;
    // Whatever a connector calls a secret is one, whatever its variable is called.
    if (value !== null && !this.#known.includes(value)) this.#known = [...this.#known, value];
    return value;
  }

  async known(_tenant: TenantId): Promise<readonly string[]> {
    return this.#known;
  }
}
