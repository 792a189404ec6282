// What a caller is told who sends a request again under its Idempotency-Key and cannot have the first answer.
import { formatWait } from "./amounts.ts";
import type { Pages, Rows } from "./row.ts";

export const REPEAT_ROWS: Rows<"in_progress" | "shown_once"> = {
  in_progress: {
    status: 409,
    exitCode: 8,
    retryable: true,
    title: () => ({ en: "The first request is still under way", ru: "Первый запрос ещё выполняется" }),
    detail: ({ key }) => ({
      en: `Idempotency-Key "${key}" came a moment ago, and its answer is not there yet. Nothing was done twice.`,
      ru: `Idempotency-Key «${key}» только что приходил, его ответа ещё нет. Дважды ничего не сделано.`,
    }),
    fix: ({ retryAfterMs }) => ({
      en: `Send the same request again in ${formatWait(retryAfterMs).en}: you get its answer.`,
      ru: `Повторите тот же запрос через ${formatWait(retryAfterMs).ru}: придёт его ответ.`,
    }),
  },
  shown_once: {
    status: 409,
    exitCode: 8,
    retryable: false,
    title: () => ({
      en: "It came before, and its answer is not kept",
      ru: "Это уже приходило, а ответ не хранится",
    }),
    detail: ({ key }) => ({
      en: `Idempotency-Key "${key}" came before. Its answer was given that once, or was lost on the way: it shows a secret, or is too large to keep. Nothing was done now.`,
      ru: `Idempotency-Key «${key}» уже приходил. Ответ даётся один раз (и мог потеряться в пути): в нём секрет, или он слишком велик, чтобы его хранить. Сейчас ничего не сделано.`,
    }),
    fix: () => ({
      en: "If you lost that answer, look at what there is (`skillos keys list`), end what nobody uses, and ask under a new key.",
      ru: "Если тот ответ потерян, посмотрите, что есть (`skillos keys list`), отзовите лишнее и запросите под новым ключом.",
    }),
  },
};

export const REPEAT_PAGES: Pages<"in_progress" | "shown_once"> = {
  in_progress: {
    means: {
      en: "The same request with the same `Idempotency-Key` is being answered right now.",
      ru: "На тот же запрос с тем же `Idempotency-Key` как раз готовится ответ.",
    },
    why: {
      en: "A repeat that is too early must not be a second change. (A repeat of a run waits for the run instead.)",
      ru: "Слишком ранний повтор не должен стать вторым изменением. (Повтор запуска просто ждёт сам запуск.)",
    },
    example: { reason: "in_progress", key: "user-anna-1", retryAfterMs: 1_000 },
  },
  shown_once: {
    means: {
      en: "The request came before, and its answer is not kept: it shows a secret once (a new key, a new tenant's key, a link), or is too large. Where nobody heard it, what it was for may be there or not.",
      ru: "Запрос уже приходил, и ответ не хранится: в нём секрет, который показывается один раз (новый ключ, ключ новой организации, ссылка), или он слишком велик. Если его никто не получил, то, о чём просили, могло быть сделано, а могло и нет.",
    },
    why: {
      en: "An answer that is kept for repeats would keep the secret with it. What is kept nowhere cannot be stolen.",
      ru: "Ответ, сохранённый для повторов, хранил бы и секрет. Чего нигде нет, того не украсть.",
    },
    example: { reason: "shown_once", key: "booking-site-1" },
  },
};
