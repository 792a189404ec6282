// Companies and people by what a sentence says of them: a legal form, a document in front, a verb behind, the kind of their house.
import { toTerm } from "../../routing/text/terms.ts";
import type { FieldPlan } from "./field-plans.ts";
import { OWN_WORDS, cutTail, findEnd, isJoint, isParty } from "./named-text.ts";
import { isDocument, isLegalForm, isPartyForm, isPartyWord, isStopVerb, isVenue } from "./party-words.ts";
import { isFunctionWord, isRoutingNoun } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isName, toText, trimSpan } from "./text-scene.ts";

/** "ИП Петров А.В." */
function isInitialDot(sentence: Sentence, at: number): boolean {
  return textAt(sentence, at) === "." && wordAt(sentence, at - 1).length === 1;
}

function findCompanyEnd(scene: TextScene, plan: FieldPlan, from: number): number {
  const { sentence } = scene;
  const quote = scene.quotes.find((one) => one.span.start === from);
  if (quote) return quote.span.end;
  const end = findEnd(scene, plan, from);
  if (!isName(sentence, from)) return end;
  const isPart = (at: number): boolean =>
    isName(sentence, at) ||
    isInitialDot(sentence, at) ||
    isJoint(sentence, at - 1) ||
    (isJoint(sentence, at) && at + 1 < end);
  let at = from + 1;
  while (at < end && isPart(at)) at += 1;
  return at;
}

function findCompanyStart({ sentence, isClaimed }: TextScene, form: number): number {
  let start = form;
  const isPart = (at: number): boolean =>
    !isClaimed(at) && (isName(sentence, at) || (isJoint(sentence, at) && at > 0 && isName(sentence, at - 1)));
  while (start > 0 && isPart(start - 1)) start -= 1;
  return start;
}

/** "IP Sokolov", not "ip addresses". */
function isFormAt(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return isLegalForm(word) && (word !== "ip" || (isName(sentence, at) && isName(sentence, at + 1)));
}

/** "хватит ли у ИП документов": a form in capitals has a name in capitals; "ооо ромашка" is typed on a phone. */
function isNamedForm({ sentence, quotes }: TextScene, form: number, { start, end }: Span): boolean {
  if (end - start < 2) return false;
  const isQuoted = quotes.some((quote) => quote.span.start === form + 1);
  const isNamed =
    start < form || isQuoted || isName(sentence, form + 1) || /^\d/.test(textAt(sentence, form + 1));
  return isNamed || (!isName(sentence, form) && !isFunctionWord(wordAt(sentence, form + 1)));
}

/** "ООО Белый Берег", "Severny Ulov LLC": a legal form says by itself that this is a company. */
export function parseCompany(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence, isClaimed } = scene;
  if (!isParty(plan)) return undefined;
  const form = sentence.tokens.findIndex((_, index) => isFormAt(sentence, index) && !isClaimed(index));
  if (form === -1) return undefined;
  if (OWN_WORDS.test(wordAt(sentence, form - 1))) return undefined;
  const start = /^[a-z]/.test(textAt(sentence, form)) ? findCompanyStart(scene, form) : form;
  // "Horizon LLC", "LLC Horizon", "ООО Горизонт"
  const span =
    start < form ? { start, end: form + 1 } : { start, end: findCompanyEnd(scene, plan, form + 1) };
  return isNamedForm(scene, form, span) ? toText(sentence, span) : undefined;
}

/** "КП Бистро Волна 20 кг", "кп ресторану Краб" */
export function parseAddressee(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence, isClaimed } = scene;
  if (!isParty(plan)) return undefined;
  for (const [at, token] of sentence.tokens.entries()) {
    if (!isDocument(token.text)) continue;
    // "кп: Sea Point"
    const start = textAt(sentence, at + 1) === ":" ? at + 2 : at + 1;
    const name = isVenue(wordAt(sentence, start)) ? start + 1 : start;
    if (!isName(sentence, name) || isClaimed(name)) continue;
    const end = cutTail(sentence, name, findEnd(scene, plan, name));
    return toText(sentence, trimSpan(sentence, { start, end }));
  }
  return undefined;
}

/** "I" and "We" begin with a capital too, and so does the first word of any sentence. */
function isProperName(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at);
  return isName(sentence, at) && !isFunctionWord(word) && !isPartyWord(word);
}

/** The names in one stretch from here: "Dmitry Codes", "Ivanov & Co", "Grand Hotel Kazan". */
function findNamesEnd({ sentence, isClaimed }: TextScene, from: number): number {
  let end = from;
  const isPart = (at: number): boolean =>
    !isClaimed(at) &&
    (isProperName(sentence, at) || (isJoint(sentence, at) && isProperName(sentence, at + 1)));
  while (isPart(end)) end += 1;
  return end;
}

const ASKING = /^(?:does|do|can|could|would|will|is|has|may|should|if|whether|ли|пройдет|потянет|проходит)$/;

