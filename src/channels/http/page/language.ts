// The page's own language: asked for by the link, remembered by the cookie, or what the browser prefers.
import type { Locale } from "../../../kernel/domain/text.ts";

export const LANGUAGE_COOKIE = "skillos_lang";

export function decideLanguage(asked: {
  readonly parameter: string | null;
  readonly cookie: string | null;
  readonly accept: string | null;
}): Locale {
  return toKnown(asked.parameter) ?? toKnown(findCookie(asked.cookie)) ?? toPreferred(asked.accept ?? "");
}

export function toKnown(text: string | null): Locale | null {
  return text === "ru" || text === "en" ? text : null;
}

function findCookie(header: string | null): string | null {
  for (const pair of (header ?? "").split(";")) {
    const [name, value] = pair.trim().split("=");
    if (name === LANGUAGE_COOKIE) return value ?? null;
  }
  return null;
}

/** RFC 9110, 12.5.4: the known language with the greatest weight; the first of equals; English without any. */
function toPreferred(header: string): Locale {
  let best: { locale: Locale; weight: number } = { locale: "en", weight: 0 };
  for (const entry of header.split(",")) {
    const [range = "", ...parameters] = entry.trim().toLowerCase().split(";");
    const locale = toKnown(range.split("-")[0] ?? "");
    const given = parameters
      .map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1])
      .find((one) => one !== undefined);
    const weight = given === undefined ? 1 : Number(given);
    if (locale !== null && weight > best.weight) best = { locale, weight };
  }
  return best.locale;
}

export function toLanguageCookie(locale: Locale): string {
  return `${LANGUAGE_COOKIE}=${locale}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

type Read = (name: string) => string | undefined;

/** Of a request: the parameter, the cookie, what the browser says. */
export function toLanguage(query: Read, header: Read): Locale {
  return decideLanguage({
    parameter: query("lang") ?? null,
    cookie: header("cookie") ?? null,
    accept: header("accept-language") ?? null,
  });
}
