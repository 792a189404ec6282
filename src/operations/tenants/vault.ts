// Keys: how they stand, and their replacement while everybody works on.
import { z } from "zod";
import type { Principal } from "../../kernel/domain/principal.ts";
import type { Platform } from "../../kernel/ports/platform.ts";
import { noteAudit } from "../records/audit.ts";
import { noteBrokenRows } from "../records/broken-seals.ts";
import { type Call, defineOperation, type Reply } from "../operation.ts";
import { isOperator } from "./operator.ts";

export const vaultGet = defineOperation({
  name: "vault-get",
  summary:
    "How the keys stand: the mark of the master key in force, how many data keys each master key wraps, and the tenant's key version.",
  permission: "admin",
  http: "GET /vault",
  input: z.object({}),
  async run(platform, { principal }) {
    const { master, wrappedBy, keyVersion } = await platform.vaultKeys.state(principal.tenant);
    // How many tenants there are is the operator's to know.
    const keys = isOperator(principal) ? { master, wrapped_by: wrappedBy } : {};
    return { body: { key_version: keyVersion, ...keys } };
  },
});

export const vaultRotate = defineOperation({
  name: "vault-rotate",
  summary:
    "`master`: wraps data keys with SKILLOS_MASTER_KEY that an earlier one wraps (operator only). `data`: a new key for what the tenant keeps from now on, its secrets sealed anew. Both work piece by piece: ask again while `left` is not 0.",
  permission: "admin",
  http: "POST /vault/rotate",
  audited: "vault.rotate",
  input: z.strictObject({ what: z.enum(["master", "data"]).default("master") }),
  run: (platform, call) =>
    call.input.what === "master" ? rotateMaster(platform, call) : rotateData(platform, call),
});

async function rotateMaster(platform: Platform, call: Call<unknown>): Promise<Reply> {
  if (!isOperator(call.principal)) return { refusal: toNotOperator(call.principal) };
  const { rewrapped, left } = await platform.vaultKeys.rewrap();
  noteAudit(platform, call, { action: "vault.rotate", target: "master", body: { rewrapped, left } });
  return { body: { what: "master", rewrapped, left } };
}

function toNotOperator({ role }: Principal) {
  return {
    reason: "forbidden",
    action: "rotate the master key",
    rule: "only the operator has the master key",
    role,
  } as const;
}

/** A new version once; asked again while secrets are left, it goes on with those. One that does not open holds up no other. */
async function rotateData(platform: Platform, call: Call<unknown>): Promise<Reply> {
  const { tenant } = call.principal;
  const { vaultKeys } = platform;
  const before = await vaultKeys.reseal(tenant);
  if (before.resealed === 0) await vaultKeys.renew(tenant);
  const { resealed, left, broken } = before.resealed === 0 ? await vaultKeys.reseal(tenant) : before;
  const { keyVersion } = await vaultKeys.state(tenant);
  const told = { key_version: keyVersion, resealed, left };
  noteAudit(platform, call, {
    action: "vault.rotate",
    target: "data",
    body: { ...told, broken: broken.length },
  });
  const rows = broken.map((one) => ({ broken: one }));
  return {
    body: { what: "data", ...told, broken: broken.map(({ column, row }) => ({ column, row })) },
    ...noteBrokenRows(platform, call, { target: "vault-rotate", rows }),
  };
}
