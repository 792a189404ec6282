// Keys, what is sealed with them, and whose they are: made once per isolate, as its bindings do not change.
import type { Env } from "../env.ts";
import { EnvironmentSecrets } from "../platform/environment-secrets.ts";
import { TenantSecrets } from "../platform/tenant-secrets.ts";
import type { Settings } from "./settings.ts";
import { D1Erasure } from "../storage/d1/erasure.ts";
import { forgetKeysOf } from "../storage/d1/identity.ts";
import { D1Secrets } from "../storage/d1/secrets.ts";
import { R2Blobs } from "../storage/r2/blobs.ts";
import { KeyRing } from "../storage/vault/key-ring.ts";
import { TenantKeyChest } from "../storage/vault/key-chest.ts";
import { findMasterRefusal } from "../storage/vault/master-keys.ts";
import { TenantVault } from "../storage/vault/vault.ts";

type Background = (work: Promise<unknown>) => void;

function make(env: Env, settings: Settings, background: Background) {
  const master = { key: settings.SKILLOS_MASTER_KEY, old: settings.SKILLOS_MASTER_KEYS_OLD };
  const ring = new KeyRing(env.DB, master, { background, now: () => Date.now() });
  const vault = new TenantVault(ring);
  const secretStore = new D1Secrets(env.DB, vault);
  return {
    vault,
    vaultKeys: new TenantKeyChest(ring, env.DB),
    secretStore,
    secrets: new TenantSecrets(secretStore, new EnvironmentSecrets(env, settings.SKILLOS_SECRETS_FOR)),
    erasure: new D1Erasure(env.DB, {
      blobs: new R2Blobs(env.BLOBS),
      forget: (id) => {
        ring.forget(id);
        forgetKeysOf(id);
      },
    }),
    closed: findMasterRefusal(master),
  };
}

let made: ReturnType<typeof make> | null = null;

export function toKeeping(env: Env, settings: Settings, background: Background): ReturnType<typeof make> {
  made ??= make(env, settings, background);
  return made;
}
