// Every form in which a service may say a secret back: as it is, in base64 wherever it begins, in hex; and, letter by letter,
// percent-encoded or escaped as in JSON.

/** Shorter values would mask ordinary words, so they are not masked, and therefore taken nowhere: not set, not sent. */
export const SHORTEST_SECRET = 6;

/** Spaces at its ends may be lost on the way. */
export function isTooShort(secret: string): boolean {
  return secret.trim().length < SHORTEST_SECRET;
}

export interface SecretForms {
  /** Found by looking for them. */
  readonly plain: readonly string[];
  /** Found only once what is percent-encoded and escaped is taken for what it means. */
  readonly decoded: readonly string[];
  /** Those of `plain` and `decoded` that are base64: what stands right beside them may hold a few bits more. */
  readonly base64: ReadonlySet<string>;
  readonly isNumber: boolean;
}

export function toForms(secrets: readonly string[]): SecretForms {
  const long = new Set(secrets.flatMap((secret) => [secret, secret.trim()]));
  const said = [...long].filter((secret) => secret.length >= SHORTEST_SECRET);
  // A form of a page writes a space as a plus.
  const known = said.flatMap((secret) => [secret, secret.replaceAll(" ", "+")]);
  const base64 = known.flatMap((secret) => toBase64Cores(toBytes(secret)));
  const decoded = [...known, ...base64];
  const hex = known.flatMap((secret) => [toHex(secret), toHex(secret).toUpperCase()]);
  return {
    plain: longestFirst([...decoded, ...base64.map(toUrlSafe), ...hex]),
    decoded: longestFirst(decoded),
    base64: new Set([...base64, ...base64.map(toUrlSafe)]),
    isNumber: known.some((secret) => /^[\d.e+-]+$/i.test(secret)),
  };
}

/** So that one secret inside another does not leave a tail. */
function longestFirst(forms: readonly string[]): string[] {
  return [...new Set(forms)].sort((one, other) => other.length - one.length);
}

export function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function toHex(text: string): string {
  return [...toBytes(text)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function toUrlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

/** The signs of base64 that depend on these bytes alone, for each of the three places in a group where they may begin. */
function toBase64Cores(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const shifted = new Uint8Array(before + bytes.length);
    shifted.set(bytes, before);
    const whole = btoa(String.fromCharCode(...shifted));
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor((shifted.length * 8) / 6));
  });
}

/** One letter of a form, in any of its codes: `/` is also `%2F`, `\/` and `\u002f`, under any number of backslashes. */
function toLetterPattern(letter: string): string {
  const percent = [...toBytes(letter)].map((byte) => `%${toAnyCase(byte, 2)}`).join("");
  const units = [...Array(letter.length).keys()].map((at) => `\\\\+u${toAnyCase(letter.charCodeAt(at), 4)}`);
  const short = JSON.stringify(letter).slice(1, -1);
  const escaped = short.startsWith("\\") && !short.startsWith("\\u") ? short.slice(1) : letter;
  const isEscapable = escaped !== letter || /["\\/]/.test(letter);
  return [
    toLiteral(letter),
    percent,
    units.join(""),
    ...(isEscapable ? [`\\\\+${toLiteral(escaped)}`] : []),
    ...(letter === " " ? ["\\+"] : []),
  ].join("|");
}

function toAnyCase(value: number, digits: number): string {
  const hex = value.toString(16).padStart(digits, "0");
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function toLiteral(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

/** Made once per list. */
const patterns = new WeakMap<SecretForms, RegExp>();

/** Matches any form in any mixture of codes. Slow to make and to use: only for texts that are known to hold a secret. */
export function toPattern(forms: SecretForms): RegExp {
  const known = patterns.get(forms);
  if (known) return known;
  const { plain, decoded, base64 } = forms;
  const withEdges = (form: string, pattern: string) =>
    base64.has(form) ? `[\\w+/-]?${pattern}[\\w+/-]?` : pattern;
  const coded = decoded.map((form) =>
    withEdges(form, [...form].map((letter) => `(?:${toLetterPattern(letter)})`).join("")),
  );
  const pattern = new RegExp(
    [...plain.map((form) => withEdges(form, toLiteral(form))), ...coded].join("|"),
    "g",
  );
  patterns.set(forms, pattern);
  return pattern;
}

const ESCAPED = /\\+(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const CONTROLS: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };
const PERCENT = /(?:%[0-9a-fA-F]{2})+/g;

/** Whether anything in it means something else than it says. By hand: an expression takes ten times as long for a page. */
export function isCoded(text: string): boolean {
  for (let at = text.indexOf("%"); at !== -1; at = text.indexOf("%", at + 1))
    if (/^[0-9a-fA-F]{2}$/.test(text.slice(at + 1, at + 3))) return true;
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at + 1))
    if (/[u"\\/bfnrt]/.test(text.charAt(at + 1))) return true;
  return false;
}

/** A text with its JSON escapes and its percent-encoding taken for what they mean. */
export function decodeLoosely(text: string): string {
  const plain = text.includes("\\")
    ? text.replace(ESCAPED, (_, unit?: string, short = "") =>
        unit === undefined ? (CONTROLS[short] ?? short) : String.fromCharCode(Number.parseInt(unit, 16)),
      )
    : text;
  return plain.includes("%") ? plain.replace(PERCENT, fromPercent) : plain;
}

function fromPercent(run: string): string {
  const bytes = run.split("%").slice(1);
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
}
