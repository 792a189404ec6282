// The words before a value that say which end it is ("до" 3 млн, "из" Москвы, "older than" this year). One table per kind of
// value; what stands before months, hours or stretches alone is with their rules.
import type { Role } from "./found.ts";
import type { Phrase } from "./phrase.ts";
import { matchPhrase, toPhrase } from "./phrase.ts";
import type { Sentence } from "./sentence.ts";

export interface Lead {
  readonly phrase: Phrase;
  readonly role: Role | undefined;
}

interface LeadWords {
  readonly start: string;
  readonly end: string;
  readonly neutral: string;
}

function toLeads({ start, end, neutral }: LeadWords): readonly Lead[] {
  const rows = (words: string, role: Role | undefined): Lead[] =>
    words.split("|").map((word) => ({ phrase: toPhrase(word), role }));
  // Longest first: "не дороже" says the opposite of "дороже".
  return [...rows(start, "start"), ...rows(end, "end"), ...rows(neutral, undefined)].sort(
    (a, b) => b.phrase.length - a.phrase.length,
  );
}

export const NUMBER_LEADS = toLeads({
  start:
    "от|более|более чем|больше|больше чем|свыше|дороже|выше|минимум|как минимум|не менее|не менее чем|не меньше|не дешевле|не ниже|начиная от|over|above|from|min|minimum|at least|not less than|no less than|more than|starting at|starting from|greater than|higher than|>|>=|≥",
  end: "до|менее|менее чем|меньше|дешевле|ниже|не более|не более чем|не больше|не дороже|не дороже чем|не выше|не свыше|не превышая|не превышает|не превышающая|максимум|макс|в пределах|лимит|с лимитом|бюджет|бюджет до|с бюджетом|в бюджет|в рамках бюджета|потолок|under|below|down to|up to|upto|max|maximum|at most|within|less than|no more than|not more than|not over|cheaper than|not above|no higher than|not higher than|not exceeding|no greater than|at the most|maximum of|max of|budget|budget of|with a budget of|on a budget of|limit|limit of|cap|capped at|lower than|<|<=|≤",
  neutral:
    "на|за|по|в|с|о|из|для|около|примерно|ровно|порядка|в районе|где то|что то около|плюс минус|somewhere around|circa|approx|на сумму|суммой|в размере|в сумме|стоимостью|ценой|по цене|at|for|of|on|about|around|approximately|roughly|exactly|for about|worth|priced at|at a price of|at the price of|в количестве|объемом|при|при цене|@|x|х|×|*|~",
});

/** Leads that say "this is a price" for a field with `per`. */
export const PRICE_LEADS: ReadonlySet<string> = new Set(
  "по|по цене|при|при цене|at|@|x|х|×|*|priced at|at a price of|at the price of|ценой|стоимостью"
    .split("|")
    .map((words) => toPhrase(words).join(" ")),
);

export const TIME_LEADS = toLeads({
  start: "с|со|от|начиная с|после|позже|from|since|after|starting|starting from|starting on|beginning|as of",
  end: "до|до конца|по|к|ко|созданные до|before|until|till|by|through|prior to|up to|created before|more than",
  neutral:
    "на|в|во|за|период|за период|в период|в течение|on|for|at|in|in the|during|during the|over|over the|of|for the|on the|in the|от даты|на дату|dated|as at|период с",
});

export const PLACE_LEADS = toLeads({
  start:
    "из|с|со|от|из города|я в|мы в|я сейчас в|мы сейчас в|i'm in|we're in|i am in|we are in|from|ex|out of|departing from|departing|leaving from|leaving|flying from|вылет из|отправление из",
  end: "в|во|на|до|в город|в города|to|into|towards|arriving in|arriving at",
  neutral:
    "в городе|по|по всей|во всей|all over|across all|anywhere in|по городу|около|возле|под|рядом с|город|г|для|in|at|near|around|within|for|across|по региону|регион|in the city of|city of",
});

/** How the sides of a currency conversion are named. */
export const CHOICE_LEADS = toLeads({
  start: "из|с|со|от|from|sell|продать|меняю",
  end: "в|во|на|к|ко|до|to|into|in|against|vs|versus|купить|buy|for",
  neutral: "по|для|про|of|with|under|by|о|об|и|and|class|класс|the",
});

export interface LeadFound {
  readonly start: number;
  readonly role: Role | undefined;
  readonly phrase: Phrase;
}

/** The longest lead that ends where the value starts. */
export function findLead(
  sentence: Sentence,
  valueStart: number,
  leads: readonly Lead[],
): LeadFound | undefined {
  for (const { phrase, role } of leads) {
    const start = valueStart - phrase.length;
    if (start >= 0 && matchPhrase(sentence, start, phrase) === valueStart) return { start, role, phrase };
  }
  return undefined;
}
