// Texts that are named: behind the field's own words ("для Бистро Волна"), by their digits, or in quotation marks.
import { isCalendarWord } from "./date-words.ts";
import type { FieldPlan } from "./field-plans.ts";
import { isAnyParty, isPartyForm, isPartyWord, isStopVerb } from "./party-words.ts";
import { COLLECTIVE_NUMBERS } from "./number-words.ts";
import { isNumbered, isPaged, parsePaged, toNumberOf } from "./numbered-text.ts";
import { isFunctionWord, isTailWord } from "./routing-words.ts";
import type { Sentence, Span } from "./sentence.ts";
import { isAttached, textAt, wordAt } from "./sentence.ts";
import type { TextFound, TextScene } from "./text-scene.ts";
import { isJoining, isName, isSentenceEnd, toText, trimTopic } from "./text-scene.ts";
import { isAction, isMomentAt, isNaming as isNamed, isOffering } from "./vague-words.ts";

const CLAUSE_WORDS =
  /^(?:на|по|за|до|в|во|с|со|от|из|к|for|at|to|in|from|on|by|with|under|per|over|until|before)$/;
const PREPOSITIONS = new Set("для for на on в in по о об про about from от у с к".split(" "));
/** "клиент: для кафе"; more joining words make another sentence ("what sizes do we have in stock"). */
const LONGEST_GAP = 2;
const QUESTION_WORDS = /^(?:что|чего|чем|кого|кому|what|whom|who|which)$/;
export const OWN_WORDS = /^(?:my|our|your|мой|моя|моей|мою|наш|наша|нашей|нашу|нашего|нашему)$/;

