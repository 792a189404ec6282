// Secrets go in at the door and never come out: what returns has their values replaced.

export const MASK = "•••";
const SECRET_REFERENCE = /secret:([A-Z][A-Z0-9_]*)/g;

/** The keys that a header or query value names. */
export function findSecretKeys(value: string): string[] {
  if (!value.includes("secret:")) return [];
  return [...value.matchAll(SECRET_REFERENCE)].map((match) => match[1] ?? "");
}

export function injectSecrets(value: string, secrets: ReadonlyMap<string, string>): string {
  return value.replace(SECRET_REFERENCE, (whole, key: string) => secrets.get(key) ?? whole);
}

/** Made once per list: the same list is asked for with every answer. */
const maskable = new WeakMap<readonly string[], readonly string[]>();

/**
 * Every form in which a service may say a secret back. Longest first, so that one secret inside another does not leave a
 * tail. Short values would mask ordinary words.
 */
export function toMaskable(secrets: readonly string[]): readonly string[] {
  const known = maskable.get(secrets);
  if (known) return known;
  const forms = new Set(secrets.filter((secret) => secret.length >= SHORTEST).flatMap(toForms));
  const made = [...forms].sort((a, b) => b.length - a.length);
  maskable.set(secrets, made);
  return made;
}

const SHORTEST = 6;

function toForms(secret: string): string[] {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(secret))).replace(/=+$/, "");
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

/** `value` with every secret replaced, in keys and strings of any depth; the same object when none occurs. */
export function maskSecrets(value: unknown, secrets: readonly string[]): unknown {
  return hasSecret(value, secrets) ? replaceSecrets(value, secrets) : value;
}

function hasSecret(value: unknown, secrets: readonly string[]): boolean {
  if (secrets.length === 0) return false;
  if (typeof value === "string") return secrets.some((secret) => value.includes(secret));
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(([key, item]) => hasSecret(key, secrets) || hasSecret(item, secrets));
}

function replaceSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string")
    return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), value);
  if (Array.isArray(value)) return value.map((item) => replaceSecrets(item, secrets));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        String(replaceSecrets(key, secrets)),
        replaceSecrets(item, secrets),
      ]),
    );
  }
  return value;
}
