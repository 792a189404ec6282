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
export function findAddressRefusal(
  url: URL,
  privateHosts: readonly string[],
): RefusalOf<"address_forbidden"> | null {
  const refusal = { reason: "address_forbidden", host: url.hostname } as const;
  if (url.protocol !== "http:" && url.protocol !== "https:") return refusal;
  if (url.username !== "" || url.password !== "") return refusal;
  if (isPrivateException(url, privateHosts)) return null;
  return isBlockedHost(url.hostname.toLowerCase().replace(/\.$/, "")) ? refusal : null;
}

function isBlockedHost(host: string): boolean {
  if (host.startsWith("[")) return isBlockedV6(host.slice(1, -1));
  // A name without a dot is resolved by this network's own search list.
  if (!host.includes(".") || BLOCKED_NAME.test(host)) return true;
  const v4 = parseV4(host);
  return v4 !== null && isBlockedV4(v4);
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

/** Prefixes that carry an IPv4 address: mapped, compatible, NAT64 (RFC 6052), 6to4 (RFC 3056). [prefix, group where it starts] */
const CARRIERS: readonly (readonly [readonly number[], number])[] = [
  [[0, 0, 0, 0, 0, 0xffff], 6],
  [[0, 0, 0, 0, 0, 0], 6],
  [[0x64, 0xff9b, 0, 0, 0, 0], 6],
  [[0x2002], 1],
];
/** Inside global unicast (2000::/3) and yet not public: Teredo, benchmarking, documentation. */
const NOT_PUBLIC_V6: readonly (readonly number[])[] = [[0x2001, 0], [0x2001, 2], [0x2001, 0xdb8], [0x3fff]];

function isBlockedV6(text: string): boolean {
  const groups = parseV6(text);
  if (groups === null) return true;
  const carrier = CARRIERS.find(([prefix]) => hasPrefix(groups, prefix));
  if (carrier) {
    const [high = 0, low = 0] = groups.slice(carrier[1]);
    return isBlockedV4(high * 65_536 + low);
  }
  const [first = 0] = groups;
  return first < 0x2000 || first > 0x3fff || NOT_PUBLIC_V6.some((prefix) => hasPrefix(groups, prefix));
}

function hasPrefix(groups: readonly number[], prefix: readonly number[]): boolean {
  return prefix.every((group, index) => groups[index] === group);
}
