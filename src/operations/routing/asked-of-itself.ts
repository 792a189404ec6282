// What people ask of SkillOS itself and no skill answers: what it can do, and what was done. Said beside `no_skill_found`, never
// as a skill: a guess at one would do something.
import type { BothLanguages } from "../../kernel/domain/text.ts";

export interface AskedOfItself {
  readonly about: "help" | "past";
  readonly hint: BothLanguages;
}

const HELP =
  /^(?:помощь|помоги(?:те)?|справка|привет|здравствуй(?:те)?|(?:а )?что (?:ты|вы)? ?(?:умее(?:шь|те)|може(?:шь|те)(?: делать)?)|что можно (?:спросить|сделать)|как (?:этим|тобой) пользоваться|help(?: me)?|hello|hi|what (?:can|do) you do|what can i (?:ask|do)(?: here)?|how do i use (?:this|it|you))$/u;

/** To take back what was done. */
const UNDO =
  /^(?:отмени(?:те|ть)?|верни(?:те)?|вернуть|откати(?:те|ть)?|восстанови(?:те|ть)?|undo|revert|roll back|take back|bring back|restore)(?= )/u;

/** To see what was done. */
const HISTORY =
  /^(?:(?:покажи(?:те)? |скажи(?:те)? )?(?:что|чего) (?:я|мы|ты) (?:с?делала?|с?делали)|история(?: запусков| действий)?|why (?:was|were)|почему (?:вчера |сегодня )?(?:удалил|исчез|пропал|изменил)|(?:show (?:me )?)?what (?:did|have) (?:i|we|you) (?:do|done|did)|show (?:me )?(?:the |my )?history|history)(?=[^\p{L}]|\p{L}{1,4}(?: |$)|$)/u;

const CAN_ASK: BothLanguages = {
  en: "I do what my skills do: ask in your own words.",
  ru: "Я делаю то, что умеют мои навыки: спросите своими словами.",
};
const CANNOT_UNDO: BothLanguages = {
  en: "What a run has done cannot be undone. What it did: `skillos runs`, then `skillos logs --run RUN`. A run that has not ended: `skillos runs cancel RUN`.",
  ru: "Сделанное запуском отменить нельзя. Что он сделал: `skillos runs`, затем `skillos logs --run ЗАПУСК`. Запуск, который ещё не закончен: `skillos runs cancel ЗАПУСК`.",
};
const LOOK: BothLanguages = {
  en: "What was done: `skillos runs`, then `skillos logs --run RUN`. What waits for a yes: `skillos approvals`.",
  ru: "Что было сделано: `skillos runs`, затем `skillos logs --run ЗАПУСК`. Что ждёт согласия: `skillos approvals`.",
};

export function findAskedOfItself(query: string | null): AskedOfItself | null {
  const words = (query ?? "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  if (HELP.test(words)) return { about: "help", hint: CAN_ASK };
  if (UNDO.test(words)) return { about: "past", hint: CANNOT_UNDO };
  return HISTORY.test(words) ? { about: "past", hint: LOOK } : null;
}
