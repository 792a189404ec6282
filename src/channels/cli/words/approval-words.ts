// What is said of a yes that is wanted: whose it is, how he gives it, why no link goes to him, that a no was taken.
import type { Locale } from "../../../kernel/domain/text.ts";

export interface ApprovalWords {
  readonly othersDecide: (who: string, run: string) => string;
  readonly noLink: (user: string) => string;
  readonly leftOut: (rows: string) => string;
  readonly denied: (run: string) => string;
}

const ru: ApprovalWords = {
  othersDecide: (who, run) =>
    `Согласиться могут: ${who}. Команда для них: npx skillos approvals approve ${run}. Отменить просьбу: npx skillos approvals deny ${run}`,
  noLink: (user) =>
    `Письма со ссылкой не будет: ${user}. Этот адрес указал тот, кто просит; пусть его укажет другой владелец: npx skillos users set-email ${user} АДРЕС`,
  leftOut: (rows) => `Не тронуто: ${rows}`,
  denied: (run) => `Отказ принят: запуск ${run} ничего не сделает.`,
};

const en: ApprovalWords = {
  othersDecide: (who, run) =>
    `May say yes: ${who}. They run: npx skillos approvals approve ${run}. To take it back: npx skillos approvals deny ${run}`,
  noLink: (user) =>
    `No link is mailed to ${user}: whoever asked has set this address. Let another owner set it: npx skillos users set-email ${user} ADDRESS`,
  leftOut: (rows) => `Left out: ${rows}`,
  denied: (run) => `Your no was taken: run ${run} will do nothing.`,
};

export const APPROVAL_WORDS: Readonly<Record<Locale, ApprovalWords>> = { en, ru };
