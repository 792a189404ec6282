// What people agreed to, or did not: a no, nobody's answer in time, a list that is no longer the one they saw.
import { toPlain } from "../../kernel/domain/text.ts";
import { toRowCounts } from "./amounts.ts";
import type { Rows } from "./row.ts";
import { toChanged } from "./row.ts";

export const AGREEMENT_ROWS: Rows<"plan_drift" | "approval_denied"> = {
  plan_drift: {
    status: 409,
    exitCode: 8,
    retryable: false,
    title: () => ({
      en: "Something changed since you were shown the list",
      ru: "С тех пор как вам показали список, что-то изменилось",
    }),
    detail: ({ message, rows }) => ({
      en: `${toPlain(message, "en")}${rows === undefined ? "" : toRowCounts(rows).en}`,
      ru: `${toPlain(message, "ru")}${rows === undefined ? "" : toRowCounts(rows).ru}`,
    }),
    fix: ({ mend }) => ({
      en:
        mend?.en ??
        "Ask for it again (the first request, with `--dry-run`): it shows the new list. Say yes to that one.",
      ru:
        mend?.ru ??
        "Запросите ещё раз (первый запрос, с `--dry-run`): он покажет новый список. Согласитесь с ним.",
    }),
  },
  approval_denied: {
    status: 403,
    exitCode: 5,
    retryable: false,
    title: ({ expired }) =>
      expired === true
        ? { en: "Nobody said yes in time", ru: "Никто вовремя не согласился" }
        : { en: "Not approved", ru: "Не подтверждено" },
    detail: ({ by, expired }, around) => {
      const changed = toChanged(around);
      return expired === true
        ? {
            en: `The question has expired, and silence is a no.${changed.en}`,
            ru: `Срок вопроса вышел, а молчание — это «нет».${changed.ru}`,
          }
        : { en: `${by} said no.${changed.en}`, ru: `Ответ «нет» дал: ${by}.${changed.ru}` };
    },
    fix: () => ({
      en: "To do it after all, ask again; single entries can be left out.",
      ru: "Если всё же нужно, спросите снова; отдельные строки можно убрать.",
    }),
  },
};
