// Text for people: written once or in two languages, read in the language of the request.

export type Locale = "ru" | "en";
/** What this program says itself: the compiler asks for the missing language. */
export type BothLanguages = Readonly<Record<Locale, string>>;
export type Text = string | { readonly ru?: string | undefined; readonly en?: string | undefined };

/** The text in the reader's language, or in the other one where only that was written. */
export function toPlain(text: Text, locale: Locale): string {
  if (typeof text === "string") return text;
  const other = locale === "ru" ? "en" : "ru";
  return text[locale] ?? text[other] ?? "";
}

/** What has no language, or came from outside in one: names, commands, the words of a library. */
export function same(text: string): BothLanguages {
  return { en: text, ru: text };
}

/** A request with any Cyrillic letter is Russian: Latin product names are common in Russian requests, not the reverse. */
export function detectLocale(text: string): Locale {
  return /\p{Script=Cyrillic}/u.test(text) ? "ru" : "en";
}

/** Stands in no sentence. */
const BETWEEN = "\u001f";

/** A text in both languages where only a string can be carried: the messages of schemas. */
export function joinLanguages({ en, ru }: BothLanguages): string {
  return `${en}${BETWEEN}${ru}`;
}

/** What was joined; any other text says the same in both. */
export function splitLanguages(text: string): BothLanguages {
  const [en = text, ru = en] = text.split(BETWEEN);
  return { en, ru };
}
