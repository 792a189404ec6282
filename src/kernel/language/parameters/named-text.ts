// Texts that are named: behind the field's own words ("для Бистро Волна"), by a legal form ("ООО Гурман"), or in quotation marks.
import type { FieldPlan } from "./field-plans.ts";
import { isDocument, isLegalForm, isPartyWord, isVenue } from "./party-words.ts";
import { isFunctionWord, isTailWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, textAt, toNormal, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isName, isSentenceEnd, toText, trimSpan } from "./text-scene.ts";

const CLAUSE_WORDS =
  /^(?:на|по|за|до|в|во|с|со|от|из|к|for|at|to|in|from|on|by|with|under|per|over|until|before)$/;
const PREPOSITIONS = new Set("для for на on в in по о об про about from от у с к".split(" "));
/** "клиент: для кафе"; more joining words make another sentence ("what sizes do we have in stock"). */
const LONGEST_GAP = 2;
const STOP_VERBS =
  /^(?:хочет|хотят|просит|просят|заказал|заказала|заказали|заказывает|wants|needs|ordered|orders|asked|asks)$/;
const QUESTION_WORDS = /^(?:что|чего|чем|кого|кому|what|whom|who|which)$/;
const OWN_WORDS = /^(?:my|our|your|мой|моя|моей|мою|наш|наша|нашей|нашу|нашего|нашему)$/;

/** What holds the parts of a name together: "Рога и копыта", "Ivanov & Co", "Bank of Asia". */
function isJoint(sentence: Sentence, at: number): boolean {
  return /^(?:и|and|of|de|&|-|')$/.test(textAt(sentence, at));
}

/** A preposition behind the text: it ends a name, and any text when it leads to a number ("на 20 кг"). */
function isClauseStart(scene: TextScene, from: number, at: number): boolean {
  const { sentence, hasOtherTexts } = scene;
  if (at === from || !CLAUSE_WORDS.test(wordAt(sentence, at)) || isName(sentence, at)) return false;
  // "на 20 кг" ends a name; "1 to 30" is one text.
  const isLeadingToNumber = sentence.tokens[at + 1]?.kind === "number";
  if (isLeadingToNumber && sentence.tokens[at - 1]?.kind === "number") return false;
  return isLeadingToNumber || hasOtherTexts || (isName(sentence, from) && !isName(sentence, at + 1));
}

function isOtherCue({ sentence, cues }: TextScene, plan: FieldPlan, at: number): boolean {
  return (
    !PREPOSITIONS.has(textAt(sentence, at)) && cues.some((cue) => cue.plan !== plan && cue.span.start === at)
  );
}

/** A text that begins with a number is numbers: "1-30", "5 и 7", "1 to 30", not "3 и есть ли". */
function isPastNumbers(sentence: Sentence, from: number, at: number): boolean {
  if (sentence.tokens[from]?.kind !== "number" || wordAt(sentence, at) === "") return false;
  return !isFunctionWord(wordAt(sentence, at)) || sentence.tokens[at + 1]?.kind !== "number";
}

function findEnd(scene: TextScene, plan: FieldPlan, from: number): number {
  const { sentence, isClaimed } = scene;
  const isListEnd = scene.hasOtherTexts || isName(sentence, from);
  for (let at = from; at < sentence.tokens.length; at += 1) {
    const isStop =
      isClaimed(at) || isSentenceEnd(sentence, at) || (isListEnd && textAt(sentence, at) === ",");
    if (isStop || STOP_VERBS.test(wordAt(sentence, at)) || isClauseStart(scene, from, at)) return at;
    if (isPastNumbers(sentence, from, at) || (at > from && isOtherCue(scene, plan, at))) return at;
  }
  return sentence.tokens.length;
}

/** "на что", "for whom", "my company": the word is there and nothing is named. */
function isNaming(scene: TextScene, cue: Span): boolean {
  const isQuestion = QUESTION_WORDS.test(wordAt(scene.sentence, cue.end));
  return !scene.isClaimed(cue.start) && !isQuestion && !OWN_WORDS.test(wordAt(scene.sentence, cue.start - 1));
}

function isGap(sentence: Sentence, at: number): boolean {
  // "стр. 3"
  if (textAt(sentence, at) === ".") return isAttached(sentence, at) && wordAt(sentence, at - 1).length <= 4;
  return /^[:=—-]$/.test(textAt(sentence, at)) || isFunctionWord(wordAt(sentence, at));
}

/** "тендер номер 32615098877" */
function isOwnCue({ cues }: TextScene, plan: FieldPlan, at: number): boolean {
  return cues.some((cue) => cue.plan === plan && cue.span.start === at && cue.span.end === at + 1);
}

/** "Cafe Pristan asap", "отеля Марриотт кп" */
function cutTail(sentence: Sentence, start: number, end: number): number {
  let last = end;
  while (last > start && isTailWord(wordAt(sentence, last - 1))) last -= 1;
  return last;
}

export function parseBehindCue(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence } = scene;
  for (const { span } of scene.cues.filter((cue) => cue.plan === plan && isNaming(scene, cue.span))) {
    let from = span.end;
    while (isGap(sentence, from) || isOwnCue(scene, plan, from)) from += 1;
    if (from - span.end > LONGEST_GAP) continue;
    const end = cutTail(sentence, from, findEnd(scene, plan, from));
    const text = toText(sentence, trimSpan(sentence, { start: from, end }));
    if (text) return text;
  }
  return undefined;
}

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
  while (start > 0 && isName(sentence, start - 1) && !isClaimed(start - 1)) start -= 1;
  return start;
}

