// Malformed requests, made by chance: right in all but one or two places, so that they get past the first check.
import type { Chance } from "../lib/chance.ts";
import type { FuzzRoute } from "./fuzz-routes.ts";
import { ODD_BODIES, ODD_HEADERS, ODD_TEXTS, oddValue, rightValue } from "./fuzz-values.ts";
import type { RawRequest } from "./raw-client.ts";

/** Of ten requests so many have their body, their path, their query, their headers spoilt. */
const OF_TEN = 10;

export function makeFuzzRequest(route: FuzzRoute, chance: Chance): RawRequest {
  const spoil = (times: number): boolean => chance.next() * OF_TEN < times;
  const method = spoil(1)
    ? chance.pick(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
    : route.method;
  const path = toPath(route, chance, spoil(5)) + toQuery(route, chance, spoil(4));
  const headers: Record<string, string> = { "content-type": "application/json" };
  if (spoil(2)) {
    const [name, value] = chance.pick(ODD_HEADERS);
    headers[name] = value;
  }
  const body = method === "GET" || method === "HEAD" ? null : toBody(route, chance, spoil(3));
  const shown = body === null ? "" : ` ${new TextDecoder().decode(body.subarray(0, 200))}`;
  return {
    method,
    path,
    headers,
    body,
    what: `${method} ${path.slice(0, 200)} ${JSON.stringify(headers)}${shown}`,
  };
}

function toPath({ path }: FuzzRoute, chance: Chance, isOdd: boolean): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    isOdd ? encodeOddly(chance.pick(ODD_TEXTS), chance) : (RIGHT_PARTS[name] ?? "x"),
  );
  return isOdd && chance.between(0, 9) === 0 ? `${filled}/..%2f${chance.between(0, 9)}` : filled;
}

const RIGHT_PARTS: Readonly<Record<string, string>> = {
  domain: "oysters",
  name: "calculate_margin",
  id: "run_0_00000000000000000000000000",
  table: "batches",
  tenant: "ten_local",
  sha256: "0".repeat(64),
};

/** A request line takes printable ASCII only; what is encoded wrongly is part of the trial. */
function encodeOddly(text: string, chance: Chance): string {
  const encoded = encodeURIComponent(text.slice(0, 2_000).toWellFormed());
  return chance.pick([encoded, encoded.replaceAll("%", "%25"), `${encoded}%`, `${encoded}%ff`, encoded]);
}

function toQuery({ query }: FuzzRoute, chance: Chance, isOdd: boolean): string {
  if (!isOdd) return "";
  const names = [...query, "limit", "__proto__", "unknown"];
  const parts = Array.from({ length: chance.between(1, 3) }, () => {
    const name = names[chance.between(0, names.length - 1)] ?? "limit";
    return `${name}=${encodeOddly(chance.pick(ODD_TEXTS), chance)}`;
  });
  return `?${parts.join("&")}`;
}

function toBody({ fields }: FuzzRoute, chance: Chance, isBroken: boolean): Uint8Array {
  if (isBroken || Object.keys(fields).length === 0) return chance.pick(ODD_BODIES)();
  const members = Object.entries(fields).flatMap(([name, schema]) => {
    const what = chance.between(0, 5);
    if (what === 0) return [];
    return [[name, what <= 2 ? oddValue(chance) : rightValue(name, schema)]];
  });
  if (chance.between(0, 4) === 0)
    members.push([chance.pick(["__proto__", "constructor", "unknown", ""]), oddValue(chance)]);
  return new TextEncoder().encode(JSON.stringify(Object.fromEntries(members)));
}
