// Which addresses a request may go to. Names are judged by their parsed form, so `0x7f.1` and `[::ffff:7f00:1]` are what
// they mean; names that resolve to private addresses are stopped by the runtime's own network rule.
import type { RefusalOf } from "../domain/refusal.ts";

/** Special-purpose registries of IANA: never a public service. [first address, prefix length] */
const BLOCKED_V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Names that mean this machine or its network wherever they are resolved. */
const BLOCKED_NAME = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|localdomain)$/;

/** Null when the door may go there. `privateHosts` are `host:port` exceptions of the local environment. */
export function findAddressRefusal(url: URL, privateHosts: readonly string[]): RefusalOf<"address_forbidden"> | null {
  const refusal = { reason: "address_forbidden", host: url.hostname } as const;
  if (url.protocol !== "http:" && url.protocol !== "https:") return refusal;
  if (url.username !== "" || url.password !== "") return refusal;
  if (isPrivateException(url, privateHosts)) return null;
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  if (host === "" || BLOCKED_NAME.test(host) || !host.includes(".") && !host.startsWith("[")) return refusal;
  if (host.startsWith("[")) return isBlockedV6(host.slice(1, -1)) ? refusal : null;
  const v4 = parseV4(host);
  return v4 !== null && isBlockedV4(v4) ? refusal : null;
}

export function isPrivateException(url: URL, privateHosts: readonly string[]): boolean {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return privateHosts.includes(`${url.hostname}:${port}`);
}

function parseV4(host: string): number | null {
  const parts = host.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part))) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function isBlockedV4(address: number): boolean {
  return BLOCKED_V4.some(([first, prefix]) => {
    const size = 2 ** (32 - prefix);
    const start = parseV4(first) ?? 0;
    return address >= start && address < start + size;
  });
}

/** Eight groups of a compressed IPv6 address; null for what is not one. */
function parseV6(text: string): number[] | null {
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array.from({ length: Math.max(0, gap) }, () => "0"), ...right].map((group) =>
    Number.parseInt(group, 16),
  );
  return groups.length === 8 && groups.every((group) => group >= 0 && group <= 0xffff) ? groups : null;
}

function isBlockedV6(text: string): boolean {
  const groups = parseV6(text);
  if (groups === null) return true;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups;
  const low = g * 65_536 + h;
  // Mapped (::ffff:0:0/96), compatible (::/96) and translated (64:ff9b::/96) addresses carry an IPv4 address.
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && (f === 0xffff || f === 0)) return f === 0 || isBlockedV4(low);
  if (a === 0x64 && b === 0xff9b) return c !== 0 || d !== 0 || isBlockedV4(low);
  if (a === 0x2002) return isBlockedV4(b * 65_536 + c);
  // Only global unicast is public; Teredo, documentation and benchmarking ranges inside it are not.
  if (a < 0x2000 || a > 0x3fff) return true;
  return a === 0x2001 && (b === 0 || b === 0xdb8 || b === 2);
}
