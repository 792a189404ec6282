// Does a request say what is not to be done? "Не удаляй", "don't delete", "all except": no value of a skill can say that, and
// taken without it such a sentence asks for its opposite.
import { asksForChange } from "./looking.ts";
import { normalise, toWords } from "./text/normalise.ts";

const EXCEPT =
  /(?:^| )(?:кроме|исключая|за исключением|except|excluding|but not|apart from|other than)(?: |$)/;
/** A wish not to: the form that a Russian verb takes behind `не`. "Не забудь записать" is a wish to. */
const NOT_RU =
  /(?:^| )не (?:надо |нужно |стоит |смей |вздумай )?(?!забывай)[а-я]{2,}(?:[аяуе]й(?:те)?|[аяиеу]ть|ти|чь)(?: |$)/;
const NOT_EN =
  /(?:^| )(?:don ?t|do not|never|must not|mustn ?t|should not|shouldn ?t) (?:ever |please )?([a-z]+)/g;

export function holdsBack(text: string): boolean {
  const words = toWords(normalise(text)).join(" ");
  if (EXCEPT.test(words) || NOT_RU.test(words)) return true;
  return [...words.matchAll(NOT_EN)].some(([, verb = ""]) => asksForChange(verb));
}
