// The mail by which somebody is asked for his yes: what would be done, how much of it, at what cost, where and until when. Pure.
import { EFFECT_VERBS } from "../effect-verbs.ts";
import type { Mail } from "../../kernel/domain/mail.ts";
import { toMessageId, toSubject } from "../../kernel/domain/mail.ts";
import type { Entity, PlannedWrite } from "../../kernel/domain/effect.ts";
import { toShortRunId } from "../../kernel/domain/id.ts";
import { microUsdToUsd } from "../../kernel/domain/money.ts";
import type { RunRecord } from "../../kernel/domain/run.ts";
import { toExpiry } from "../../kernel/domain/run.ts";
import type { Locale } from "../../kernel/domain/text.ts";
import { toZonedMinute } from "../../kernel/domain/zone.ts";
import type { MailAsking } from "../../kernel/ports/notices.ts";
import { formatUsd } from "../dollars.ts";

/** Enough to know what it is about; the page has the rest. */
const ENTITIES_SHOWN = 5;
const LONGEST_LABEL = 120;

interface Words {
  readonly subject: (what: string, count: string) => string;
  readonly asks: (user: string) => string;
  readonly verbs: Readonly<Record<PlannedWrite["class"], string>>;
  readonly unknown: string;
  readonly count: (count: number) => string;
  readonly more: (count: number) => string;
  readonly cost: (usd: string) => string;
  readonly decide: string;
  readonly until: (time: string) => string;
  readonly answer: string;
}

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    subject: (what, count) => `Needs your decision: ${what} (${count})`,
    asks: (user) => `${user} asks for your yes or no:`,
    verbs: { ...EFFECT_VERBS.en, delete: `${EFFECT_VERBS.en.delete}, cannot be undone:` },
    unknown: "how many is known only when it runs",
    count: (count) => (count === 1 ? "1 entry" : `${count} entries`),
    more: (count) => `and ${count} more`,
    cost: (usd) => `Cost: at most ${usd}.`,
    decide: "Look at all of it, leave out what should stay, and decide:",
    until: (time) => `The question stands until ${time}. Without an answer nothing is done.`,
    answer: "The link is yours and good for one decision. Opening it changes nothing. Do not pass it on.",
  },
  ru: {
    subject: (what, count) => `Нужно ваше решение: ${what} (${count})`,
    asks: (user) => `${user} просит вашего «да» или «нет»:`,
    verbs: { ...EFFECT_VERBS.ru, delete: `${EFFECT_VERBS.ru.delete}, вернуть нельзя:` },
    unknown: "сколько, станет известно только при запуске",
    count: (count) => `строк: ${count}`,
    more: (count) => `и ещё ${count}`,
    cost: (usd) => `Стоимость: не больше ${usd}.`,
    decide: "Посмотрите всё, уберите то, что должно остаться, и решите:",
    until: (time) => `Вопрос ждёт до ${time}. Без ответа ничего не будет сделано.`,
    answer: "Ссылка ваша и на одно решение. Если её открыть, ничего не изменится. Не пересылайте её.",
  },
};

export function toApprovalMail(run: RunRecord, asking: MailAsking): Mail {
  const { order, manifest } = run;
  const words = WORDS[order.locale];
  const what = order.understanding.description ?? order.plan.skill;
  const writes = manifest?.writes ?? [];
  const until = toZonedMinute(toExpiry(run), order.timeZone);
  const lines = [
    words.asks(order.principal.user),
    "",
    `${what} (${order.plan.skill}, ${toShortRunId(run.id)})`,
    "",
    ...writes.flatMap((write) => toWriteLines(write, words)),
    "",
    words.cost(formatUsd(microUsdToUsd(order.plan.forecast.upperMicroUsd))),
    "",
    words.decide,
    asking.link,
    "",
    words.until(`${until} (${order.timeZone})`),
    words.answer,
    "",
  ];
  return {
    to: [asking.address],
    subject: toSubject(words.subject(what, toCount(writes, words))),
    text: lines.join("\n"),
    messageId: toMessageId(`${run.id}:${asking.user}`),
    at: asking.at,
  };
}

function toCount(writes: readonly PlannedWrite[], words: Words): string {
  if (writes.some(({ total }) => total === null)) return words.unknown;
  return words.count(writes.reduce((sum, { total }) => sum + (total ?? 0), 0));
}

function toWriteLines(write: PlannedWrite, words: Words): readonly string[] {
  const head = `${words.verbs[write.class]} ${write.target} · ${toCount([write], words)}`;
  if (write.entities === "unknown until run") return [head];
  const shown = write.entities.slice(0, ENTITIES_SHOWN).map((entity) => `  ${toLine(entity)}`);
  const rest = (write.total ?? write.entities.length) - shown.length;
  return [head, ...shown, ...(rest > 0 ? [`  ${words.more(rest)}`] : [])];
}

/** One line, whatever a row holds. */
function toLine({ id, label }: Entity): string {
  const text = (label === "" ? id : label).replaceAll(/\s+/g, " ").trim();
  return text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL - 1)}…` : text;
}
