// What was found in a sentence before anyone decided which field it belongs to.
import type { InputField } from "../../domain/skill.ts";
import type { Locale, Text } from "../../domain/text.ts";
import type { Day } from "../../domain/civil.ts";
import type { Span } from "./sentence.ts";
import type { Unit } from "./units.ts";

export interface ParameterContext {
  /** UTC milliseconds. */
  readonly now: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly locale: Locale;
  /** ISO 4217: the currency of the tenant's own business. */
  readonly currency: string;
  /** What the skill says of itself: its words are what every request to it is about, and nobody's name. */
  readonly topic?: Text | undefined;
  /** Fields that have their values from elsewhere: an amount of the sentence may be one of those. */
  readonly given?: readonly InputField[];
}

/** Which end of a movement or a range: from/min/since/check-in, or to/max/until/check-out. */
export type Role = "start" | "end";

interface FoundBase {
  /** The value itself, without what leads to it. */
  readonly span: Span;
  /** The preposition before it ("до", "из", "по"): part of the words shown, and removed from free text. */
  readonly leadStart: number;
  readonly role: Role | undefined;
}

export interface FoundNumber extends FoundBase {
  readonly kind: "number";
  readonly amount: number;
  /** The digits and their scale, without unit and currency. */
  readonly core: Span;
  readonly unit: Unit | undefined;
  readonly currency: string | undefined;
  /** "за кг", "/kg": what the price is per. */
  readonly per: Unit | undefined;
  /** "по 1900", "at 1900": said as a price. */
  readonly isPrice: boolean;
  /** "80 000 за всё", "на сумму 5000": of the whole, not of one. */
  readonly isTotal: boolean;
  /** "из 100 тысяч", "уложиться в 300 тысяч": what it is compared with, and neither a price nor what was paid. */
  readonly isMeasureOf: boolean;
  /** "на 150 тысяч": no price of one. */
  readonly isOn: boolean;
  /** "минус 20 тысяч": added to something or taken away. */
  readonly isDelta: boolean;
  /** One end of "1500-2000", which is no one number. */
  readonly isHalf: boolean;
  /** "№ 1041": a name, not a quantity. */
  readonly isLabel: boolean;
  /** "100 laptops": counts something that no field may know. */
  readonly isCount: boolean;
  /** The word behind has the form of what is counted; "450 кофе" names what was paid for. */
  readonly isPlural: boolean;
  /** ", 10", "около 10", "(10)": said on its own. */
  readonly isApart: boolean;
  /** "Ленина 5", "Bistro 19": bare and right behind a name. */
  readonly isOfName: boolean;
  /** "one", "два": too common a word to be taken without a unit or a cue. */
  readonly isSpelled: boolean;
  /** "3 million": nobody counts guests so. */
  readonly isScaled: boolean;
}

export interface FoundTime extends FoundBase {
  readonly kind: "time";
  readonly from: Day;
  readonly to: Day;
  readonly isRange: boolean;
  /** "10 December", not "in 3 days": its numbers are never quantities. */
  readonly isAbsolute: boolean;
  /** "31.02.2026": looks like a day and is none. */
  readonly isImpossible: boolean;
  /** "closing this week", "срок подачи до пятницы". */
  readonly isDeadline?: boolean;
  /** One of two dates said together: there and back. */
  readonly isPaired?: boolean;
  /** The two halves of a range that was said as two dates. */
  readonly halves: readonly [Span, Span] | undefined;
}

export interface FoundPlace extends FoundBase {
  readonly kind: "place";
  readonly name: string;
  /** In the gazetteer or of a certain shape; otherwise only a capitalised word behind a preposition. */
  readonly isKnown: boolean;
}

export interface FoundChoice extends FoundBase {
  readonly kind: "choice";
  /** Field name -> the value these words mean there. */
  readonly values: ReadonlyMap<string, string>;
}

export interface FoundLiteral extends FoundBase {
  readonly kind: "url" | "file";
  readonly text: string;
}

/** Words of the text fields alone: nothing is found inside them. */
export type Quote = Pick<FoundLiteral, "span" | "text">;

export type Found = FoundNumber | FoundTime | FoundPlace | FoundChoice | FoundLiteral;
