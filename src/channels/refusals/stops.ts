// What a caller is told when what happened before stops what he asks: a bill beyond its hold, a service that keeps failing.
import { same } from "../../kernel/domain/text.ts";
import { formatUsd, formatWait } from "./amounts.ts";
import { type Pages, type Rows, toChanged } from "./row.ts";

export const STOP_ROWS: Rows<"overrun" | "breaker_open"> = {
  overrun: {
    status: 402,
    exitCode: 4,
    retryable: false,
    title: () => ({
      en: "Stopped until somebody has seen an overrun",
      ru: "Остановлено, пока никто не посмотрел на перерасход",
    }),
    detail: ({ run, overMicroUsd }, around) => ({
      en: `Run ${run} was billed ${formatUsd(overMicroUsd)} beyond what was held for it: a price or a usage it was told is wrong. What costs nothing still runs.${toChanged(around).en}`,
      ru: `За запуск ${run} выставлено на ${formatUsd(overMicroUsd)} больше, чем было придержано: неверна цена или названный расход. Бесплатное выполняется и сейчас.${toChanged(around).ru}`,
    }),
    fix: () => ({
      en: "Look at the bill, then `skillos budgets acknowledge-overrun`.",
      ru: "Проверьте счёт, затем `skillos budgets acknowledge-overrun`.",
    }),
  },
  breaker_open: {
    status: 503,
    exitCode: 9,
    retryable: true,
    title: ({ host }) => ({ en: `${host} is left alone for now`, ru: `${host} пока отключён` }),
    detail: ({ host, why, retryAfterMs }, around) => {
      const wait = formatWait(retryAfterMs);
      const cause =
        why === "failures"
          ? { en: "too many of its calls failed", ru: "слишком много вызовов не удалось" }
          : { en: "nearly all of its calls were slow", ru: "почти все вызовы были медленными" };
      return {
        en: `${host} is left alone because ${cause.en} within a minute. It is tried again in ${wait.en}.${toChanged(around).en}`,
        ru: `${host} отключён: ${cause.ru} за минуту. Его попробуют снова через ${wait.ru}.${toChanged(around).ru}`,
      };
    },
    fix: ({ host }) => same(`\`skillos breakers\`, \`skillos breakers reset ${host}\``),
  },
};

export const STOP_PAGES: Pages<"overrun" | "breaker_open"> = {
  overrun: {
    means: {
      en: "An earlier run was billed more than was held for it. Nothing that costs money starts until somebody has acknowledged that.",
      ru: "За прежний запуск выставлено больше, чем было придержано. Платное не начинается, пока это не признают.",
    },
    why: {
      en: "A provider that bills above the agreed most makes every limit a guess. A higher limit does not take it back: only a person who has looked does.",
      ru: "Если поставщик берёт больше названного предела, лимиты ничего не значат. Более высокий лимит этого не снимает: снимает человек, который посмотрел.",
    },
    example: { reason: "overrun", run: "r-8k2m4q", overMicroUsd: 12_000 },
  },
  breaker_open: {
    means: {
      en: "A service that the skill calls failed too often within a minute and is not called for a while.",
      ru: "Служба, которую зовёт навык, за минуту слишком часто подводила и на время отключена.",
    },
    why: {
      en: "Waiting for what does not answer takes the place of what would. 4xx are no failures; time-outs, broken connections, 5xx and 429 are. One run tries it when its time is over; if that fails too, it is left alone twice as long, ten minutes at most.",
      ru: "Ожидание того, что не отвечает, занимает место другого. 4xx сбоем не считаются; тайм-ауты, обрывы, 5xx и 429 считаются. Когда срок выйдет, службу пробует один запуск; если не вышло, пауза вдвое длиннее, но не больше десяти минут.",
    },
    example: {
      reason: "breaker_open",
      host: "api.shop.example",
      why: "failures",
      until: Date.UTC(2026, 10, 21, 9, 0, 30),
      retryAfterMs: 30_000,
    },
  },
};
