// What the exit code of a terminal command says. Scripts branch on it, so a number never changes its meaning.
import type { BothLanguages } from "../kernel/domain/text.ts";
import { REFUSALS } from "./refusals.ts";
import { OTHER_CODES } from "./refusals/more-codes.ts";

export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  asks: 3,
  budget: 4,
  forbidden: 5,
  notFound: 6,
  approval: 7,
  conflict: 8,
  later: 9,
} as const;

export const EXIT_CODE_MEANINGS: Readonly<Record<keyof typeof EXIT_CODES, BothLanguages>> = {
  ok: { en: "Done, or a plan is shown.", ru: "Сделано, или показан план." },
  failed: { en: "It failed; the message says why.", ru: "Не удалось; сообщение говорит почему." },
  usage: {
    en: "The command or its input is wrong, or the port is busy.",
    ru: "Неверна команда или её данные, либо порт занят.",
  },
  asks: {
    en: "Something is missing (`needs_input`), or two skills fit or several things are asked (`needs_choice`).",
    ru: "Чего-то не хватает (`needs_input`) либо подходят два навыка или запросов несколько (`needs_choice`).",
  },
  budget: { en: "It could cost more than is allowed.", ru: "Могло бы стоить больше разрешённого." },
  forbidden: {
    en: "No valid key, not allowed, or somebody said no.",
    ru: "Нет ключа, нет права, или ответили «нет».",
  },
  notFound: {
    en: "There is no such thing, or no skill for this request.",
    ru: "Такого нет, или для запроса нет навыка.",
  },
  approval: {
    en: "It waits for somebody's yes (or for the outcome of something sent).",
    ru: "Ждёт чьего-то согласия (или ответа, чем кончилась отправка).",
  },
  conflict: {
    en: "Something changed in between: nothing unagreed was done.",
    ru: "Тем временем что-то изменилось; без согласия ничего не сделано.",
  },
  later: {
    en: "Too often, or a service is away: the same command may succeed later.",
    ru: "Слишком часто, или служба недоступна: позже та же команда может удаться.",
  },
};

const BY_CODE: ReadonlyMap<string, number> = new Map(
  [...Object.entries(OTHER_CODES), ...Object.entries(REFUSALS)].map(([code, row]) => [code, row.exitCode]),
);

/** Of a `code`, of a problem or of an answer that needs somebody. Unknown codes are failures. */
export function toExitCode(code: string): number {
  return BY_CODE.get(code) ?? EXIT_CODES.failed;
}
