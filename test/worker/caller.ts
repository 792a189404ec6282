// Somebody with a key, asking the application itself.
import { env } from "cloudflare:test";
import { z } from "zod";
import { toApp } from "../../src/compose/compose.ts";
import { sha256 } from "../../src/kernel/domain/hash.ts";
import type { Served } from "./platform.ts";
import { serve } from "./platform.ts";

interface Asking {
  readonly json?: unknown;
  readonly raw?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Caller extends Served {
  readonly ask: (
    route: string,
    asking?: Asking,
  ) => Promise<{ status: number; body: Record<string, unknown>; text: string; headers: Headers }>;
}

export async function toCaller(role: "owner" | "member" = "owner", of?: Served): Promise<Caller> {
  const served = of ?? (await serve());
  const { platform, tenant } = served;
  const key = `sk_${platform.ids.secret()}`;
  await env.DB.prepare(
    "insert into api_keys (hash, id, tenant, user, role, scopes, unlimited, created_at) values (?, ?, ?, ?, ?, ?, 1, 0)",
  )
    .bind(
      sha256(key),
      `key_${key.slice(-6)}`,
      tenant,
      role,
      role,
      JSON.stringify(["read", "run", "build", "admin"]),
    )
    .run();
  return {
    ...served,
    async ask(route, { json, raw, headers } = {}) {
      const [method = "GET", path = "/"] = route.split(" ");
      const body = raw ?? (json === undefined ? null : JSON.stringify(json));
      const answer = await toApp(env).fetch(
        new Request(`http://skillos${path}`, {
          method,
          body,
          headers: { authorization: `Bearer ${key}`, ...headers },
        }),
      );
      const text = await answer.text();
      const parsed = z
        .looseObject({})
        .safeParse(/\bjson/.test(answer.headers.get("content-type") ?? "") ? JSON.parse(text) : {});
      return { status: answer.status, body: parsed.data ?? {}, text, headers: answer.headers };
    },
  };
}
