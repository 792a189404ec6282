// Tokens that must not be believed, each by its name: forged keys, confused algorithms, wrong claims, loose text.
import type { Chance } from "../lib/chance.ts";
import type { Algorithm, Asymmetric, Pairs } from "./jwt-signer.ts";
import { encode, headerOf, keyOf, SECRET, signText, toToken } from "./jwt-signer.ts";

export interface Scene {
  readonly chance: Chance;
  readonly now: number;
  readonly pairs: Pairs;
  /** Keys of the attacker's own. */
  readonly theirs: Pairs;
  readonly claims: Readonly<Record<string, unknown>>;
}

export type Named = readonly [name: string, token: string];

export function makeAttacks(scene: Scene, alg: Algorithm): readonly Named[] {
  return [
    ...toAlgorithms(scene, alg),
    ...toHeaders(scene, alg),
    ...toClaims(scene, alg),
    ...toTexts(scene, alg),
    ...toSignatures(scene, alg),
    ...(alg === "HS256" ? [] : toConfusions(scene, alg)),
  ];
}

function toAlgorithms({ pairs, claims }: Scene, alg: Algorithm): readonly Named[] {
  const good = toToken(headerOf(pairs, alg), claims, keyOf(pairs, alg));
  const [, body = "", signature = ""] = good.split(".");
  const others = [
    "none",
    "None",
    "NONE",
    "nOnE",
    "",
    "HS384",
    "RS512",
    "PS256",
    "ES384",
    "EdDSA ",
    alg.toLowerCase(),
  ];
  return [
    ...others.map(
      (name): Named => [
        `alg ${name}`,
        toToken({ ...headerOf(pairs, alg), alg: name }, claims, keyOf(pairs, alg)),
      ],
    ),
    ...["none", "None"].map((name): Named => [`alg ${name} unsigned`, `${encode({ alg: name })}.${body}.`]),
    ["alg none with the signature", `${encode({ alg: "none" })}.${body}.${signature}`],
    ["no alg", toToken({ typ: "JWT" }, claims, keyOf(pairs, alg))],
    ["alg list", toToken({ ...headerOf(pairs, alg), alg: [alg] }, claims, keyOf(pairs, alg))],
    ["alg number", toToken({ ...headerOf(pairs, alg), alg: 256 }, claims, keyOf(pairs, alg))],
    ["HS512 with the secret", toToken({ alg: "HS512" }, claims, SECRET, "sha512")],
    [
      "RS512 with the key",
      toToken({ alg: "RS512", kid: pairs.RS256.kid }, claims, pairs.RS256.privateKey, "sha512"),
    ],
  ];
}

/** The published key, in every form that a careless server might take for a secret. */
function toConfusions({ pairs, claims }: Scene, alg: Asymmetric): readonly Named[] {
  const { publicKey, kid } = pairs[alg];
  const jwk = publicKey.export({ format: "jwk" });
  const secrets = [
    String(publicKey.export({ format: "pem", type: "spki" })),
    String(publicKey.export({ format: "pem", type: "spki" })).trim(),
    publicKey.export({ format: "der", type: "spki" }).toString("latin1"),
    JSON.stringify(jwk),
    String(jwk.n ?? jwk.x),
    "",
    kid,
  ];
  return secrets.flatMap((secret, n): Named[] => [
    [`${alg} to HS256, key as secret ${n}`, toToken({ alg: "HS256", kid }, claims, secret)],
    [`${alg} to HS256 without kid ${n}`, toToken({ alg: "HS256" }, claims, secret)],
    [`${alg} said, HMAC ${n}`, toToken({ alg, kid }, claims, secret)],
  ]);
}

