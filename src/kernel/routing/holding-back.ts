// Does a request say what is not to be done? "Не удаляй", "don't delete", "all except": no value of a skill can say that, and
// taken without it such a sentence asks for its opposite.
import { EXCEPT_WORDS } from "../language/except-words.ts";
import { asksForChange } from "./looking.ts";
import { normalise, toWords } from "./text/normalise.ts";

const EXCEPT = new RegExp(`(?:^| )(?:${EXCEPT_WORDS.join("|")})(?: |$)`);
const ORDER_RU = "[а-я]{2,}(?:[аяуе]й(?:те)?|[аяиеу]ть|ти|чь)";
const NOT_TO = "(?:надо|нужно|стоит|следует)";
/** A wish not to: the form that a Russian verb takes behind `не`. "Не забудь записать" is a wish to. */
const NOT_RU = new RegExp(
  `(?:^| )не (?:${NOT_TO} |смей |вздумай )?(?!забывай|знать(?: |$))${ORDER_RU}(?: |$)`,
);
/** "нельзя удалять", "удалять не надо", "удалять черновики нельзя"; "нельзя ли удалить" asks for it. */
const FORBIDDEN_RU = new RegExp(
  `(?:^| )(?:нельзя ${ORDER_RU}(?: |$)|${ORDER_RU} не ${NOT_TO}(?: |$)|(?:не ${NOT_TO}|нельзя)$)`,
);
const NOT_EN =
  /(?:^| )(?:don ?t|do not|never|must not|mustn ?t|should not|shouldn ?t) (?:ever |please )?(?:want (?:you )?to )?([a-z]+)/g;
/** Behind "don't", what no skill is named by. */
const TOUCH = /^(?:touch|lose)$/;

export function holdsBack(text: string): boolean {
  const words = toWords(normalise(text)).join(" ");
  if ([EXCEPT, NOT_RU, FORBIDDEN_RU].some((one) => one.test(words))) return true;
  return [...words.matchAll(NOT_EN)].some(([, verb = ""]) => TOUCH.test(verb) || asksForChange(verb));
}
