// Views for tests: no colours, Moscow, any width.
import type { Locale } from "../../../kernel/domain/text.ts";
import { plain } from "../paint.ts";
import { WORDS } from "../words/words.ts";
import type { View } from "./view.ts";

export function aView(locale: Locale, more: Partial<View> = {}): View {
  return {
    locale,
    words: WORDS[locale],
    names: {},
    paint: plain,
    zone: "Europe/Moscow",
    width: null,
    ...more,
  };
}
