// What a caller is told when a user, a skill, a key or the whole tenant is stopped, beside money and requests.
import { type BothLanguages, same } from "../../kernel/domain/text.ts";
import { NOTHING_DONE, type Pages, type Rows, toChanged, toDone } from "./row.ts";

const KINDS: Readonly<Record<string, BothLanguages>> = {
  user: { en: "user", ru: "пользователь" },
  skill: { en: "skill", ru: "навык" },
  key: { en: "key", ru: "ключ" },
};

/** `user:anna` as a person says it. */
function toPayerName(payer: string): BothLanguages {
  const at = payer.indexOf(":");
  const kind = KINDS[payer.slice(0, at)];
  const name = payer.slice(at + 1);
  if (payer === "all" || payer === "letting_end")
    return { en: "everything, by the operator", ru: "всё, решением оператора" };
  if (kind === undefined) return { en: "everything here", ru: "всё здесь" };
  return { en: `${kind.en} ${name}`, ru: `${kind.ru} ${name}` };
}

/** ` for user anna`; nothing where it is the tenant's own budget. */
export function toWhose(payer: string | undefined): BothLanguages {
  if (payer === undefined) return same("");
  const { en, ru } = toPayerName(payer);
  return { en: ` for ${en}`, ru: ` (${ru})` };
}

export const PAYER_ROWS: Rows<"too_many_running" | "paused"> = {
  too_many_running: {
    status: 429,
    exitCode: 9,
    retryable: true,
    title: () => ({ en: "Too many runs at the same time", ru: "Слишком много запусков сразу" }),
    detail: ({ payer, limit }, around) => ({
      en: `At most ${limit} of ${toPayerName(payer).en} run at a time, and so many are under way.${toDone(around, NOTHING_DONE).en}`,
      ru: `Одновременно (${toPayerName(payer).ru}) идёт не больше ${limit}, и столько уже идёт.${toDone(around, NOTHING_DONE).ru}`,
    }),
    fix: () => ({
      en: "Try again when one has ended: `skillos runs --status running`.",
      ru: "Повторите, когда один закончится: `skillos runs --status running`.",
    }),
  },
  paused: {
    status: 503,
    exitCode: 9,
    retryable: true,
    title: ({ payer }) => ({
      en: `Paused: ${toPayerName(payer).en}`,
      ru: `На паузе: ${toPayerName(payer).ru}`,
    }),
    detail: (_refusal, around) => ({
      en: `Somebody stopped it. ${around.run === undefined ? "Nothing new starts, and nothing was done." : "Its next write was not sent."}${toChanged(around).en}`,
      ru: `Кто-то это остановил. ${around.run === undefined ? "Новое не запускается, ничего не сделано." : "Следующее изменение не отправлено."}${toChanged(around).ru}`,
    }),
    fix: ({ payer }) => {
      if (payer === "all" || payer === "letting_end")
        return {
          en: "The operator takes it back: `skillos resume --all`.",
          ru: "Снимает оператор: `skillos resume --all`.",
        };
      return same(payer === "tenant" ? "`skillos resume`" : `\`skillos resume --for ${payer}\``);
    },
  },
};

export const PAYER_PAGES: Pages<"too_many_running" | "paused"> = {
  too_many_running: {
    means: {
      en: "As many runs of this user, skill or key are under way as may be at a time.",
      ru: "У этого пользователя, навыка или ключа уже идёт столько запусков, сколько можно одновременно.",
    },
    why: {
      en: "A limit of concurrent runs (`PUT /limits`) keeps one caller from taking all of a service. Runs that wait do not count.",
      ru: "Предел одновременных запусков (`PUT /limits`) не даёт одному занять всё. Запуски, которые ждут, не считаются.",
    },
    example: { reason: "too_many_running", payer: "skill:travel/search_hotels", limit: 2 },
  },
  paused: {
    means: {
      en: "The tenant, or this user, skill or key, was paused.",
      ru: "Всё, либо этот пользователь, навык или ключ, поставлено на паузу.",
    },
    why: {
      en: "The kill switch works at the very next admission; a run that is under way stops before its next write.",
      ru: "Выключатель действует со следующего допуска; начатый запуск останавливается перед следующим изменением.",
    },
    example: { reason: "paused", payer: "skill:oysters/delete_old_quotes" },
  },
};
