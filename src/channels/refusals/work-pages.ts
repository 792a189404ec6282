// Documentation pages of the refusals in work.ts and agreement.ts: what each means, why it exists, an example.
import type { RefusalOf } from "../../kernel/domain/refusal.ts";
import type { AGREEMENT_ROWS } from "./agreement.ts";
import type { Pages } from "./row.ts";
import type { WORK_ROWS } from "./work.ts";

export const WORK_PAGES: Pages<keyof typeof WORK_ROWS | keyof typeof AGREEMENT_ROWS> = {
  skill_invalid: {
    means: {
      en: "A skill's file does not follow the format. The last good version keeps answering.",
      ru: "Файл навыка не соответствует формату. Последняя верная версия продолжает отвечать.",
    },
    why: {
      en: "Each mistake is told with file, line, column, rule and mend, all of them at once.",
      ru: "Каждая ошибка названа с файлом, строкой, столбцом, правилом и исправлением, все сразу.",
    },
    example: {
      reason: "skill_invalid",
      mistakes: [
        {
          at: { file: "oysters/margin.yaml", line: 7, column: 5 },
          rule: "quoted-expression",
          message: {
            en: 'the expression contains ": " and is not in quotes.',
            ru: "в выражении есть «: », а кавычек нет.",
          },
          mend: { en: 'Write `"${{ a ? b : c }}"`.', ru: 'Напишите `"${{ a ? b : c }}"`.' },
        },
      ],
      serving: "1.1",
    },
  },
  budget_exceeded: {
    means: {
      en: "The most this could cost is more than the limit of a request, of the day or of the month.",
      ru: "Наибольшая возможная стоимость выше лимита на запрос, на день или на месяц.",
    },
    why: {
      en: "Money is held for the upper bound before the start. It is refused rather than begun and broken off.",
      ru: "Деньги резервируются по верхней оценке до начала. Лучше отказ, чем брошенная на середине работа.",
    },
    example: {
      reason: "budget_exceeded",
      scope: "request",
      neededMicroUsd: 120_000,
      limitMicroUsd: 50_000,
      remainingMicroUsd: 500_000,
      resetsAt: null,
      cheaperMicroUsd: 60_000,
    },
  },
  plan_drift: {
    means: {
      en: "What would be changed now is not what was agreed to.",
      ru: "То, что изменилось бы сейчас, не то, на что согласились.",
    },
    why: {
      en: "A yes is given to one exact list. When the list differs, the run stops before the first write outside it.",
      ru: "Согласие дают точному списку. Если список другой, запуск останавливается до первой записи вне его.",
    },
    example: {
      reason: "plan_drift",
      message: {
        en: "Quote 1034 was sent at 10:44 and is no longer a draft. Nothing was deleted.",
        ru: "КП 1034 отправлено в 10:44 и больше не черновик. Ничего не удалено.",
      },
      before: "8f3a",
      now: "c21d",
    },
  },
  secret_missing: {
    means: {
      en: "A connector needs a key that nobody has stored yet.",
      ru: "Коннектору нужен ключ, который ещё никто не сохранил.",
    },
    why: {
      en: "Keys live at the door only: neither skills nor logs hold one.",
      ru: "Ключи есть только у двери: ни в навыках, ни в журналах их нет.",
    },
    example: {
      reason: "secret_missing",
      name: "aviasales",
      connector: "Aviasales",
      key: "AVIASALES_TOKEN",
      docs: "free, about 5 minutes",
    },
  },
  source_unreachable: {
    means: {
      en: "A service outside did not answer, also when tried again.",
      ru: "Внешняя служба не ответила и при повторах.",
    },
    why: {
      en: "Reads are tried three times; a write is sent again only where its target remembers keys.",
      ru: "Чтение повторяется трижды; запись отправляется снова только туда, где помнят ключи.",
    },
    example: {
      reason: "source_unreachable",
      connector: "cbr.ru",
      tries: 3,
      waitedMs: 6_000,
      last: "connection timed out",
      savedAt: Date.UTC(2026, 10, 20, 9),
    },
  },
  no_data: {
    means: {
      en: "A step found nothing, and the skill says that it cannot go on without.",
      ru: "Шаг ничего не нашёл, а без этого навык продолжать не может.",
    },
    why: { en: "The words come from the skill's `if_empty`.", ru: "Слова взяты из `if_empty` навыка." },
    example: {
      reason: "no_data",
      message: {
        en: "The table batches is empty, so there is no purchase price.",
        ru: "Таблица batches пуста, поэтому нет закупочной цены.",
      },
      table: "batches",
    },
  },
  price_unknown: {
    means: {
      en: "The chosen model has no price in the table of prices.",
      ru: "У выбранной модели нет цены в таблице цен.",
    },
    why: {
      en: "A budget that does not know a price protects nobody.",
      ru: "Бюджет, который не знает цены, никого не защищает.",
    },
    example: { reason: "price_unknown", model: "example/large-1" },
  },
  approval_denied: {
    means: { en: "A person was asked and said no.", ru: "Человека спросили, и он ответил «нет»." },
    why: {
      en: "Deletes, more than 10 entities and high risk wait for a yes.",
      ru: "Удаления, больше 10 объектов и высокий риск ждут согласия.",
    },
    example: { reason: "approval_denied", by: "elena" },
  },
  step_failed: {
    means: { en: "A step of the skill could not be done.", ru: "Шаг навыка не удалось выполнить." },
    why: {
      en: "`retryable` says whether the same request may succeed later.",
      ru: "`retryable` говорит, может ли тот же запрос удаться позже.",
    },
    example: {
      reason: "step_failed",
      step: "sums",
      message: "batch.first has no field loss; it had: cost_per_kg, loss_percent, received_at.",
      retryable: false,
    },
  },
  timeout: {
    means: {
      en: "A step or the whole run took longer than it may.",
      ru: "Шаг или весь запуск шёл дольше, чем можно.",
    },
    why: {
      en: "Everything has a limit; a skill may give a step a longer `timeout`.",
      ru: "У всего есть предел; навык может дать шагу больший `timeout`.",
    },
    example: { reason: "timeout", seconds: 30, step: "page" },
  },
  unavailable: {
    means: {
      en: "A part that keeps limits or runs is away, or a service was left alone after many failures.",
      ru: "Недоступна часть, которая хранит лимиты или запуски, либо служба отключена после многих сбоев.",
    },
    why: {
      en: "Without it nothing is let through: an unchecked request is worse than a late one.",
      ru: "Без неё ничего не пропускается: непроверенный запрос хуже позднего.",
    },
    example: { reason: "unavailable", what: "cbr.ru", retryAfterMs: 30_000 },
  },
  cancelled: {
    means: {
      en: "Somebody cancelled the run while it was queued, running or waiting.",
      ru: "Запуск отменили, пока он стоял в очереди, шёл или ждал.",
    },
    why: {
      en: "What was already done is listed in the run; nothing more is sent.",
      ru: "Что успело произойти, перечислено в запуске; больше ничего не отправляется.",
    },
    example: { reason: "cancelled" },
  },
  lost: {
    means: {
      en: "The run was begun too often without coming to an end, or something it was pinned to is gone.",
      ru: "Запуск начинался слишком часто и не дошёл до конца, или пропало то, к чему он привязан.",
    },
    why: { en: "It is given up rather than repeated for ever.", ru: "Он прекращён, а не повторяется вечно." },
    example: {
      reason: "lost",
      message: {
        en: "It was begun 21 times and never came to an end.",
        ru: "Он не дошёл до конца; попыток: 21.",
      },
    },
  },
};

/** 2026-11-22 00:00 in Moscow. */
const NEXT_MIDNIGHT = Date.UTC(2026, 10, 21, 21);

/** The day's limit, for tests and the page of the budget: the same refusal with the time at which it starts again. */
export const DAY_BUDGET_EXAMPLE: RefusalOf<"budget_exceeded"> = {
  reason: "budget_exceeded",
  scope: "day",
  neededMicroUsd: 120_000,
  limitMicroUsd: 500_000,
  remainingMicroUsd: 20_000,
  resetsAt: NEXT_MIDNIGHT,
};
