// Answers from a fixture instead of a service: practice data, test mocks and recordings are all of this shape.
import type { Exchange } from "../domain/connector.ts";
import type { Incoming } from "../ports/outbound.ts";

/** The first exchange whose method, path and named query values fit; `*` is any path. */
export function findExchange(exchanges: readonly Exchange[], method: string, url: URL): Exchange | null {
  return exchanges.find((exchange) => isFitting(exchange.request, method, url)) ?? null;
}

/** An answer for any address is for practice alone: it would put words into the mouth of a page that did not answer. */
export function withoutWildcards(exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.filter((exchange) => exchange.request.path !== "*");
}

function isFitting(wanted: Exchange["request"], method: string, url: URL): boolean {
  if (wanted.method.toUpperCase() !== method.toUpperCase()) return false;
  if (wanted.path !== "*" && wanted.path !== url.pathname) return false;
  return Object.entries(wanted.query ?? {}).every(([key, value]) => url.searchParams.get(key) === value);
}

export function toIncoming(exchange: Exchange): Incoming {
  const { status, headers, body, charset } = exchange.response;
  const bytes =
    charset === "windows-1251" ? toWindows1251(body) : new Uint8Array(new TextEncoder().encode(body));
  return { status, headers: new Headers(headers), bytes };
}

/** WebCrypto and TextEncoder know only UTF-8; the upper half of windows-1251 is what its decoder says it is. */
function toWindows1251(text: string): Uint8Array<ArrayBuffer> {
  const upper = new TextDecoder("windows-1251").decode(
    Uint8Array.from({ length: 128 }, (_, index) => index + 128),
  );
  const codes = new Map([...upper].map((character, index) => [character, index + 128]));
  return Uint8Array.from([...text], (character) => {
    const code = character.codePointAt(0) ?? 63;
    return code < 128 ? code : (codes.get(character) ?? 63);
  });
}
