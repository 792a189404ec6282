// Secrets go in at the door and never come out: what returns has their values replaced.

export const MASK = "•••";
const SECRET_REFERENCE = /secret:([A-Z][A-Z0-9_]*)/g;

/** The keys that a header or query value names. */
export function findSecretKeys(value: string): string[] {
  return [...value.matchAll(SECRET_REFERENCE)].map((match) => match[1] ?? "");
}

export function injectSecrets(value: string, secrets: ReadonlyMap<string, string>): string {
  return value.replace(SECRET_REFERENCE, (whole, key: string) => secrets.get(key) ?? whole);
}

/** Longest first, so that one secret inside another does not leave a tail. Short values would mask ordinary words. */
export function toMaskable(secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => secret.length >= 6).sort((a, b) => b.length - a.length);
}

/** `value` with every secret replaced, in keys and strings of any depth; the same object when none occurs. */
export function maskSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (secrets.length === 0) return value;
  if (typeof value === "string")
    return secrets.reduce((text, secret) => text.replaceAll(secret, MASK), value);
  if (Array.isArray(value)) return value.map((item) => maskSecrets(item, secrets));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        String(maskSecrets(key, secrets)),
        maskSecrets(item, secrets),
      ]),
    );
  }
  return value;
}
