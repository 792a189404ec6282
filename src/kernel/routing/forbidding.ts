// Does a request say what not to do? Its nouns fit the skill that does it, so nothing else would keep that skill from being run.
import { isRoutingVerb } from "../language/parameters/routing-words.ts";
import { isEffectVerb } from "./calibration/effects.ts";

/** What may stand before the order without being one. */
const OPENING =
  /^(?:(?:please|just|hey|ok|so|and|but|now|пожалуйста|прошу|только|пока|сейчас|и|а|но|ни в коем случае|никогда) )+/;
const DENIED_EN =
  /^(?:(?:(?:i|we) (?:dont|do not) want (?:you )?to|(?:you )?(?:must|should) not|(?:you )?mustnt|dont|do not|never) )(\p{L}+)/u;
/** "don't forget to", "don't you have": asked for all the same, or told of oneself. */
const NO_ORDER_EN =
  /^(?:forget|hesitate|worry|mind|care|you|i|we|they|know|want|need|have|has|like|see|think|understand|remember|get|miss|been|had|seen|tried|used|was|were|went|sure)$/;
const DENIED_RU =
  /^(?:не (?:надо|нужно|стоит|следует|смей|смейте|вздумай|вздумайте)|нельзя|не) (\p{L}+)(?! (?:ли|бы)(?: |$))/u;
const INFINITIVE = /(?:[аяеиоуы]ть|ти)(?:ся)?$/;
/** "удаляй", "трогайте"; "дорогой" and "нашли" are none. */
const IMPERATIVE = /[аяую]й(?:те)?$/;
/** The imperfective ones in -и, which is also the end of a plural. */
const IMPERATIVE_IN_I = /^(?:пиши|плати|вноси|заводи|переводи|выводи|проводи|чисти|шли)(?:те)?$/;
const NO_ORDER_RU = /^(?:забывай|забывайте|давай|давайте|теряй|теряйте|знать)$/;
const DENIED_LAST =
  /(?:^| )(?:(\p{L}+) (?:не надо|не нужно|не стоит|нельзя)|(?:не надо|не нужно|нельзя|не) (\p{L}+))(?: пожалуйста)?$/u;
/** "чтобы не переплачивать": what for, and not what. */
const AIM = /(?:^| )(?:чтоб|чтобы|как|если|где|куда) /;

function isOrder(word: string): boolean {
  if (NO_ORDER_RU.test(word)) return false;
  return INFINITIVE.test(word) || IMPERATIVE.test(word) || IMPERATIVE_IN_I.test(word) || isEffectVerb(word);
}

/** "черновики старше года не удаляй": in one clause, and nothing else is ordered in it. */
function isDeniedLast(words: readonly string[], query: string): boolean {
  const text = words.join(" ");
  const [, before, behind] = DENIED_LAST.exec(text) ?? [];
  const denied = before ?? behind;
  if (denied === undefined || /[,;:.!?]\s/.test(query) || AIM.test(text)) return false;
  const isOther = words.some((word) => word !== denied && (isEffectVerb(word) || isRoutingVerb(word)));
  return isOrder(denied) && !isOther;
}

/** `words` are those of the query, as routing reads them. */
export function isForbidding(words: readonly string[], query: string): boolean {
  const text = words.join(" ").replace(OPENING, "");
  const english = DENIED_EN.exec(text)?.[1];
  if (english !== undefined) return !NO_ORDER_EN.test(english);
  const russian = DENIED_RU.exec(text)?.[1];
  return (russian !== undefined && isOrder(russian)) || isDeniedLast(words, query);
}
