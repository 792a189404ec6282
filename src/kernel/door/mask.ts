// Secrets go in at the door and never come out: what returns has their values replaced. A service that takes one apart (over
// several members, in turned order, compressed, in a code of its own) is not found out: for that nothing is promised here.
import { Fault, Refused } from "../domain/refusal.ts";
import type { SecretForms } from "./secret-forms.ts";
import { decodeLoosely, isCoded, toBytes, toForms, toPattern } from "./secret-forms.ts";

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

export interface Maskable extends SecretForms {
  /** Of texts whose letters are bytes: what is not Latin stands there as its bytes. */
  readonly ofBytes: SecretForms;
}

/** Made once per list: the same list is asked for with every answer. */
const maskable = new WeakMap<readonly string[], Maskable>();

export function toMaskable(secrets: readonly string[]): Maskable {
  const known = maskable.get(secrets);
  if (known) return known;
  const made = { ...toForms(secrets), ofBytes: toForms(secrets.map((secret) => toBinary(toBytes(secret)))) };
  maskable.set(secrets, made);
  return made;
}

/** `value` with every secret replaced, in keys and strings of any depth; the same object when none occurs. */
export function maskSecrets(value: unknown, secrets: SecretForms): unknown {
  if (secrets.plain.length === 0) return value;
  // One long text: looking for twenty forms in one is quicker than in a hundred short ones.
  const texts: string[] = [];
  collect(value, secrets, texts);
  return hasSecret(texts.join("\n"), secrets) ? replaceSecrets(value, secrets, toPattern(secrets)) : value;
}

function collect(value: unknown, secrets: SecretForms, texts: string[]): void {
  if (typeof value === "string") texts.push(value);
  else if (typeof value === "number") {
    if (secrets.isNumber) texts.push(String(value));
  } else if (Array.isArray(value)) for (const item of value) collect(item, secrets, texts);
  else if (value !== null && typeof value === "object")
    for (const [key, item] of Object.entries(value)) {
      texts.push(key);
      collect(item, secrets, texts);
    }
}

function hasSecret(text: string, { plain, decoded }: SecretForms): boolean {
  if (plain.some((form) => text.includes(form))) return true;
  if (!isCoded(text)) return false;
  const meant = decodeLoosely(text);
  return decoded.some((form) => meant.includes(form));
}

function replaceSecrets(value: unknown, secrets: SecretForms, pattern: RegExp): unknown {
  if (typeof value === "string") return replaceText(value, secrets, { pattern, mask: MASK });
  if (typeof value === "number" && secrets.isNumber) return hasSecret(String(value), secrets) ? MASK : value;
  if (Array.isArray(value)) return value.map((item) => replaceSecrets(item, secrets, pattern));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      replaceText(key, secrets, { pattern, mask: MASK }),
      replaceSecrets(item, secrets, pattern),
    ]),
  );
}

function replaceText(text: string, secrets: SecretForms, how: { pattern: RegExp; mask: string }): string {
  const replaced = text.replace(how.pattern, how.mask);
  // A code inside a code: rather nothing of the text than a part of the secret.
  return hasSecret(replaced, secrets) ? how.mask : replaced;
}

/** The same error when it holds no secret. Its cause stays behind: it may hold what its words do not. */
export function maskError(error: unknown, secrets: SecretForms): unknown {
  if (error instanceof Fault) {
    const message = String(maskSecrets(error.message, secrets));
    return message === error.message ? error : new Fault(error.code, error.retry, message);
  }
  if (!(error instanceof Refused)) return error;
  const refusal = maskSecrets(error.refusal, secrets);
  // Masked, it has the members and the reason that it had.
  return refusal === error.refusal ? error : new Refused(refusal as Refused["refusal"]);
}

/** Bytes of any charset that writes Latin letters as ASCII does; the same bytes when they hold no secret. */
export function maskBytes(bytes: Uint8Array<ArrayBuffer>, { ofBytes }: Maskable): Uint8Array<ArrayBuffer> {
  const text = toBinary(bytes);
  if (!hasSecret(text, ofBytes)) return bytes;
  const masked = replaceText(text, ofBytes, { pattern: toPattern(ofBytes), mask: "***" });
  return Uint8Array.from(masked, (letter) => letter.charCodeAt(0));
}

const PART = 8_192;

/** One letter per byte. In parts: a call takes only so many arguments. */
function toBinary(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PART)
    text += String.fromCharCode(...bytes.subarray(at, at + PART));
  return text;
}
