// What is said of a webhook's secret: who still knows it, that it is another one.
import type { Locale } from "../../../kernel/domain/text.ts";

interface WebhookWords {
  readonly secretOf: (user: string, webhook: string) => string;
  readonly secretSet: (webhook: string) => string;
}

const ru: WebhookWords = {
  secretOf: (user, webhook) =>
    `Секрет вебхука по-прежнему знает ${user} и считается одним из тех, кто просит. Новый: npx skillos webhook set-secret ${webhook} --secret "$(openssl rand -hex 16)"`,
  secretSet: (webhook) => `✓ ${webhook}: секрет новый, прежний больше не действует`,
};

const en: WebhookWords = {
  secretOf: (user, webhook) =>
    `${user} still knows the webhook's secret, and counts as one of those who ask. Another: npx skillos webhook set-secret ${webhook} --secret "$(openssl rand -hex 16)"`,
  secretSet: (webhook) => `✓ ${webhook} has a new secret; the old one is no longer good`,
};

export const WEBHOOK_WORDS: Readonly<Record<Locale, WebhookWords>> = { en, ru };