/** "does StroyGrad qualify", "проходит ли Вертикаль", "can Dmitry Codes take part". */
export function parseAsked(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isParty(plan)) return undefined;
  const { sentence } = scene;
  for (const at of sentence.tokens.keys()) {
    if (!ASKING.test(wordAt(sentence, at))) continue;
    const end = findNamesEnd(scene, at + 1);
    // "can Russian companies bid", "is Moscow tender open"
    const isOwner = /['’]s$/.test(wordAt(sentence, end - 1));
    const isOfNoun = !isOwner && (isPartyForm(wordAt(sentence, end)) || isRoutingNoun(wordAt(sentence, end)));
    const found = end > at + 1 && !isOfNoun ? toText(sentence, { start: at + 1, end }) : undefined;
    // "is Orlov's company eligible"
    if (found) return { ...found, value: found.value.replace(/['’]s$/u, "") };
  }
  return undefined;
}

const ORDERING =
  /^(?:мы|we['’]re|disqualify|admit|accept|reject|allow|допустят|возьмут|пустят|примут|проверь|проверьте|сделай|сделайте|подготовь|подготовьте|составь|составьте|набросай|отправь|отправьте|пришли|выпиши|check|make|send|give|prepare|promised|owe|draft)$/;

const NO_NAMES = /^(?:ok|okay|asap|fyi)$/;

/** "check Delta Systems", "сделай Олегу кп", "на имя Кузнецовой", "компании Морской Дом": a name right behind what leads to it. */
export function parseLed(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isParty(plan)) return undefined;
  const { sentence, topic } = scene;
  for (const at of sentence.tokens.keys()) {
    const word = wordAt(sentence, at);
    const isLed =
      ORDERING.test(word) ||
      (isPartyForm(word) && !OWN_WORDS.test(wordAt(sentence, at - 1))) ||
      (word === "имя" && wordAt(sentence, at - 1) === "на");
    const end = isLed ? findNamesEnd(scene, at + 1) : at;
    const isOther = (one: string): boolean =>
      NO_NAMES.test(one) || isDocument(one) || isLegalForm(one) || topic.has(toTerm(one));
    if (end > at + 1 && !sentence.tokens.slice(at + 1, end).some(({ text }) => isOther(text)))
      return toText(sentence, { start: at + 1, end });
  }
  return undefined;
}

const LONGEST_SUBJECT = 3;

/** "а Дальрыбпром пройдёт", "will Orion qualify": a capital inside the sentence, before what somebody does. */
export function parseActing(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isParty(plan)) return undefined;
  const { sentence } = scene;
  for (const at of sentence.tokens.keys()) {
    const start = isStopVerb(wordAt(sentence, at)) ? findNamesStart(scene, at) : at;
    if (start > 0 && start < at && isWordBefore(sentence, start)) return toText(sentence, { start, end: at });
  }
  return undefined;
}

/** "offer: 0.2 t, Baltic Gourmet, 2,050 per kg": two names and more, alone between commas. */
export function parseListed(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isParty(plan)) return undefined;
  const { sentence } = scene;
  for (const [at, { text }] of sentence.tokens.entries()) {
    const end = text === "," ? findNamesEnd(scene, at + 1) : at;
    const isAlone = textAt(sentence, end) === "," || end === sentence.tokens.length;
    if (end > at + 2 && isAlone) return toText(sentence, { start: at + 1, end });
  }
  return undefined;
}

/** A capital behind a full stop is anybody's, and one behind "из" is a place. */
function isWordBefore(sentence: Sentence, at: number): boolean {
  const word = wordAt(sentence, at - 1);
  const isPlace = /^(?:из|от|в|во|с|со|from|in|at|of)$/.test(word);
  return (word !== "" && !isPlace) || textAt(sentence, at - 1) === ",";
}

/** "Лагуна-М" */
function isInName(sentence: Sentence, at: number): boolean {
  const isHyphen = textAt(sentence, at) === "-" && isAttached(sentence, at) && isAttached(sentence, at + 1);
  return isHyphen && isName(sentence, at + 1);
}

/** "Морской двор хочет наше предложение": two words at least, for one alone may be anybody ("Повар просит"). */
export function parseWishing({ sentence, isClaimed }: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isParty(plan) || !isProperName(sentence, 0)) return undefined;
  const verb = sentence.tokens.findIndex((token) => isStopVerb(token.text));
  const isFree = sentence.tokens
    .slice(0, Math.max(0, verb))
    .every(
      ({ text, kind }, at) =>
        (kind === "word" || isInName(sentence, at)) &&
        !isClaimed(at) &&
        !isFunctionWord(text) &&
        (at === 0 || !isPartyWord(text)),
    );
  return verb > 1 && verb <= LONGEST_SUBJECT && isFree
    ? toText(sentence, { start: 0, end: verb })
    : undefined;
}

/** "ресторан Волна", "Chekhov Bistro": a kind of house and its name. */
export function parseHouse(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!isParty(plan)) return undefined;
  const { sentence } = scene;
  for (const at of sentence.tokens.keys()) {
    if (!isVenue(wordAt(sentence, at)) || scene.isClaimed(at)) continue;
    const end = findNamesEnd(scene, at + 1);
    // "Haven restaurant", but "вечером ресторан Волна"
    const isForeign = /^[a-z]/.test(wordAt(sentence, at));
    const start = isForeign || isName(sentence, at) ? findNamesStart(scene, at) : at;
    if (end - start > 1) return toText(sentence, { start, end });
  }
  return undefined;
}

function findNamesStart({ sentence, isClaimed }: TextScene, from: number): number {
  let start = from;
  while (start > 0 && isProperName(sentence, start - 1) && !isClaimed(start - 1)) start -= 1;
  return start;
}
