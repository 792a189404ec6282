// Values that people, programs and enemies send where another was meant.
import type { Chance } from "../lib/chance.ts";
import type { Body } from "../lib/server-process.ts";

const MILLION = 1_000_000;

export const ODD_TEXTS: readonly [string, ...string[]] = [
  "",
  " ",
  "\t\n\r",
  "\u0000",
  "null",
  "undefined",
  "NaN",
  "-1",
  "0",
  "1e309",
  "9007199254740993",
  "-0.0000001",
  "2026-02-30",
  "0000-00-00T99:99:99Z",
  "+275760-09-13T00:00:00.001Z",
  "../../etc/passwd",
  "..",
  "%00",
  "%2e%2e%2f",
  "a/b",
  "run_0_zzzzzzzzzzzzzzzzzzzzzzzzzz",
  "run_99999999999999999999_00000000000000000000000000",
  "run_-1_00000000000000000000000000",
  "ten_",
  "' or 1=1 --",
  '"; drop table runs; --',
  "<script>alert(1)</script>",
  "${{ input.x }}",
  "${{ 1/0 }}",
  "{{constructor}}",
  "__proto__",
  "constructor",
  "toString",
  "🧿👨‍👩‍👧‍👦",
  "‮abc‭",
  "مرحبا بالعالم",
  "שלום",
  "﷽",
  "Z̸̢̛a̶l̷g̸o̴",
  "\ud800",
  "İı",
  "найди тендеры на мебель",
  "secret:OPENAI_API_KEY",
  "file:///etc/passwd",
  "http://127.0.0.1:1/",
  "http://[::1]/",
  "javascript:alert(1)",
  "* * * * *",
  "@yearly",
  "a".repeat(300),
  "я".repeat(3_000),
  "9".repeat(400),
];

const NESTED = 5_000;

const bytes = (text: string) => (): Uint8Array => new TextEncoder().encode(text);

export const ODD_BODIES: readonly [() => Uint8Array, ...(() => Uint8Array)[]] = [
  bytes(""),
  bytes("   "),
  bytes("{"),
  bytes("}"),
  bytes('{"query":'),
  bytes('{"query":"x",}'),
  bytes("{'query':'x'}"),
  bytes("null"),
  bytes("[]"),
  bytes('"text"'),
  bytes("12"),
  bytes("true"),
  bytes("NaN"),
  bytes('{"a":1,"a":2}'),
  bytes('{"__proto__":{"isAdmin":true}}'),
  bytes('{"query":"\u0000"}'),
  bytes('{"query":"\\ud800"}'),
  bytes('{"query":1e400}'),
  bytes(`${"[".repeat(NESTED)}${"]".repeat(NESTED)}`),
  bytes(`${'{"a":'.repeat(NESTED)}1${"}".repeat(NESTED)}`),
  bytes(`{"query":"${"x".repeat(MILLION)}"}`),
  bytes(`{"query":"${"я".repeat(MILLION)}"}`),
  bytes("\ufeff{}"),
  bytes("a: &a [*a]"),
  bytes("a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]"),
  bytes("steps:\n  - id: x\n    http: { get: ${{ , connector: }"),
  bytes("description: x\nsteps: []\n"),
  bytes('description: x\nsteps:\n  - id: a\n    set: { b: "${{ [1].map(x, x.y.z) }}" }\n'),
  bytes("type: http\nbase_url: javascript:alert(1)\n"),
  bytes('a;b\n1;2;3\n"unclosed'),
  bytes("PK\u0003\u0004 no archive"),
  () => Uint8Array.from([0xff, 0xfe, 0x00, 0x80, 0xc0, 0xaf]),
  () => Uint8Array.from({ length: 4_096 }, (_, n) => (n * 131) % 256),
];

export const ODD_HEADERS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ["content-type", "text/plain"],
  ["content-type", "application/json; charset=utf-16"],
  ["content-type", "multipart/form-data; boundary="],
  ["content-type", ""],
  ["authorization", ""],
  ["authorization", "Bearer"],
  ["authorization", "Bearer sk_local_wrong"],
  ["authorization", "Bearer a.b.c"],
  ["authorization", "Bearer eyJhbGciOiJub25lIn0.e30."],
  ["authorization", "Basic eDp5"],
  ["authorization", `Bearer ${"a".repeat(4_000)}`],
  ["idempotency-key", ""],
  ["idempotency-key", "k".repeat(4_000)],
  ["idempotency-key", "the same"],
  ["prefer", "wait=-1"],
  ["prefer", "wait=99999999999999999999"],
  ["prefer", "wait=x, respond-async"],
  ["last-event-id", "no cursor"],
  ["last-event-id", "-1"],
  ["accept-language", "ru"],
  ["accept-language", "x".repeat(500)],
  ["x-skillos-signature", "t=1,v1=00"],
  ["x-skillos-signature", "t=99999999999,v1=zz,v1="],
  ["x-skillos-event-id", "e".repeat(2_000)],
  ["x-skillos-channel", "cli"],
  ["traceparent", "00-zz"],
  ["origin", "https://example.com"],
  ["accept", "text/html"],
  ["range", "bytes=5-1"],
  ["if-none-match", "*"],
  ["expect", "nothing"],
];

export function oddValue(chance: Chance): unknown {
  const text = chance.pick(ODD_TEXTS);
  return chance.pick<() => unknown>([
    () => null,
    () => true,
    () => chance.pick([0, -1, 1.5, 1e21, -1e-9, 2 ** 53, 1e308]),
    () => text,
    () => text,
    () => [],
    () => [text, null, {}],
    () => ({}),
    () => ({ [text]: text, length: -1 }),
    () => Array.from({ length: 1_000 }, (_, n) => n),
    () => ({ from: text, to: text, value: null }),
  ])();
}

/** Something that the schema of the field takes, or nearly. */
export function rightValue(name: string, schema: Body): unknown {
  const options = schema["enum"];
  if (Array.isArray(options)) return options[0];
  if (name === "skill" || name === "expected_skill_id") return "oysters/calculate_margin";
  if (name === "query") return "сколько прибыли с 300 кг по 900 рублей";
  if (name === "expression") return "1 + 1";
  if (schema["type"] === "string") return schema["format"] === "date-time" ? "2026-11-21T09:00:00Z" : "x";
  if (schema["type"] === "number" || schema["type"] === "integer") return 1;
  if (schema["type"] === "boolean") return false;
  if (schema["type"] === "array") return [];
  return {};
}
