// The parser's own messages in the words of people who did not write a parser.
import type { BothLanguages } from "../domain/text.ts";

const TOKENS: Readonly<Record<string, BothLanguages>> = {
  EOF: { ru: "конец выражения", en: "the end of the expression" },
  LPAREN: { ru: "«(»", en: '"("' },
  RPAREN: { ru: "«)»", en: '")"' },
  LBRACKET: { ru: "«[»", en: '"["' },
  RBRACKET: { ru: "«]»", en: '"]"' },
  LBRACE: { ru: "«{»", en: '"{"' },
  RBRACE: { ru: "«}»", en: '"}"' },
  COLON: { ru: "«:»", en: '":"' },
  COMMA: { ru: "«,»", en: '","' },
  DOT: { ru: "«.»", en: '"."' },
  QUESTION: { ru: "«?»", en: '"?"' },
  IDENTIFIER: { ru: "имя", en: "a name" },
  NUMBER: { ru: "число", en: "a number" },
  STRING: { ru: "текст в кавычках", en: "text in quotes" },
  PLUS: { ru: "«+»", en: '"+"' },
  MINUS: { ru: "«-»", en: '"-"' },
  MULTIPLY: { ru: "«*»", en: '"*"' },
  DIVIDE: { ru: "«/»", en: '"/"' },
};

function toTokenName(token: string): BothLanguages {
  return TOKENS[token] ?? { ru: token.toLowerCase(), en: token.toLowerCase() };
}

export function toSyntaxText(code: string, summary: string): BothLanguages {
  const expected = /^Expected (\w+), got (\w+)$/.exec(summary);
  if (expected !== null) {
    const [wanted, found] = [toTokenName(expected[1] ?? ""), toTokenName(expected[2] ?? "")];
    return {
      ru: `Здесь нужно ${wanted.ru}, а стоит ${found.ru}.`,
      en: `Expected ${wanted.en}, found ${found.en}.`,
    };
  }
  const unexpected = /^Unexpected token: (\w+)$/.exec(summary);
  if (unexpected !== null) {
    const found = toTokenName(unexpected[1] ?? "");
    return { ru: `Не ожидалось: ${found.ru}.`, en: `Unexpected: ${found.en}.` };
  }
  if (code === "unexpected_character") return toCharacterText(summary.replace(/^Unexpected character: /, ""));
  if (code === "limit_exceeded")
    return {
      ru: "Выражение слишком велико: разбейте его на шаги set.",
      en: "The expression is too large: split it into set steps.",
    };
  if (code.startsWith("unterminated")) return { ru: "Кавычка не закрыта.", en: "A quote is not closed." };
  return { ru: `Выражение записано неверно (${summary}).`, en: `The expression is not valid (${summary}).` };
}

function toCharacterText(shown: string): BothLanguages {
  const character = shown.replace(/^'(.*)'$/s, "$1");
  if (character === "=")
    return { ru: "Сравнивают двумя знаками: ==.", en: "Comparison is written with two signs: ==." };
  if (character === "&" || character === "|")
    return { ru: "Условия соединяют && и ||.", en: "Conditions are joined with && and ||." };
  if (/\p{Script=Cyrillic}/u.test(character)) {
    return {
      ru: "Имена в выражениях пишутся латиницей; текст берут в кавычки: 'слово'.",
      en: "Names in expressions are Latin; text goes in quotes: 'word'.",
    };
  }
  return { ru: `Лишний знак: ${character}`, en: `Unexpected character: ${character}` };
}
