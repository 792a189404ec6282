// Whether a request to the page comes from the page itself. Pure: headers in, yes or no out.

const LOCAL_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The local server acts for the owner of the machine, so a foreign name that resolves to 127.0.0.1 (DNS rebinding) must not
 * reach it. The port may be any: it is not what the browser's origin of an attacker could fake.
 */
export function isLocalHost(host: string | null): boolean {
  const name = /^(\[[0-9a-f:]+\]|[^:]*)(?::\d{1,5})?$/i.exec(host ?? "")?.[1];
  return name !== undefined && LOCAL_HOSTS.has(name.toLowerCase());
}

/**
 * A form post must come from a page of the same origin. Browsers send `Sec-Fetch-Site` or at least `Origin` with every post
 * (https://www.w3.org/TR/fetch-metadata/); a post with neither is from no browser that shows our form.
 */
export function isOwnPost(headers: {
  readonly site: string | null;
  readonly origin: string | null;
  readonly host: string | null;
}): boolean {
  const { site, origin, host } = headers;
  if (site !== null && site !== "same-origin") return false;
  if (origin !== null) return isOriginOf(origin, host);
  return site === "same-origin";
}

function isOriginOf(origin: string, host: string | null): boolean {
  if (host === null || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return (url.protocol === "http:" || url.protocol === "https:") && url.host === host.toLowerCase();
}
