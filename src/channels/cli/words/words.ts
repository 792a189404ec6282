// Which language the command line speaks: that of the request, else that of the system.
import type { Locale } from "../../../kernel/domain/text.ts";
import { en, type Words } from "./en.ts";
import { ru } from "./ru.ts";
import { type UsageWords, usageEn } from "./usage-en.ts";
import { usageRu } from "./usage-ru.ts";

/** Of mistakes in the command itself. */
export const USAGE: Readonly<Record<Locale, UsageWords>> = { en: usageEn, ru: usageRu };

export const WORDS: Readonly<Record<Locale, Words>> = { en, ru };

export function toSystemLocale(environment: NodeJS.ProcessEnv): Locale {
  const named = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return named.toLowerCase().startsWith("ru") ? "ru" : "en";
}
