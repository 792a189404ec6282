import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Fault, Refused } from "../domain/refusal.ts";
import {
  findSecretKeys,
  injectSecrets,
  MASK,
  maskBytes,
  maskError,
  maskSecrets,
  toMaskable,
} from "./mask.ts";

describe("secrets on their way out", () => {
  it("are put where they are named, and an unknown name stays a name", () => {
    const secrets = new Map([["A_KEY", "value-of-a"]]);
    expect(findSecretKeys("Bearer secret:A_KEY, secret:B")).toEqual(["A_KEY", "B"]);
    expect(injectSecrets("Bearer secret:A_KEY, secret:B", secrets)).toBe("Bearer value-of-a, secret:B");
  });
});

const SECRET = 'p@ss/"слово"+1?>~x';
const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];
const binary = (text: string): string => String.fromCharCode(...bytesOf(text));
const base64 = (text: string): string => btoa(binary(text));
const base64url = (text: string): string =>
  base64(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const hex = (text: string): string =>
  bytesOf(text)
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
const percent = (text: string): string => hex(text).replaceAll(/../g, "%$&");
const escapes = (text: string): string =>
  [...Array(text.length).keys()]
    .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`)
    .join("");

/** Every way in which a service may say a secret back. */
const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  ["as it is", (text) => text],
  ["in an address", encodeURIComponent],
  [
    "in an address, in small letters",
    (text) => encodeURIComponent(text).replaceAll(/%../g, (code) => code.toLowerCase()),
  ],
  ["with every byte percent-encoded", percent],
  ["with every byte percent-encoded, in capitals", (text) => percent(text).toUpperCase()],
  ["inside JSON inside text", (text) => JSON.stringify(text).slice(1, -1)],
  ["inside JSON inside JSON", (text) => JSON.stringify(JSON.stringify(text)).slice(1, -1)],
  ["in JSON escapes", escapes],
  [
    "in JSON escapes, in capitals",
    (text) => escapes(text).replaceAll(/[0-9a-f]{4}/g, (code) => code.toUpperCase()),
  ],
  ["with its slashes escaped", (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/")],
  ["as hex", hex],
  ["as hex in capitals", (text) => hex(text).toUpperCase()],
  ["as base64", base64],
  ["as base64 one byte in", (text) => base64(`:${text}`)],
  ["as base64 two bytes in", (text) => base64(`u:${text}`)],
  ["as base64 of a user and a password", (text) => base64(`anna:${text}\n`)],
  ["as base64url", base64url],
  ["as base64url one byte in", (text) => base64url(`:${text}!`)],
  ["as base64 in an address", (text) => encodeURIComponent(base64(`ab${text}`))],
];

/** What of the secret could still be read. */
function leaks(value: unknown, form: string): boolean {
  const text = JSON.stringify(value);
  return text.includes(JSON.stringify(form).slice(1, -1)) || !text.includes(MASK);
}

describe("secrets on their way back", () => {
  const masked = (value: unknown, secret = SECRET) => maskSecrets(value, toMaskable([secret]));

  it.each(FORMS)("are replaced %s", (_, encode) => {
    const form = encode(SECRET);
    expect(leaks(masked(`said: ${form}!`), form)).toBe(false);
    expect(leaks(masked({ list: [{ [form]: [form] }] }), form)).toBe(false);
  });

  it("of any letters and any length are replaced in every form, and what stands around them stays", () => {
    const secret = fc
      .string({ unit: "grapheme", minLength: 6, maxLength: 40 })
      .filter((text) => text.trim() === text);
    fc.assert(
      fc.property(secret, fc.constantFrom(...FORMS), (text, [, encode]) => {
        const form = encode(text);
        const seen = masked({ said: `<<<${form}>>>`, other: "left alone" }, text) as {
          said: string;
          other: string;
        };
        expect(seen.other).toBe("left alone");
        expect(seen.said).toContain(MASK);
        expect(seen.said.includes(form)).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it("leave no part of a base64 word that hangs over their edges", () => {
    const word = base64(`:${SECRET}`);
    expect(String(masked(`x ${word} y`)).replaceAll("=", "")).toMatch(/^x \w?•••\w? y$/);
  });

  it("that are numbers are replaced where they come as numbers", () => {
    expect(masked({ pin: 12_345_678, other: 5 }, "12345678")).toEqual({ pin: MASK, other: 5 });
  });

  it("leave no tail when one is part of another", () => {
    const both = toMaskable(["secret-value", "secret-value-longer"]);
    expect(maskSecrets("x secret-value-longer y", both)).toBe(`x ${MASK} y`);
  });

  it("leave what holds none as the same object, and short words alone", () => {
    const value = { a: [1, null, "text 100 % \\ C:\\new"] };
    expect(masked(value)).toBe(value);
    expect(maskSecrets("on", toMaskable(["on", ""]))).toBe("on");
  });
});

describe("secrets in what went wrong", () => {
  const secrets = toMaskable(["secret-value"]);

  it("are replaced in faults and refusals, whose causes stay behind", () => {
    const fault = maskError(
      new Fault("network", "later", "no secret-value", new Error("secret-value")),
      secrets,
    );
    expect(fault).toMatchObject({ code: "network", retry: "later", message: `no ${MASK}`, cause: undefined });
    const refused = maskError(
      new Refused({ reason: "address_forbidden", host: "secret-value.example" }),
      secrets,
    );
    expect(refused).toMatchObject({ refusal: { host: `${MASK}.example` } });
  });

  it("leave errors without them as they are", () => {
    const fault = new Fault("network", "later", "lost");
    expect(maskError(fault, secrets)).toBe(fault);
  });
});

describe("secrets in bytes", () => {
  it("are replaced whatever the other bytes are", () => {
    const bytes = new Uint8Array([0xff, 0xfe, ...bytesOf(`a ${SECRET} b`), 0x80]);
    const masked = maskBytes(bytes, toMaskable([SECRET]));
    expect([...masked]).toEqual([0xff, 0xfe, ...bytesOf("a *** b"), 0x80]);
  });

  it("leave what holds none as the same bytes", () => {
    const bytes = new Uint8Array([1, 2, 200]);
    expect(maskBytes(bytes, toMaskable([SECRET]))).toBe(bytes);
  });
});

it("is masked where a form of a page wrote its spaces as pluses", () => {
  const secrets = toMaskable(['a pass "é" phrase=']);
  const said = new URLSearchParams({ v: 'a pass "é" phrase=' }).toString();
  expect(maskSecrets(said, secrets)).toBe(`v=${MASK}`);
  expect(maskSecrets("v=plain+words+only", toMaskable(["plain words only"]))).toBe(`v=${MASK}`);
});
