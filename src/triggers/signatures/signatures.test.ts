// Every scheme against its sender's own recipe, and what a forger, a replayer or a broken sender would send.
import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { SignatureScheme } from "../../kernel/ports/signatures.ts";
import { github } from "./github.ts";
import { SIGNATURE_SCHEMES } from "./index.ts";
import { skillos } from "./skillos.ts";
import { slack } from "./slack.ts";
import { standard } from "./standard.ts";
import { stripe } from "./stripe.ts";

const NOW = Date.parse("2026-11-21T09:00:00Z");
const T = NOW / 1000;
const SECRET = "a secret of twenty-four b";
const BODY = '{"kg":40,"note":"устрицы"}';

type Headers = Readonly<Record<string, string>>;

const hex = (text: string, secret = SECRET): string =>
  createHmac("sha256", secret).update(text).digest("hex");
const verify = (
  scheme: SignatureScheme,
  headers: Headers,
  around: { body?: string; secret?: string; now?: number } = {},
) => {
  const known = new Headers(headers);
  const request = {
    header: (name: string) => known.get(name),
    body: new TextEncoder().encode(around.body ?? BODY),
  };
  const verdict = scheme.verify(request, around.secret ?? SECRET, around.now ?? NOW);
  return verdict.valid ? "valid" : verdict.fault;
};

const own = (value: string): Headers => ({ "x-skillos-signature": value });
const right = `v1=${hex(`${T}.${BODY}`)}`;
const signedAt = (at: number): string => `t=${at},v1=${hex(`${at}.${BODY}`)}`;

describe("skillos", () => {
  it.each<[string, string, string]>([
    ["as specified", `t=${T},${right}`, "valid"],
    ["in the other order", `${right},t=${T}`, "valid"],
    ["with spaces after commas", `t=${T}, ${right}`, "valid"],
    ["the second of two, while a secret changes", `t=${T},v1=${hex("x")},${right}`, "valid"],
    ["beside an unknown scheme", `t=${T},v0=abc,${right}`, "valid"],
    ["300 seconds old", signedAt(T - 300), "valid"],
    ["301 seconds old", signedAt(T - 301), "expired"],
    ["300 seconds ahead", signedAt(T + 300), "valid"],
    ["301 seconds ahead", signedAt(T + 301), "future"],
    ["an hour ahead, which Stripe's library takes", signedAt(T + 3600), "future"],
    ["old and wrong: it does not learn that it is old", `t=${T - 900},v1=${hex("x")}`, "wrong"],
    ["another time than was signed", `t=${T - 1},${right}`, "wrong"],
    ["two times", `t=${T},t=${T},${right}`, "malformed"],
    ["two times, the right one last", `t=${T - 900},t=${T},${right}`, "malformed"],
    ["only an unknown scheme", `t=${T},v0=${hex(`${T}.${BODY}`)}`, "malformed"],
    ["no time", right, "malformed"],
    ["no signature", `t=${T}`, "malformed"],
    ["an empty signature", `t=${T},v1=`, "wrong"],
    ["a cut signature", `t=${T},${right.slice(0, -1)}`, "wrong"],
    ["a longer signature", `t=${T},${right}00`, "wrong"],
    ["capital letters", `t=${T},v1=${hex(`${T}.${BODY}`).toUpperCase()}`, "wrong"],
    ["a time that is no number", `t=now,${right}`, "malformed"],
    ["a negative time", `t=-1,${right}`, "malformed"],
    ["a time in milliseconds", signedAt(NOW), "malformed"],
    ["a time with a plus", `t=+${T},${right}`, "malformed"],
    [
      "six signatures",
      `t=${T},${Array.from({ length: 5 }, () => `v1=${hex("x")}`).join(",")},${right}`,
      "malformed",
    ],
    ["nothing", "", "missing"],
    ["words", "hello", "malformed"],
  ])("%s", (_name, value, expected) => {
    expect(verify(skillos, own(value))).toBe(expected);
  });

  it("is missing without its header, and wrong for another body or secret", () => {
    expect(verify(skillos, {})).toBe("missing");
    expect(verify(skillos, own(`t=${T},${right}`), { body: `${BODY} ` })).toBe("wrong");
    expect(verify(skillos, own(`t=${T},${right}`), { secret: "another secret" })).toBe("wrong");
  });

  it("refuses a header that was sent twice", () => {
    const headers = new Headers(own(`t=${T},${right}`));
    headers.append("x-skillos-signature", `t=${T},${right}`);
    expect(verify(skillos, { "x-skillos-signature": headers.get("x-skillos-signature") ?? "" })).toBe(
      "malformed",
    );
  });

  it("signs bytes: what is not UTF-8 is signed as it is", () => {
    const body = new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]);
    const signature = createHmac("sha256", SECRET).update(`${T}.`).update(body).digest("hex");
    const request = { header: () => `t=${T},v1=${signature}`, body };
    expect(skillos.verify(request, SECRET, NOW)).toEqual({ valid: true, covers: `${T}` });
  });
});

