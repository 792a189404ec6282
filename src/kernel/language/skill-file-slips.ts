// Slips of the hand that YAML reports as something else: a missing space after a colon or a dash, a missing colon or comma, a line
// indented too deep, a quote that closes early or never. Each is told at its own place, with the line as it should be.
import type { BothLanguages } from "../domain/text.ts";
import { CST, type ErrorCode, Lexer, type YAMLError } from "yaml";
import type { Slip } from "./skill-file-mistake.ts";

export interface Line {
  /** Where it starts in the text. */
  readonly start: number;
  readonly text: string;
}

const KEY_TROUBLE: ReadonlySet<ErrorCode> = new Set([
  "BLOCK_AS_IMPLICIT_KEY",
  "MULTILINE_IMPLICIT_KEY",
  "MISSING_CHAR",
]);

export function findSlip(error: YAMLError, text: string): Slip | null {
  const line = toLine(text, error.pos[0]);
  if (/Missing closing ["']quote/.test(error.message)) return toOpenQuote(error, text);
  if (error.message.startsWith("Sequence item without - indicator")) return toTooShallow(error.pos[0], text);
  if (KEY_TROUBLE.has(error.code)) return findKeySlip(error, line, text);
  if (error.code === "BAD_INDENT") return toIndentSlip(error, line, text);
  if (error.code === "BLOCK_IN_FLOW") return toMissingComma(error.pos[0]);
  return error.code === "UNEXPECTED_TOKEN" ? findEndSlip(line, text) : null;
}

export function toLine(text: string, offset: number): Line {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", start);
  return { start, text: text.slice(start, end < 0 ? text.length : end) };
}

function toIndent(line: string): number {
  return line.length - line.trimStart().length;
}

function toWrite(line: string): BothLanguages {
  return { ru: `Напишите ${line}`, en: `Write ${line}` };
}

function findKeySlip(error: YAMLError, line: Line, text: string): Slip | null {
  const at = line.start + toIndent(line.text);
  const dash = /^\s*-([^\s-].*)$/.exec(line.text);
  if (dash)
    return {
      rule: "space_after_dash",
      message: { ru: "После дефиса нет пробела.", en: "There is no space after the dash." },
      mend: toWrite(`- ${dash[1]}`),
      offset: at,
    };
  const tight = /^\s*((?:- +)*[A-Za-z_][\w-]*):((?!\/\/)\S.*)$/.exec(line.text);
  if (tight)
    return {
      rule: "space_after_colon",
      message: { ru: "После двоеточия нет пробела.", en: "There is no space after the colon." },
      mend: toWrite(`${tight[1]}: ${tight[2]}`),
      offset: at,
    };
  const alone = /^\s*((?:- +)*[A-Za-z_][\w-]*)\s*$/.exec(line.text);
  if (alone)
    return {
      rule: "colon_missing",
      message: { ru: "После ключа нет двоеточия.", en: "There is no colon after the key." },
      mend: toWrite(`${alone[1]}:`),
      offset: at,
    };
  return error.code === "BLOCK_AS_IMPLICIT_KEY" ? findTooDeep(line, text) : null;
}

/** A value that ended on its line, and below it a key that would have to belong to it. */
function findTooDeep(line: Line, text: string): Slip | null {
  const value = /^\s*(?:- +)*[^\s:]+:\s+(.*\S)\s*$/.exec(line.text)?.[1];
  if (value === undefined || /:\s/.test(value)) return null;
  const below = findBelow(line, text);
  if (below === null || toIndent(below.text) <= toIndent(line.text)) return null;
  const indent = /^\s*(?:- +)*/.exec(line.text)?.[0].length ?? 0;
  return {
    rule: "indented_too_deep",
    message: {
      ru: "Строка сдвинута глубже, чем строка над ней, а та уже закончена.",
      en: "The line is indented deeper than the one above, which is complete.",
    },
    mend: {
      ru: `Начните её на ${indent === 0 ? "краю строки" : `${indent} пробелах`}, как строку выше: ${below.text.trim()}`,
      en: `Start it ${indent === 0 ? "at the edge" : `after ${indent} spaces`}, like the line above: ${below.text.trim()}`,
    },
    offset: below.start + toIndent(below.text),
  };
}

/** A key that lies between the dash of its list and the keys of its item: YAML takes it for another item. */
function toTooShallow(offset: number, text: string): Slip | null {
  const after = toLine(text, offset);
  const line = after.text.trim() === "" ? findBelow(after, text) : after;
  if (line === null) return null;
  const above = text.slice(0, line.start).trimEnd().split("\n");
  const item = above.findLast((one) => /^\s*- +\S/.test(one)) ?? "";
  const indent = /^\s*(?:- +)+/.exec(item)?.[0].length ?? 0;
  const [here, key] = [toIndent(line.text), item.slice(indent).trim()];
  if (here >= indent || here <= toIndent(item)) return null;
  return {
    rule: "indented_too_little",
    message: {
      ru: `Пробелов перед строкой ${here}, а у начала этого же шага или значения их ${indent}: ${key}`,
      en: `There are ${here} spaces before this line; what it belongs beside starts after ${indent}: ${key}`,
    },
    mend: {
      ru: `Начните её на ${indent} пробелах: ${line.text.trim()}`,
      en: `Start it after ${indent} spaces: ${line.text.trim()}`,
    },
    offset: line.start + here,
  };
}

function findBelow(line: Line, text: string): Line | null {
  for (let start = line.start + line.text.length + 1; start < text.length; ) {
    const below = toLine(text, start);
    if (below.text.trim() !== "") return below;
    start = below.start + below.text.length + 1;
  }
  return null;
}

/** YAML calls a bracket that is never closed a wrong indent, too. */
function toIndentSlip(error: YAMLError, line: Line, text: string): Slip | null {
  const closing = /end with a (\S)$/.exec(error.message)?.[1];
  if (closing !== undefined)
    return {
      rule: "bracket_not_closed",
      message: {
        ru: `Не хватает ${closing}: скобка выше не закрыта.`,
        en: `A ${closing} is missing: the bracket above is not closed.`,
      },
      mend: {
        ru: `Поставьте ${closing} в конце строки выше.`,
        en: `Put ${closing} at the end of the line above.`,
      },
      offset: error.pos[0],
    };
  const above = text.slice(0, line.start).trimEnd().split("\n").at(-1) ?? "";
  const [here, there] = [toIndent(line.text), toIndent(above)];
  return {
    rule: "yaml_bad_indent",
    message: {
      ru: "Отступ не совпадает с соседними строками.",
      en: "The indent does not match the lines around it.",
    },
    mend: {
      ru: `Здесь пробелов: ${here}, строкой выше: ${there}. У того, что стоит рядом, отступ одинаковый.`,
      en: `Spaces here: ${here}, on the line above: ${there}. What belongs side by side has the same indent.`,
    },
    offset: line.start + here,
  };
}

function toMissingComma(offset: number): Slip {
  return {
    rule: "comma_missing",
    message: {
      ru: "Внутри { } и [ ] между значениями нет запятой.",
      en: "Inside { } and [ ] a comma is missing between two values.",
    },
    mend: {
      ru: "Поставьте запятую перед этим местом или в нём: { type: number, unit: kg }",
      en: "Put a comma here or before it: { type: number, unit: kg }",
    },
    offset,
  };
}

/** What stands after the end of a value. */
function findEndSlip(line: Line, text: string): Slip | null {
  const early = /^(\s*(?:- +)*(?:[^\s:]+:\s+)?)(['"])(.*)$/.exec(line.text);
  if (early) {
    const [, before = "", quote = "", rest = ""] = early;
    const bare = rest.trimEnd().replace(/['"]$/, "");
    return {
      rule: "quote_inside",
      message: {
        ru: `Знак ${quote} внутри значения закрывает его раньше времени.`,
        en: `A ${quote} inside the value closes it too early.`,
      },
      mend: toWrite(quote === "'" && !bare.includes('"') ? `"${bare}"` : `'${bare.replaceAll("'", "''")}'`),
      offset: line.start + before.length,
    };
  }
  const special = /^(\s*(?:- +)*(?:[^\s:]+:\s+)?)([*&]\S.*)$/.exec(line.text);
  if (special) {
    const [, before = "", value = ""] = special;
    return {
      rule: "special_start",
      message: {
        ru: `Знак ${value[0]} в начале значения для YAML служебный.`,
        en: `A ${value[0]} at the start of a value is special in YAML.`,
      },
      mend: toWrite(`"${value.trimEnd().replaceAll('"', "'")}"`),
      offset: line.start + before.length,
    };
  }
  const first = text.split("\n").find((one) => one.trim() !== "" && !one.trim().startsWith("#")) ?? "";
  if (toIndent(first) <= toIndent(line.text)) return null;
  return {
    rule: "yaml_bad_indent",
    message: {
      ru: "Отступ не совпадает с первой строкой: та сдвинута.",
      en: "The indent does not match the first line, which is indented.",
    },
    mend: { ru: "Начните обе с края строки.", en: "Start both at the edge." },
    offset: line.start,
  };
}

/** Known only at the end of the file: told where it was opened. */
function toOpenQuote(error: YAMLError, text: string): Slip {
  const offset = findQuoted(text, error.pos[0]) ?? error.pos[0];
  const { text: line } = toLine(text, offset);
  const quote = text[offset] ?? "";
  return {
    rule: "quote_not_closed",
    message: { ru: `Кавычка ${quote} не закрыта.`, en: `The quote ${quote} is never closed.` },
    mend: {
      ru: `Закройте её в конце значения: ${line.trim()}${quote}`,
      en: `Close it at the end of the value: ${line.trim()}${quote}`,
    },
    offset,
  };
}

const MARKS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);

/** Where the value in quotes starts that ends at a place. YAML knows: an apostrophe in a word or a comment opens none. */
function findQuoted(text: string, end: number): number | null {
  let start = 0;
  for (const token of new Lexer().lex(text)) {
    // Marks of the lexer's own stand for nothing of the text.
    if (MARKS.has(token)) continue;
    if (/^["']/.test(token) && start + token.length === end) return start;
    start += token.length;
  }
  return null;
}
