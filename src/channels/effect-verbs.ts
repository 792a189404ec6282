// What a plan does to a target, in a word. What changes something is told loudly, alike in the terminal, on the page and by mail.
import type { EffectClass } from "../kernel/domain/effect.ts";

export const EFFECT_VERBS: Readonly<Record<"en" | "ru", Readonly<Record<EffectClass, string>>>> = {
  en: { read: "reads", write: "CHANGES", delete: "DELETES" },
  ru: { read: "читает", write: "ИЗМЕНЯЕТ", delete: "УДАЛЯЕТ" },
};
