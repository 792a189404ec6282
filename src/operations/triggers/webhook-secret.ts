// What deliveries are signed with: whether a webhook can have this secret, or none of its own.
import type { Refusal } from "../../kernel/domain/refusal.ts";
import type { BothLanguages } from "../../kernel/domain/text.ts";
import type { Platform } from "../../kernel/ports/platform.ts";

const LEAST_SECRET_CHARACTERS = 16;

/** It would be made, and then refuse every delivery. */
const NO_SECRET: Refusal = {
  reason: "bad_request",
  message: {
    en: "No delivery could be believed: the webhook has no secret, and SKILLOS_WEBHOOK_SECRET is not set. Nothing was made.",
    ru: "Ни одной доставке нельзя было бы верить: у вебхука нет секрета, а SKILLOS_WEBHOOK_SECRET не задан. Ничего не создано.",
  },
  mend: {
    en: 'Give it its own: `--secret "$(openssl rand -hex 16)"`, or put SKILLOS_WEBHOOK_SECRET=… into .env and start again.',
    ru: 'Дайте свой: `--secret "$(openssl rand -hex 16)"`, или впишите SKILLOS_WEBHOOK_SECRET=… в .env и запустите заново.',
  },
  field: "secret",
};

export function findNoSecret({ allowsUnsigned, secret }: Platform["webhooks"]): Refusal | null {
  return secret === null && !allowsUnsigned ? NO_SECRET : null;
}

export const NOTHING_MADE: BothLanguages = { en: "Nothing was made.", ru: "Ничего не создано." };
export const NOTHING_CHANGED: BothLanguages = { en: "Nothing was changed.", ru: "Ничего не изменено." };

/** `nothing`: what whoever is refused is told of what he wanted. */
export function findShortSecret({ length }: string, nothing: BothLanguages): Refusal | null {
  if (length >= LEAST_SECRET_CHARACTERS) return null;
  return {
    reason: "bad_request",
    message: {
      en: `A webhook's secret has at least ${LEAST_SECRET_CHARACTERS} characters, and this one has ${length}. ${nothing.en}`,
      ru: `В секрете вебхука не меньше ${LEAST_SECRET_CHARACTERS} знаков, а в этом ${length}. ${nothing.ru}`,
    },
    mend: {
      en: 'Make one that nobody guesses: `--secret "$(openssl rand -hex 16)"`.',
      ru: 'Создайте такой, какого не угадать: `--secret "$(openssl rand -hex 16)"`.',
    },
    field: "secret",
  };
}