/** What holds the parts of a name together: "Рога и копыта", "Ivanov & Co", "Bank of Asia". */
export function isJoint(sentence: Sentence, at: number): boolean {
  return /^(?:и|and|of|de|&|-|')$/.test(textAt(sentence, at));
}

interface Beginning {
  readonly from: number;
  readonly plan: FieldPlan;
}

/** "Тверской", not "НДС". */
function isProper(sentence: Sentence, at: number): boolean {
  const token = sentence.tokens[at];
  const written = token ? sentence.source.slice(token.start, token.end) : "";
  return isName(sentence, at) && written !== written.toUpperCase();
}

/** A preposition behind the text: it ends a name, and any text when it leads to a number ("на 20 кг"). */
function isClauseStart(scene: TextScene, { from, plan }: Beginning, at: number): boolean {
  const { sentence, hasOtherTexts } = scene;
  if (at === from || !CLAUSE_WORDS.test(wordAt(sentence, at)) || isName(sentence, at)) return false;
  // "buyer with a formal", "Прибоя с НДС", but "Кафе на Тверской"
  if (isParty(plan)) return !isProper(sentence, at + 1);
  // "на 20 кг" ends a name; "1 to 30" is one text.
  if (sentence.tokens[at + 1]?.kind === "number") return sentence.tokens[at - 1]?.kind !== "number";
  return hasOtherTexts || (isName(sentence, from) && !isName(sentence, at + 1));
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

function isTextEnd({ sentence, isClaimed }: TextScene, at: number): boolean {
  return isClaimed(at) || isSentenceEnd(sentence, at) || isStopVerb(wordAt(sentence, at));
}

export function findEnd(scene: TextScene, plan: FieldPlan, from: number): number {
  const { sentence } = scene;
  const isListEnd = scene.hasOtherTexts || isParty(plan) || isName(sentence, from);
  for (let at = from; at < sentence.tokens.length; at += 1) {
    const isListStop = textAt(sentence, at) === "," && (isListEnd || isAction(sentence, at + 1));
    if (isListStop || isTextEnd(scene, at) || isClauseStart(scene, { from, plan }, at)) return at;
    if (isPastNumbers(sentence, from, at) || isOtherCue(scene, plan, at)) return at;
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
  // "tender no. 17", "тендер № 17"
  if (/^(?:no|n|№|#)$/.test(textAt(sentence, at)))
    return [at + 1, at + 2].some((next) => sentence.tokens[next]?.kind === "number");
  return /^[:=—-]$/.test(textAt(sentence, at)) || isJoining(sentence, at);
}

/** "тендер номер 32615098877" */
function isOwnCue({ cues }: TextScene, plan: FieldPlan, at: number): boolean {
  return cues.some((cue) => cue.plan === plan && cue.span.start === at && cue.span.end === at + 1);
}

/** A field for a company or a person. */
export function isParty(plan: FieldPlan): boolean {
  return plan.words.some(isPartyWord);
}

/** "размер 3", "№ 2": a label stands right behind its word, so "какой размер есть" names none. */
export function isLabel(plan: FieldPlan): boolean {
  return plan.words.some((word) => /^(?:размер|номер|№|size|no)$/.test(word));
}

/** "to send", "for me to see": what to do with it, not whom it is for. */
const DOING =
  /^(?:send|make|give|show|get|see|do|be|go|use|take|put|keep|win|close|sign|sell|ship|hand|help|start|share|attach|print|present|compare|cover|have|discuss|review|request)$/;

/** Words of one party: nobody in general, a day, a thing to do, or somebody by name. */
function isSomebody(sentence: Sentence, span: Span): boolean {
  const tokens = sentence.tokens.slice(span.start, span.end);
  // "для нового клиента", "to the restaurant", "for the weekend": somebody or some time, but nobody by name.
  const isNobody = ({ text }: { text: string }): boolean =>
    isAnyParty(text) || isFunctionWord(text) || isCalendarWord(text);
  // "for my friend"
  const isSmall = !tokens.some((_, index) => isName(sentence, span.start + index));
  const isSome = isSmall && /^(?:a|an|my|our|some)$/.test(wordAt(sentence, span.start - 1));
  return !tokens.every(isNobody) && !isSome && !DOING.test(tokens[0]?.text ?? "");
}

function isMeant({ sentence, topic }: TextScene, plan: FieldPlan, span: Span): boolean {
  const tokens = sentence.tokens.slice(span.start, span.end);
  // "категория 4700", "чек на 2340": an amount that nobody took; "на троих": how many.
  const isNumber = ({ kind, text }: { kind: string; text: string }): boolean =>
    kind !== "word" || isFunctionWord(text) || COLLECTIVE_NUMBERS.has(text);
  if (!isLabel(plan) && tokens.every(isNumber)) return false;
  if (isParty(plan)) return isSomebody(sentence, span);
  // "prices for the Moscow client": whom they are for, not what kind.
  return !isPartyForm(tokens.at(-1)?.text ?? "") && isNamed(sentence, topic, span);
}

/** "клиент запросил": behind a noun only a name or a house is meant. */
function isAct(
  { sentence }: TextScene,
  plan: FieldPlan,
  { cue, from }: { cue: Span; from: number },
): boolean {
  const word = wordAt(sentence, cue.end - 1);
  const isNoun = isParty(plan) && (isPartyWord(word) || isPartyForm(word));
  return isNoun && !isName(sentence, from) && !isAnyParty(wordAt(sentence, from));
}

/** "Cafe Pristan asap", "отеля Марриотт кп" */
export function cutTail(sentence: Sentence, start: number, end: number): number {
  let last = end;
  const isTail = (at: number): boolean => {
    const word = wordAt(sentence, at);
    return isTailWord(word) || isOffering(word) || isMomentAt(sentence, at);
  };
  while (last > start && isTail(last - 1)) last -= 1;
  return last;
}

const ORIGINS = /^(?:из|от|с|со|в|во|на|from|in|at|of)$/;

/** Behind the cue and what only joins: "клиент: для кафе". */
function findStart(scene: TextScene, plan: FieldPlan, cue: Span): number | undefined {
  const { sentence } = scene;
  let from = cue.end;
  while (isGap(sentence, from) || isOwnCue(scene, plan, from) || isOffering(wordAt(sentence, from)))
    from += 1;
  if (from - cue.end > LONGEST_GAP || isAct(scene, plan, { cue, from })) return undefined;
  const between = sentence.tokens.slice(cue.end, from);
  // "клиент из Казани": where from, not who.
  if (isParty(plan) && between.some(({ text }) => ORIGINS.test(text))) return undefined;
  return isLabel(plan) && between.some(({ kind }) => kind === "word") ? undefined : from;
}

export function parseBehindCue(scene: TextScene, plan: FieldPlan): TextFound | undefined {
  const { sentence } = scene;
  if (isPaged(plan)) return parsePaged(scene, plan);
  for (const { span: cue } of scene.cues.filter((one) => one.plan === plan && isNaming(scene, one.span))) {
    const from = findStart(scene, plan, cue);
    if (from === undefined) continue;
    const span = trimTopic(scene, { start: from, end: cutTail(sentence, from, findEnd(scene, plan, from)) });
    const found = span && toMeant(scene, plan, span);
    if (found) return found;
  }
  return undefined;
}

function toMeant(scene: TextScene, plan: FieldPlan, span: Span): TextFound | undefined {
  if (isNumbered(plan)) return toNumberOf(scene.sentence, span);
  return isMeant(scene, plan, span) ? toText(scene.sentence, span) : undefined;
}

const NUMBER_WORDS = /^(?:№|номер|number|no|извещение|notice|инн|inn|счет|invoice)$/;

/** A tax number, a notice, an account: ten digits and more belong to the field that is about a number. */
export function parseIdentifier({ sentence, isClaimed }: TextScene, plan: FieldPlan): TextFound | undefined {
  if (!plan.words.some((word) => NUMBER_WORDS.test(word))) return undefined;
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