/** "ООО Белый Берег", "Severny Ulov LLC": a legal form says by itself that this is a company. */
export function parseCompany(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence, isClaimed } = scene;
  if (!(plan.field.words ?? []).some(isPartyWord)) return undefined;
  const form = sentence.tokens.findIndex((token, index) => isLegalForm(token.text) && !isClaimed(index));
  if (form === -1) return undefined;
  const isForeign = /^[a-z]/.test(textAt(sentence, form));
  const span = isForeign
    ? { start: findCompanyStart(scene, form), end: form + 1 }
    : { start: form, end: findCompanyEnd(scene, plan, form + 1) };
  return span.end - span.start > 1 ? toText(sentence, span) : undefined;
}

/** "КП Бистро Волна 20 кг", "кп ресторану Краб" */
export function parseAddressee(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence, isClaimed } = scene;
  if (!(plan.field.words ?? []).some(isPartyWord)) return undefined;
  for (const [at, token] of sentence.tokens.entries()) {
    if (!isDocument(token.text)) continue;
    const name = isVenue(wordAt(sentence, at + 1)) ? at + 2 : at + 1;
    if (!isName(sentence, name) || isClaimed(name)) continue;
    const end = cutTail(sentence, name, findEnd(scene, plan, name));
    return toText(sentence, trimSpan(sentence, { start: at + 1, end }));
  }
  return undefined;
}

const NUMBER_WORDS = /^(?:№|номер|number|no|извещение|notice|инн|inn|счет|invoice)$/;

/** A tax number, a notice, an account: ten digits and more belong to the field that is about a number. */
export function parseIdentifier({ sentence, isClaimed }: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!(plan.field.words ?? []).some((word) => NUMBER_WORDS.test(toNormal(word)))) return undefined;
  const long = sentence.tokens.flatMap((token, at) =>
    /^\d{10,}$/.test(token.text) && !isClaimed(at) ? [at] : [],
  );
  const [only, second] = long;
  return only === undefined || second !== undefined
    ? undefined
    : toText(sentence, { start: only, end: only + 1 });
}

/** The quotation that a cue of this field leads to, or the only one there is. */
export function parseQuote(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const free = scene.quotes.filter((quote) => !scene.isClaimed(quote.span.start));
  const isLed = (start: number): boolean =>
    scene.cues.some((cue) => cue.plan === plan && cue.span.end <= start && start - cue.span.end <= 3);
  const only = free.length === 1 && !scene.hasOtherTexts ? free[0] : undefined;
  const quote = free.find((one) => isLed(one.span.start)) ?? only;
  return quote && { value: quote.text, span: quote.span };
}