describe("stripe", () => {
  it("is the same form under its own header, and names events in the payload", () => {
    expect(verify(stripe, { "stripe-signature": signedAt(T) })).toBe("valid");
    expect(verify(stripe, own(signedAt(T)))).toBe("missing");
    expect(verify(stripe, { "stripe-signature": signedAt(T - 301) })).toBe("expired");
    expect(stripe.findEventId({ header: () => null, body: new Uint8Array() }, { id: "evt_1" })).toBe("evt_1");
    expect(stripe.whenExpired).toBe("unauthenticated");
  });
});

describe("github", () => {
  const header = (value: string): Headers => ({ "x-hub-signature-256": value });
  it("takes the documented example", () => {
    const around = { secret: "It's a Secret to Everybody", body: "Hello, World!" };
    expect(
      verify(
        github,
        header("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"),
        around,
      ),
    ).toBe("valid");
  });
  it.each([
    ["wrong", `sha256=${hex("x")}`, "wrong"],
    ["SHA-1", `sha1=${hex(BODY).slice(0, 40)}`, "malformed"],
    ["bare", hex(BODY), "malformed"],
    ["empty", "", "missing"],
  ])("refuses %s", (_name, value, expected) => {
    expect(verify(github, header(value))).toBe(expected);
  });
});

describe("slack", () => {
  const headers = (at: number, signature: string): Headers => ({
    "x-slack-request-timestamp": `${at}`,
    "x-slack-signature": signature,
  });
  const sign = (at: number): Headers => headers(at, `v0=${hex(`v0:${at}:${BODY}`)}`);
  it("takes what is right and in time", () => {
    expect(verify(slack, sign(T))).toBe("valid");
    expect(verify(slack, sign(T - 301))).toBe("expired");
    expect(verify(slack, sign(T + 301))).toBe("future");
    expect(verify(slack, { ...sign(T), "x-slack-request-timestamp": `${T - 1}` })).toBe("wrong");
    expect(verify(slack, { "x-slack-signature": sign(T)["x-slack-signature"] ?? "" })).toBe("missing");
  });
  it("answers the question whether anybody is there", () => {
    expect(slack.answerHandshake?.({ type: "url_verification", challenge: "abc" })).toEqual({
      challenge: "abc",
    });
    expect(slack.answerHandshake?.({ type: "event_callback", challenge: "abc" })).toBeNull();
  });
});

describe("standard", () => {
  // The example of the specification's own libraries.
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const example: Headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const around = { secret, body: '{"test": 2432232314}', now: 1_614_265_330_000 };
  it("takes the documented example, also among others", () => {
    expect(verify(standard, example, around)).toBe("valid");
    expect(
      verify(
        standard,
        { ...example, "webhook-signature": `v1,AAAA v1a,BBBB ${example["webhook-signature"]}` },
        around,
      ),
    ).toBe("valid");
  });
  it.each<[string, Headers, string]>([
    ["another id", { ...example, "webhook-id": "msg_other" }, "wrong"],
    ["another time", { ...example, "webhook-timestamp": "1614265331" }, "wrong"],
    [
      "only an unknown scheme",
      { ...example, "webhook-signature": "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" },
      "malformed",
    ],
    ["no id", { ...example, "webhook-id": "" }, "missing"],
  ])("refuses %s", (_name, headers, expected) => {
    expect(verify(standard, headers, around)).toBe(expected);
  });
  it("refuses what is too old or too new", () => {
    expect(verify(standard, example, { ...around, now: around.now + 301_000 })).toBe("expired");
    expect(verify(standard, example, { ...around, now: around.now - 301_000 })).toBe("future");
  });
  it("refuses everything when its own secret is no base64", () => {
    expect(verify(standard, example, { ...around, secret: "whsec_???" })).toBe("malformed");
  });
});

it("lists every scheme once", () => {
  expect([...SIGNATURE_SCHEMES.keys()]).toEqual(["skillos", "stripe", "github", "slack", "standard"]);
});
