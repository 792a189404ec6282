// The local tenant and its owner's key. The key is written to one file that only this user can read; the database
// keeps its SHA-256.
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {import("./client.mjs").Credentials} Credentials */

export const TENANT = "ten_local";
const SCOPES = ["read", "run", "build", "admin"];

/** @param {string} stateDir @returns {Credentials | null} */
export function loadCredentials(stateDir) {
  try {
    return JSON.parse(readFileSync(join(stateDir, "credentials.json"), "utf8"));
  } catch {
    return null;
  }
}

/** @param {string} stateDir @param {Credentials} credentials */
function saveCredentials(stateDir, credentials) {
  const file = join(stateDir, "credentials.json");
  writeFileSync(`${file}.new`, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/**
 * Rows of the schema that a local start needs. Written again on every start: the data may have been removed by hand
 * while the key file stayed.
 * @param {import("./runtime.mjs").Batch} batch
 * @param {string} key
 * @returns {Promise<number>} the version of its registry
 */
async function saveLocalTenant(batch, key) {
  const now = Date.now();
  const hash = createHash("sha256").update(key).digest("hex");
  const done = await batch([
    {
      sql: "insert or ignore into tenants (id, name, created_at) values (?, 'local', ?)",
      values: [TENANT, now],
    },
    {
      sql: "insert or ignore into users (tenant, id, role, name, created_at) values (?, 'owner', 'owner', '', ?)",
      values: [TENANT, now],
    },
    {
      sql: `insert or ignore into api_keys (hash, id, tenant, user, role, scopes, unlimited, created_at)
            values (?, 'key_local', ?, 'owner', 'owner', ?, 1, ?)`,
      values: [hash, TENANT, JSON.stringify(SCOPES), now],
    },
    { sql: "select registry_version from tenants where id = ?", values: [TENANT] },
  ]);
  return done.at(-1)?.[0]?.registry_version ?? 0;
}

/**
 * @param {import("./runtime.mjs").Batch} batch
 * @param {{ stateDir: string, url: string }} place
 * @returns {Promise<{ credentials: Credentials, version: number }>} `version` of the registry
 */
export async function seedLocalTenant(batch, { stateDir, url }) {
  const known = loadCredentials(stateDir);
  const key = known?.api_key ?? `sk_${randomBytes(24).toString("base64url")}`;
  const version = await saveLocalTenant(batch, key);
  const credentials = { url, tenant: TENANT, api_key: key };
  if (known?.url !== url) saveCredentials(stateDir, credentials);
  return { credentials, version };
}