/** Members of a header that ask for more than a check. */
function toExtras(theirs: Pairs): readonly Readonly<Record<string, unknown>>[] {
  const jwk = theirs.RS256.publicKey.export({ format: "jwk" });
  return [
    { crit: [] },
    { crit: ["exp"], exp: 1 },
    { crit: ["b64"], b64: false },
    { b64: false },
    { jwk },
    { jku: "https://attacker.example/keys" },
    { x5u: "https://attacker.example/cert" },
    { x5c: ["MIIB"] },
    { zip: "DEF" },
    { cty: "JWT" },
    { enc: "A256GCM" },
    { typ: "JWE" },
    { typ: 1 },
    { kid: "" },
    { kid: ["a"] },
    { kid: 0 },
    { kid: "k".repeat(300) },
  ];
}

function toHeaders({ chance, pairs, theirs, claims }: Scene, alg: Algorithm): readonly Named[] {
  const header = headerOf(pairs, alg);
  const mine = keyOf(pairs, alg);
  const forged = alg === "HS256" ? `${SECRET}!` : theirs[alg].privateKey;
  const more = toExtras(theirs);
  const kids = [
    "../../dev/null",
    "' or 1=1 --",
    "unknown",
    `unknown-${chance.between(0, 999_999)}`,
    "__proto__",
    "*",
  ];
  const double = JSON.stringify(header).replace("{", `{"alg":"none",`);
  return [
    ...more.map(
      (extra): Named => [
        `header ${JSON.stringify(extra).slice(0, 40)}`,
        toToken({ ...header, ...extra }, claims, mine),
      ],
    ),
    ...more.map(
      (extra): Named => [
        `forged, header ${JSON.stringify(extra).slice(0, 40)}`,
        toToken({ ...header, ...extra }, claims, forged),
      ],
    ),
    ["a stranger's key", toToken(header, claims, forged)],
    ["a stranger's key without kid", toToken({ alg }, claims, forged)],
    ...kids.map((kid): Named => [`forged, kid ${kid}`, toToken({ ...header, kid }, claims, forged)]),
    ...(alg === "HS256"
      ? []
      : kids.map((kid): Named => [`kid ${kid}`, toToken({ ...header, kid }, claims, mine)])),
    ["alg twice", toToken(double, claims, mine)],
    ["alg twice, one escaped", toToken(double.replace('"alg"', String.raw`"\u0061lg"`), claims, mine)],
    ...["[]", "null", '"x"', "1", "{", "", "\uFEFF{}"].map(
      (text): Named => [`header ${text}`, toToken(text, claims, mine)],
    ),
    [
      "another key's kid",
      toToken({ ...header, kid: alg === "RS256" ? pairs.ES256.kid : pairs.RS256.kid }, claims, forged),
    ],
  ];
}

function toClaims({ chance, now, pairs, claims }: Scene, alg: Algorithm): readonly Named[] {
  const [header, key] = [headerOf(pairs, alg), keyOf(pairs, alg)];
  const late = 60 + chance.between(0, 10 ** chance.between(1, 8));
  const wrong: readonly Readonly<Record<string, unknown>>[] = [
    { exp: now - late },
    { exp: 0 },
    { exp: -1 },
    { exp: undefined },
    { exp: null },
    { exp: String(now + 600) },
    { nbf: now + late },
    { nbf: "soon" },
    { iss: undefined },
    { iss: "https://issuer.example/" },
    { iss: "https://ISSUER.example" },
    { iss: ["https://issuer.example"] },
    { aud: undefined },
    { aud: "" },
    { aud: "SkillOS" },
    { aud: "skillos " },
    { aud: ["other"] },
    { aud: [] },
    { aud: { skillos: true } },
    { sub: undefined },
    { sub: "" },
    { sub: 1 },
    { tenant: undefined },
    { tenant: "ten_" },
    { tenant: "ten_nobody" },
    { tenant: "ten_local/0" },
    { tenant: ["ten_local"] },
    { role: "root" },
    { role: ["owner"] },
    { scope: ["read"] },
  ];
  const double = JSON.stringify(claims).replace("{", '{"exp":1,');
  return [
    ...wrong.map(
      (change): Named => [`claims ${JSON.stringify(change)}`, toToken(header, { ...claims, ...change }, key)],
    ),
    ["exp twice", toToken(header, double, key)],
    ...["[]", "null", '"x"', "{", "not json", `${JSON.stringify(claims)} x`].map(
      (text): Named => [`claims ${text.slice(0, 20)}`, toToken(header, text, key)],
    ),
    ["huge claims", toToken(header, { ...claims, more: "x".repeat(9_000) }, key)],
  ];
}

