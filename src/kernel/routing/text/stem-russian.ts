// Snowball's Russian algorithm (snowballstem.org/algorithms/russian) by regular expressions. By hand because the package
// brings 25 languages (868 kB) and is slower; the test holds this one against it.
const VOWEL = /[аеиоуыэюя]/;
const UNTIL_REGION_2 = /^.*?[аеиоуыэюя][^аеиоуыэюя].*?[аеиоуыэюя][^аеиоуыэюя]/;

const GERUND = /(?:[иы]вшись|[иы]вши|[иы]в|(?<=[ая])(?:вшись|вши|в))$/;
const REFLEXIVE = /с[яь]$/;
const ADJECTIVE = /(?:[иы]ми|[ео]го|[ео]му|[еиыо]е|[еиыо]й|[еиыо]м|[иы]х|[ую]ю|ая|яя|[ое]ю)$/;
const PARTICIPLE = /(?:[иы]вш|ующ|(?<=[ая])(?:ем|нн|вш|ющ|щ))$/;
const VERB =
  /(?:ейте|уйте|[иы]л[аио]|ите|ен[аоы]|у[ею]т|[иы]ть|ишь|[еу]й|[иы][лмт]|ен|ят|ую|ю|(?<=[ая])(?:ете|йте|ешь|нно|л[аио]|н[аоы]|ем|ет|ют|ть|[йлн]))$/;
const NOUN = /(?:иями|ями|ами|ией|иям|ием|иях|[еи]и|[ео]в|[иь]е|[еои]й|[яеао]м|[ая]х|[иь][юя]|[аеийоуыьюя])$/;
const SUPERLATIVE = /ейше?$/;

export function toRussianStem(word: string): string {
  const vowel = word.search(VOWEL);
  if (vowel < 0) return word;
  const head = word.slice(0, vowel + 1);
  const ending = dropInflection(word.slice(vowel + 1)).replace(/и$/, "");
  return head + dropLast(dropAbstract(head, ending, word));
}

function dropInflection(region: string): string {
  if (GERUND.test(region)) return region.replace(GERUND, "");
  const plain = region.replace(REFLEXIVE, "");
  if (ADJECTIVE.test(plain)) return plain.replace(ADJECTIVE, "").replace(PARTICIPLE, "");
  if (VERB.test(plain)) return plain.replace(VERB, "");
  return plain.replace(NOUN, "");
}

/** `-ость`, but only far enough into the word: `гость` keeps it. */
function dropAbstract(head: string, region: string, word: string): string {
  const far = UNTIL_REGION_2.exec(word)?.[0].length ?? word.length;
  const at = region.search(/ость?$/);
  return at >= 0 && head.length + at >= far ? region.slice(0, at) : region;
}

function dropLast(region: string): string {
  const plain = region.replace(SUPERLATIVE, "");
  if (plain.endsWith("нн")) return plain.slice(0, -1);
  return plain === region ? region.replace(/ь$/, "") : plain;
}
