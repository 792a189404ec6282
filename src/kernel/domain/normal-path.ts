// One writing of an address for policies, rules of connectors and the service: `%70ay` is `pay` (RFC 3986, section 6.2.2.2), and what
// has to stay encoded is written `%2F`. The parser has resolved dot segments, written as `%2e` too; a slash stays hidden.

export function toNormalUrl(url: URL): URL {
  const path = toNormalPath(url.pathname);
  if (path !== url.pathname) url.pathname = path;
  return url;
}

const UNRESERVED = /^[\w.~-]$/;

export function toNormalPath(text: string): string {
  // A sign by itself is what it is: `%7%30` must not become the escape `%70`.
  const whole = text.replaceAll(/%(?![0-9a-f]{2})/gi, "%25");
  return whole.replaceAll(/%[0-9a-f]{2}/gi, (code) => {
    const sign = String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return UNRESERVED.test(sign) ? sign : code.toUpperCase();
  });
}
