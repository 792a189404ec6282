// Russian place names in the cases people use them in. More forms than a grammar allows are made on purpose: an extra form matches nothing.

/** Genitive, dative, accusative, instrumental, prepositional. */
type Cases = readonly [string, string, string, string, string];

function toCases(stem: string, endings: string): Cases {
  const [gen = "", dat = "", acc = "", ins = "", prep = ""] = endings
    .split(" ")
    .map((ending) => (ending === "0" ? stem : stem + ending));
  return [gen, dat, acc, ins, prep];
}

type Rule = readonly [ending: RegExp, cut: number, endings: readonly string[]];

// First that fits. Soft endings have a masculine ("Ярославля") and a feminine row ("Казани").
const RULES: readonly Rule[] = [
  [/(?:ово|ево|ино|ыно)$/, 1, ["а у о ом е", "о о о о о"]],
  [/(?:ье)$/, 1, ["я ю е ем е"]],
  [/ия$/, 1, ["и и ю ей и"]],
  [/(?:ая)$/, 2, ["ой ой ую ой ой"]],
  [/я$/, 1, ["и е ю ей е"]],
  [/[гкхжшчщ]а$/, 1, ["и е у ой е"]],
  [/а$/, 1, ["ы е у ой е"]],
  [/ые$/, 2, ["ых ым ые ыми ых"]],
  [/ие$/, 2, ["их им ие ими их"]],
  [/[бвгджзклмнпрстфхцчшщ][ыи]$/, 1, ["0 ам ы ами ах", "ов ам и ами ах"]],
  [/ний$/, 2, ["его ему ий им ем"]],
  [/(?:ый|ий|ой)$/, 2, ["ого ому ий им ом", "ого ому ый ым ом", "оя ою ой оем ое"]],
  [/й$/, 1, ["я ю й ем е"]],
  [/ец$/, 2, ["ца цу ец цом це"]],
  [/ь$/, 1, ["я ю ь ем е", "и и ь ью и"]],
  [/[бвгджзклмнпрстфхцчшщ]$/, 0, ["а у 0 ом е", "а у 0 ым е"]],
];

const INDECLINABLE =
  /^(?:тольятти|сочи|баку|батуми|тбилиси|хельсинки|дели|майами|алматы|санкт|оаэ|хмао|янао|коми|бали|мумбаи|дубаи|паттайи)$/;

function declineWord(word: string): readonly Cases[] {
  const same: Cases = [word, word, word, word, word];
  const rule = INDECLINABLE.test(word) ? undefined : RULES.find(([ending]) => ending.test(word));
  if (rule === undefined) return [same];
  const [, cut, endings] = rule;
  return endings.map((row) => toCases(word.slice(0, word.length - cut), row));
}

/** Which parts of a name change: "Ростова-на-Дону", "Санкт-Петербурга", "Каменска-Уральского", "Нижнего Новгорода". */
function isDeclined(parts: readonly string[], index: number, isHyphenated: boolean): boolean {
  if (!isHyphenated) return true;
  if (parts.includes("на")) return index === 0;
  return index === parts.length - 1 || (parts.at(-1) ?? "").endsWith("ский");
}

/** All forms of a normalised name, words separated by one space. */
export function toForms(name: string): readonly string[] {
  const isHyphenated = name.includes("-");
  const parts = name.split(/[ -]/);
  let variants: readonly Cases[] = [["", "", "", "", ""]];
  for (const [index, part] of parts.entries()) {
    const next = isDeclined(parts, index, isHyphenated)
      ? declineWord(part)
      : [[part, part, part, part, part] as const];
    variants = variants.flatMap((head) => next.map((tail) => joinCases(head, tail)));
  }
  return [...new Set([parts.join(" "), ...variants.flat()])];
}

function joinCases(head: Cases, tail: Cases): Cases {
  const join = (index: 0 | 1 | 2 | 3 | 4): string => `${head[index]} ${tail[index]}`.trim();
  return [join(0), join(1), join(2), join(3), join(4)];
}
