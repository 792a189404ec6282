// The keys that wrap data keys: the one in force and those before it. They are the operator's, given as variables and kept nowhere.
import { sha256 } from "../../kernel/domain/hash.ts";
import { invariant, type RefusalOf, Refused } from "../../kernel/domain/refusal.ts";
import {
  KEY_BYTES,
  open,
  parseSealed,
  type SealingKey,
  seal,
  toBinding,
  toSealingKey,
  toText,
} from "./sealed.ts";

export interface MasterSettings {
  readonly key: string;
  readonly old: readonly string[];
}

export interface MasterKeys {
  readonly current: SealingKey;
  readonly byMark: ReadonlyMap<string, SealingKey>;
}

const MARK_LENGTH = 12;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** What is wrong with what was given; null: nothing. Whoever mistyped a key would otherwise learn of it from rows that do not open. */
export function findMasterRefusal({ key, old }: MasterSettings): RefusalOf<"vault_closed"> | null {
  const reason = "vault_closed";
  if (key === "") return { reason, why: "missing", variable: "SKILLOS_MASTER_KEY" };
  if (toKeyBytes(key) === null) return { reason, why: "malformed", variable: "SKILLOS_MASTER_KEY" };
  return old.every((one) => toKeyBytes(one) !== null)
    ? null
    : { reason, why: "malformed", variable: "SKILLOS_MASTER_KEYS_OLD" };
}

export async function loadMasterKeys(settings: MasterSettings): Promise<MasterKeys> {
  const refusal = findMasterRefusal(settings);
  if (refusal) throw new Refused(refusal);
  const given = [...settings.old, settings.key].map(toKeyBytes).filter((bytes) => bytes !== null);
  const keys = await Promise.all(given.map((bytes) => toSealingKey(toMark(bytes), bytes)));
  const current = keys.at(-1);
  invariant(current, "a key that nothing is wrong with is a key");
  return { current, byMark: new Map(keys.map((key) => [key.name, key])) };
}

function toKeyBytes(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = BASE64.test(text) ? new Uint8Array(Buffer.from(text, "base64")) : null;
  return bytes?.byteLength === KEY_BYTES ? bytes : null;
}

/** It is public: it stands in rows. */
function toMark(bytes: Uint8Array): string {
  return sha256(`master ${Buffer.from(bytes).toString("hex")}`).slice(0, MARK_LENGTH);
}

interface Owned {
  readonly tenant: string;
  readonly version: number;
}

function toKeyBinding({ tenant, version }: Owned): Uint8Array {
  return toBinding([tenant, "tenant_keys.wrapped", String(version)]);
}

export async function wrap(
  { current }: MasterKeys,
  of: Owned,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  return toText(await seal(current, toKeyBinding(of), bytes));
}

/** Null: wrapped by a key that was not given, or not what was wrapped here. */
export function unwrap(keys: MasterKeys, of: Owned, wrapped: string): Uint8Array<ArrayBuffer> | null {
  const sealed = parseSealed(wrapped);
  const master = sealed === null ? undefined : keys.byMark.get(sealed.key);
  if (sealed === null || master === undefined) return null;
  try {
    return open(master, toKeyBinding(of), sealed.body);
  } catch {
    return null;
  }
}
