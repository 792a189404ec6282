// What is said of a yes that is wanted: whose it is, how he gives it, why no link goes to him, that a no was taken; and whose secret a
// webhook still has.
import type { Locale } from "../../../kernel/domain/text.ts";

export interface AskingWords {
  readonly othersDecide: (who: string, run: string) => string;
  readonly noLink: (user: string) => string;
  readonly leftOut: (rows: string) => string;
  readonly denied: (run: string) => string;
  readonly secretOf: (user: string, webhook: string) => string;
  readonly secretSet: (webhook: string) => string;
}

const ru: AskingWords = {
  othersDecide: (who, run) =>
    `Согласиться могут: ${who}. Команда для них: npx skillos approvals approve ${run}. Отменить просьбу: npx skillos approvals deny ${run}`,
  noLink: (user) =>
    `Письма со ссылкой не будет: ${user}. Этот адрес указал тот, кто просит; пусть его укажет другой владелец: npx skillos users set-email ${user} АДРЕС`,
  leftOut: (rows) => `Не тронуто: ${rows}`,
  denied: (run) => `Отказ принят: запуск ${run} ничего не сделает.`,
  secretOf: (user, webhook) =>
    `Секрет вебхука по-прежнему знает ${user} и считается одним из тех, кто просит. Новый: npx skillos webhook set-secret ${webhook} --secret "$(openssl rand -hex 16)"`,
  secretSet: (webhook) => `✓ ${webhook}: секрет новый, прежний больше не действует`,
};

const en: AskingWords = {
  othersDecide: (who, run) =>
    `May say yes: ${who}. They run: npx skillos approvals approve ${run}. To take it back: npx skillos approvals deny ${run}`,
  noLink: (user) =>
    `No link is mailed to ${user}: whoever asked has set this address. Let another owner set it: npx skillos users set-email ${user} ADDRESS`,
  leftOut: (rows) => `Left out: ${rows}`,
  denied: (run) => `Your no was taken: run ${run} will do nothing.`,
  secretOf: (user, webhook) =>
    `${user} still knows the webhook's secret, and counts as one of those who ask. Another: npx skillos webhook set-secret ${webhook} --secret "$(openssl rand -hex 16)"`,
  secretSet: (webhook) => `✓ ${webhook} has a new secret; the old one is no longer good`,
};

export const ASKING_WORDS: Readonly<Record<Locale, AskingWords>> = { en, ru };
