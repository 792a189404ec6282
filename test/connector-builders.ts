// What a capability is called with in its tests: defaults and overrides.
import { createHash } from "node:crypto";
import type { Connector } from "../src/kernel/domain/connector.ts";
import type { Refusal } from "../src/kernel/domain/refusal.ts";
import { Refused } from "../src/kernel/domain/refusal.ts";
import type { Incoming } from "../src/kernel/ports/outbound.ts";
import type { CapabilityIo } from "../src/kernel/ports/capability.ts";
import type { Files, StoredFile } from "../src/kernel/ports/files.ts";
import type { TenantStore } from "../src/kernel/ports/tenant-store.ts";

export function aConnector(changes: Partial<Connector> = {}): Connector {
  return {
    name: "shop",
    hash: "0".repeat(16),
    type: "http",
    baseUrl: "https://api.shop.example/v1",
    headers: {},
    query: {},
    idempotency: "none",
    effects: [],
    timeoutMs: 5_000,
    pricePerCallMicroUsd: 0,
    mode: "live",
    title: "Shop",
    ...changes,
  };
}

const notAsked = (): Promise<never> => Promise.reject(new Error("this test did not expect to be asked"));

export function aStore(changes: Partial<TenantStore> = {}): TenantStore {
  return {
    run: notAsked,
    preview: notAsked,
    importTable: notAsked,
    dropTable: notAsked,
    tables: notAsked,
    columns: notAsked,
    clear: notAsked,
    ...changes,
  };
}

export function anIo(changes: Partial<CapabilityIo> = {}): CapabilityIo {
  return {
    tenant: "ten_test",
    data: "live",
    charge: () => {
      throw new Error("this test did not expect to pay");
    },
    fetch: notAsked,
    mail: notAsked,
    key: "run_0_x:step:1",
    store: aStore(),
    practice: async () => null,
    now: Date.UTC(2026, 10, 21, 9),
    agreed: null,
    ...changes,
  };
}

/** As the door hands it over: read whole. */
export async function toIncoming(response: Response): Promise<Incoming> {
  const { status, headers } = response;
  return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
}

/** The refusal that `attempt` ends with. */
export function aRefusal(attempt: () => unknown): Refusal {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Files in memory, each tenant's own. */
export function aFileStore(): Files {
  const stored = new Map<string, StoredFile>();
  return {
    async put(tenant, bytes, { name, type }) {
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      const reference = { sha256, name, type, size: bytes.byteLength };
      stored.set(`${tenant}/${sha256}`, { ...reference, bytes });
      return reference;
    },
    has: async (tenant, sha256) => stored.has(`${tenant}/${sha256}`),
    get: async (tenant, sha256) => stored.get(`${tenant}/${sha256}`) ?? null,
  };
}