/** Other texts of a token that is good: each token has one. */
function toTexts({ chance, pairs, claims }: Scene, alg: Algorithm): readonly Named[] {
  const good = toToken(headerOf(pairs, alg), claims, keyOf(pairs, alg));
  const parts = good.split(".");
  const [header = "", body = "", signature = ""] = parts;
  const at = chance.between(1, good.length - 1);
  const loosened = parts.flatMap((part, n): Named[] => {
    const last = part.at(-1) ?? "";
    const other = SIGNS[SIGNS.indexOf(last) ^ 1] ?? last;
    return part.length % 4 === 0
      ? []
      : [[`spare bits of part ${n}`, parts.with(n, part.slice(0, -1) + other).join(".")]];
  });
  return [
    ...loosened,
    ["a fourth part", `${good}.x`],
    ["a fifth part", `${good}.x.y`],
    ["an empty fourth part", `${good}.`],
    ["a leading dot", `.${good}`],
    ["no signature", `${header}.${body}`],
    ["an empty signature", `${header}.${body}.`],
    ["no claims", `${header}..${signature}`],
    ["no header", `.${body}.${signature}`],
    ...["=", "==", "%3D", "!", "~", ";x", ",x", "\tx"].map((tail): Named => [`tail ${tail}`, good + tail]),
    ["padding of the header", `${header}=.${body}.${signature}`],
    ["a sign inside", `${good.slice(0, at)}*${good.slice(at)}`],
    ["a space inside", `${good.slice(0, at)} ${good.slice(at)}`],
    ["a part as JSON", `{"protected":"${header}","payload":"${body}","signature":"${signature}"}`],
    ["twice", `${good},${good}`],
  ];
}

const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function toSignatures({ chance, pairs, claims }: Scene, alg: Algorithm): readonly Named[] {
  const text = `${encode(headerOf(pairs, alg))}.${encode(claims)}`;
  const good = signText(text, keyOf(pairs, alg));
  const flipped = Buffer.from(good);
  const at = chance.between(0, good.length - 1);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.between(0, 7));
  const half = good.length / 2;
  const zeros = Buffer.alloc(half);
  const order = Buffer.from("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", "hex");
  const forms: readonly (readonly [string, Buffer])[] = [
    ["one bit", flipped],
    ["cut", good.subarray(0, chance.between(1, good.length - 1))],
    ["longer", Buffer.concat([good, Buffer.from([0])])],
    ["a zero before", Buffer.concat([Buffer.from([0]), good])],
    ["twice", Buffer.concat([good, good])],
    ["zeros", Buffer.alloc(good.length)],
    ["ones", Buffer.alloc(good.length, 0xff)],
    ["chance", Buffer.from(good.map(() => chance.between(0, 255)))],
    ["zero r", Buffer.concat([zeros, good.subarray(half)])],
    ["zero s", Buffer.concat([good.subarray(0, half), zeros])],
    ["r and s as the order", Buffer.concat([order, order])],
    ["halves swapped", Buffer.concat([good.subarray(half), good.subarray(0, half)])],
    ["reversed", Buffer.from(good).reverse()],
  ];
  const body = encode({ ...claims, sub: `mallory-${chance.between(0, 999_999)}` });
  return [
    ...forms.map(([name, bytes]): Named => [`signature: ${name}`, `${text}.${bytes.toString("base64url")}`]),
    ["other claims", `${text.split(".")[0]}.${body}.${good.toString("base64url")}`],
  ];
}
