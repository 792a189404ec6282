// A tenant with one small skill, in workerd with its real objects and rows.
import { env } from "cloudflare:test";
import { toPlatform } from "../../src/compose/compose.ts";
import type { SkillId, TenantId } from "../../src/kernel/domain/id.ts";
import type { Platform } from "../../src/kernel/ports/platform.ts";
import { applyFiles } from "../../src/operations/skills/registry-files.ts";

export const DOUBLE: SkillId = "test/double";

const TEXT = `description: { en: Double a number, ru: Удвоить число }
input:
  n: { type: number, ask: { en: "Which number?", ru: "Какое число?" } }
steps:
  - id: sum
    set: { twice: "\${{ input.n * 2 }}" }
output: { twice: "\${{ sum.twice }}" }
`;

export interface Served {
  readonly platform: Platform;
  readonly tenant: TenantId;
}

/** Names are never used twice: isolates remember catalogues by tenant. */
let made = 0;

export async function serve(change: Partial<Platform> = {}): Promise<Served> {
  const platform: Platform = { ...toPlatform(env), ...change };
  made += 1;
  const tenant: TenantId = `ten_test${made}x${platform.ids.ulid()}`;
  const key = { id: `key_${made}`, hash: platform.ids.secret() };
  await platform.tenants.add({
    id: tenant,
    name: "test",
    timeZone: "Europe/Moscow",
    currency: "RUB",
    createdAt: 0,
    key,
  });
  await applyFiles(platform, tenant, {
    files: [{ path: "test/double.yaml", text: TEXT }],
    complete: false,
    origin: "http",
    by: null,
  });
  return { platform, tenant };
}

/** The ends of runs come a moment after their start. */
export async function untilRuns(
  served: Served,
  count: number,
): Promise<readonly { id: string; status: string; channel: string }[]> {
  const { platform, tenant } = served;
  for (let n = 0; n < 100; n += 1) {
    await platform.runners.drain(tenant);
    const every = { limit: 50, before: null, status: null, skill: null, reached: null };
    const runs = await platform.runs.list(tenant, every);
    if (runs.length >= count) return runs;
  }
  throw new Error(`there are no ${count} runs`);
}
