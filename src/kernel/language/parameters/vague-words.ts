// Words that name nothing by themselves. A text of these alone ("кое-что нагуглить", "right now") is asked for, not guessed.
import { toTerm } from "../../routing/text/terms.ts";
import { parseCurrency } from "./currencies.ts";
import { isCalendarWord } from "./date-words.ts";
import { toStem } from "./phrase.ts";
import { isFunctionWord, isRoutingVerb, isTailWord, isWeakRoutingWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { textAt, wordAt } from "./sentence.ts";
import { isName } from "./text-scene.ts";
import { parseUnit } from "./units.ts";

const VAGUE = {
  /** What sellers, seekers and bidders do; what one asks a helper to do. */
  verbs: `отдаете отдаешь отдашь отдают отдадите продаете продаешь продашь продают продать торгуете торгуют предлагаете предлагают предложите держите имеете имеется имеются возите
    поставляете поставить зайти заходить поучаствовать участвовать вписаться податься подаваться подать попасть влезть заявиться пойти идет идут выйти
    глянуть взглянуть поглядеть посмотреть почитать прочитать разузнать уточнить посоветуй посоветуйте подкинь подкиньте помогите поможешь поможете
    сможешь сможете могу можем могли можете хотел хотела хотели надо нужно требуется запомни запомните отметить записать записал пометь пометьте
    зачти считай посчитай посчитайте прикинь пересчитай делать сделать знать понять берете возьмете стоит взяться брать искать найти предложить работать почем скока скок
    i'd i've i'm i'll we'd we've we'll you'd note log record jot remember save keep handle help see know learn read join enter participate apply bid win submit go sell sells selling offer
    offers offering charge charging ask asking happen happening going wonder wondering guess think figure bought buy make made use send sent might may take part partake compete supply deliver try keen interested sort sorted available closing ending подходят подойдут подходит подойдет потянет потянем обновили обновились поменялись изменились выросли упали подросли закрываются закрывается заканчиваются истекают горят горит появилось появились поставь ставь проведи укажи впиши вбей вышло вышла вышел обошлось обошлась ушло`,
  adverbs: `прямо сейчас щас ща сегодня нынче теперь потом скоро срочно быстро быстренько побыстрее желательно заранее просто вообще вдруг опять снова пока типа короче значит
    ладно давай давайте куда откуда туда сюда кстати примерно недавно обычно
    now right just currently soon later quickly asap really actually anyway again still yet today tonight maybe somehow somewhere nearby away lately`,
  politeness: `ок окей пж пжл плз плиз пожалуйста спасибо благодарю буду благодарен признателен друг ребят ребята коллеги
    pls plz please thanks thx thank некогда kindly cheers mate dear guys folks ok okay`,
  things: `кое что-то нечто ничего чтото что-нибудь нибудь либо кого кому чем чему всякое всякую разное разную другое такое нужное нужную интересное полезное
    подходящее подходящие подходящего новенькое хорошее подачи подача подачу прием приема заявок заявки склад склада складе наличии сроки сроков срокам любые любая дата дату сумма сумму розница розницу розницы мониторинг обзор список подборка подборку государство государством государству госсектор оптовиков оптовикам оптовиками клиента клиенту клиентов клиентам наличкой налом наличными картой безналом живые живых свежие свежих самые самых крупных хорошие самый самую штука штуку штуки вещь вещи дело дела делу делам бизнес бизнеса бизнесу фигню ерунду мелочи крупные мелкие большие маленькие лучшие дорогие дешевые
    another date amount sum real cash card client clients customer customers wholesale buyers deadline deadlines submission due list overview price prices cheapest best largest biggest fresh live available line branch profile something anything everything nothing someone anyone stuff thing things whatever interesting useful relevant suitable good nice business work firm company like`,
} as const;

/** English words as they are written: "note it" is no "notes". Russian ones have too many forms for that. */
function toForm(word: string): string {
  return /^[a-z]/.test(word) ? word : toStem(word);
}

const VAGUE_FORMS: ReadonlySet<string> = new Set(
  Object.values(VAGUE).flatMap((words) => words.split(/\s+/).map(toForm)),
);
const VERB_FORMS: ReadonlySet<string> = new Set(VAGUE.verbs.split(/\s+/).map(toForm));
/** "отдаете", "хочешь", "разберемся": what you and we do. */
const YOU_AND_WE = /(?:аем|яем|аете|яете|уете|ешь|ишь|айте|яйте|ируйте|емся|имся)$/;
/** Its stem is that of "new". */
const NEWS = "news";

/** A Russian verb of selling or asking: English ones are nouns too ("offer", "charge"). */
export function isOffering(word: string): boolean {
  return YOU_AND_WE.test(word) || (!/^[a-z]/.test(word) && VERB_FORMS.has(toForm(word)));
}

const NOUNS_IN_T = /^(?:печать|кровать|сеть|нить|мать|плеть|треть|путь|суть|муть|медь)$/;

function isVague(word: string): boolean {
  if (word === NEWS) return false;
  if (isCalendarWord(word) || /^(?:mass|volume|count)$/.test(parseUnit(word)?.dimension ?? "")) return true;
  // "начать работать": what to do says nothing of with what.
  if (/(?:[аеиоуя]ть|ться|тись)$/.test(word) && !NOUNS_IN_T.test(word)) return true;
  const isAsking = isRoutingVerb(word) || isTailWord(word) || isWeakRoutingWord(word);
  return isAsking || VAGUE_FORMS.has(toForm(word)) || YOU_AND_WE.test(word);
}

/** "как продать", "how to apply": what to do is then the subject. */
const HOW = /^(?:how|why|как|почему|зачем)$/;

/** Whether a text names anything: a number, a name, or one word that says what, and that not every request to the skill says. */
export function isNaming(sentence: Sentence, topic: ReadonlySet<string>, { start, end }: Span): boolean {
  if (HOW.test(wordAt(sentence, start)) && end - start > 1) return true;
  for (let at = start; at < end; at += 1) {
    if (/^\d/.test(textAt(sentence, at))) return true;
    if (isOfOthers(sentence, at)) continue;
    const word = wordAt(sentence, at);
    // "We", "I": a capital alone makes no name at the head of a sentence.
    const isProper = at > 0 && isName(sentence, at) && !isFunctionWord(word);
    if (!isProper && (isVague(word) || topic.has(toTerm(word)))) continue;
    // "рублей на миллион"
    if (parseCurrency(sentence, at) === undefined) return true;
  }
  return false;
}

/** A mark, an order, whose it is, or what is looked among: says nothing of what. */
function isOfOthers(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return word === "" || isAction(sentence, at) || isOwn(sentence, at) || isRoutingHead(word);
}

/** "по нашему профилю", "our field": whose it is, and not what. */
function isOwn(sentence: Sentence, at: number): boolean {
  return (
    /^(?:our|my|your|наш\p{L}{0,3}|мо[йяеюи]\p{L}{0,2})$/u.test(wordAt(sentence, at - 1)) &&
    !isName(sentence, at)
  );
}

/** "информацию", "статью": what is looked among. */
function isRoutingHead(word: string): boolean {
  return /^(?:информаци|инф[аоуы]$|стать|ссыл|тендер|закуп|торг|лот|info|article|link|tender)/.test(word);
}

/** "file it", "jot that down": an order, whatever its verb. */
export function isAction(sentence: Sentence, at: number): boolean {
  return /^(?:it|them)$/.test(wordAt(sentence, at + 1));
}

/** "right now", "прямо сейчас" behind a text. */
export function isMomentAt(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  if (/^(?:now|щас)$/.test(word)) return true;
  if (/^(?:morning|afternoon|evening)$/.test(word)) return wordAt(sentence, at - 1) === "this";
  return /^(?:right|прямо)$/.test(word) && /^(?:now|сейчас|щас)$/.test(wordAt(sentence, at + 1));
}
