// Secrets from the Worker's own variables: `secret:KEY` is SKILLOS_KEY. Only the environment's operator sets them.
import type { TenantId } from "../../kernel/domain/id.ts";
import type { Secrets } from "../../kernel/ports/secrets.ts";

const PREFIX = "SKILLOS_";
/** Variables whose values are secrets although no connector names them. */
const IS_SECRET = /(TOKEN|SECRET|KEY|PASSWORD)$/;

export class EnvironmentSecrets implements Secrets {
  readonly #values: ReadonlyMap<string, string>;
  /** Replaced, never changed: what was made of a list stays true of it. */
  #known: readonly string[];

  constructor(env: object) {
    const entries = Object.entries(env).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1] !== "",
    );
    const own = entries.filter(([name]) => name.startsWith(PREFIX));
    this.#values = new Map(own.map(([name, value]) => [name.slice(PREFIX.length), value]));
    this.#known = own.filter(([name]) => IS_SECRET.test(name)).map(([, value]) => value);
  }

  async load(_tenant: TenantId, key: string): Promise<string | null> {
    const value = this.#values.get(key) ?? null;
    // Whatever a connector calls a secret is one, whatever its variable is called.
    if (value !== null && !this.#known.includes(value)) this.#known = [...this.#known, value];
    return value;
  }

  async known(_tenant: TenantId): Promise<readonly string[]> {
    return this.#known;
  }
}
