// A tenant of its own for each test, and calls of the whole Worker in its name. Caches of the isolate outlive a test, so no
// two tests share a tenant.
import { env, exports } from "cloudflare:workers";
import { toStore } from "../../src/compose/objects.ts";
import { sha256 } from "../../src/kernel/domain/hash.ts";
import type { TenantId } from "../../src/kernel/domain/id.ts";
import type { Role } from "../../src/kernel/domain/principal.ts";
import type { TenantStore } from "../../src/kernel/ports/tenant-store.ts";
import type { Visit } from "./outside.ts";

let made = 0;

/** An answer's JSON, or the text under `text` where it is none. */
export type Body = Readonly<Record<string, unknown>>;

export class Tenant {
  readonly id: TenantId;
  readonly key: string;

  constructor(id: TenantId, key: string) {
    this.id = id;
    this.key = key;
  }

  async send(route: string, body?: string | object, headers: Record<string, string> = {}): Promise<Response> {
    const [method = "GET", path = "/"] = route.split(" ");
    return exports.default.fetch(`https://skillos.test${path}`, {
      method,
      headers: { authorization: `Bearer ${this.key}`, "content-type": "application/json", ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  async ask(route: string, body?: string | object, headers: Record<string, string> = {}): Promise<Body> {
    const answer = await this.send(route, body, headers);
    const text = await answer.text();
    return text.startsWith("{") ? JSON.parse(text) : { status: answer.status, text };
  }

  /** `sink` reaches the world outside; a write to it is deduplicated by key. */
  async saveSkill(id: string, steps: string, more = ""): Promise<void> {
    const saved = await this.send("PUT /connectors/sink", SINK);
    if (!saved.ok) throw new Error(await saved.text());
    const text = `description: A test\n${more}steps:\n${steps}`;
    const skill = await this.send(`PUT /skills/${id}`, text);
    if (!skill.ok) throw new Error(await skill.text());
  }

  /** Another user of the same tenant. */
  async join(user: string, role: Role): Promise<Tenant> {
    const key = `${this.key}_${user}`;
    await env.DB.batch(toUser(this.id, { user, role, key, unlimited: false }));
    return new Tenant(this.id, key);
  }

  get guard() {
    return env.GUARD.getByName(this.id);
  }

  get store() {
    return env.STORE.getByName(this.id);
  }

  /** The store as everybody else sees it. */
  get tables(): TenantStore {
    return toStore(env, this.id);
  }

  runner(shard: number) {
    return env.RUNNER.getByName(`${this.id}/${shard}`);
  }
}

const SINK = "type: http\nbase_url: https://sink.example\nidempotency: header\n";

export async function aTenant(how: { role?: Role; unlimited?: boolean } = {}): Promise<Tenant> {
  made += 1;
  const id: TenantId = `ten_test${made}`;
  const key = `sk_test_${made}`;
  const { role = "owner", unlimited = true } = how;
  await env.DB.batch([
    env.DB.prepare("insert into tenants (id, name, created_at) values (?, 'test', 0)").bind(id),
    ...toUser(id, { user: "anna", role, key, unlimited }),
  ]);
  await env.OUTSIDE.fetch("http://outside/reset", { method: "POST" });
  return new Tenant(id, key);
}

function toUser(
  tenant: TenantId,
  { user, role, key, unlimited }: { user: string; role: Role; key: string; unlimited: boolean },
): D1PreparedStatement[] {
  const scopes = JSON.stringify(["read", "run", "build", "admin"]);
  return [
    env.DB.prepare("insert into users (tenant, id, role, name, created_at) values (?, ?, ?, '', 0)").bind(
      tenant,
      user,
      role,
    ),
    env.DB.prepare(
      `insert into api_keys (hash, id, tenant, user, role, scopes, unlimited, created_at)
       values (?, ?, ?, ?, ?, ?, ?, 0)`,
    ).bind(sha256(key), `key_${key}`, tenant, user, role, scopes, unlimited ? 1 : 0),
  ];
}

/** What reached the world outside since the tenant was made. */
export async function visits(): Promise<readonly Visit[]> {
  return (await env.OUTSIDE.fetch("http://outside/visits")).json();
}

/** The mails in the folder since the tenant was made. */
export async function mails(): Promise<readonly { name: string; text: string }[]> {
  return (await env.OUTSIDE.fetch("http://outside/mails")).json();
}

/** What the folder of mails answers from now on; 599: it takes the mail and the connection breaks. */
export async function mailAnswers(status: number): Promise<void> {
  await env.OUTSIDE.fetch(`http://outside/mail/status/${status}`, { method: "POST" });
}

/** Lets the answers go that `/hold` kept back. */
export async function release(): Promise<void> {
  await env.OUTSIDE.fetch("http://outside/release", { method: "POST" });
}

/** Looks again until it is so; a test that waits for ever has failed. */
export async function until<T>(look: () => Promise<T | null | false | undefined>): Promise<T> {
  for (let tries = 0; tries < 4_000; tries += 1) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((next) => setTimeout(next, 5));
  }
  throw new Error("it did not come to this");
}
