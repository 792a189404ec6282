// What YAML says about a text that is almost right, in words that mend it. Expressions meet YAML's own signs in a few places;
// each has its own message, because "Nested mappings are not allowed in compact mappings" helps nobody.
import type { BothLanguages } from "../domain/text.ts";
import type { ErrorCode, Node, YAMLError } from "yaml";
import type { FileMistake, Position } from "../domain/refusal.ts";
import { type MistakeWords, type Slip, toMistake } from "./skill-file-mistake.ts";
import { findSlip, type Line, toLine } from "./skill-file-slips.ts";

export function toYamlMistake(
  error: YAMLError,
  text: string,
  toPosition: (offset: number) => Position,
): { mistake: FileMistake; isTrap: boolean } {
  const line = toLine(text, error.pos[0]);
  const trap = findTrap(error.code, line);
  const { offset, ...words } =
    trap ?? findCutBracket(error, text) ?? findSlip(error, text) ?? toPlainSlip(error, line);
  return { mistake: toMistake(toPosition(offset), words), isTrap: trap !== null };
}

/** An expression that meets the signs of YAML. */
function findTrap(code: ErrorCode, line: Line): Slip | null {
  if (code === "TAB_AS_INDENT" || code === "DUPLICATE_KEY") return null;
  const opening = /(^|[\s,[{])\$\{\{/.exec(line.text);
  if (opening === null) return findBareBraces(line);
  const start = opening.index + (opening[1]?.length ?? 0);
  const before = line.text.slice(0, start);
  if (/["']\s*$/.test(before)) return null;
  if (isInFlow(before)) return toFlowTrap(line, start);
  const valueStart = toValueStart(before, start);
  const value = line.text.slice(valueStart).trimEnd();
  if (/^["'|>]/.test(value) || !/:(\s|$)/.test(value)) return null;
  return {
    rule: "unquoted_colon",
    message: {
      ru: "В выражении есть «: », а кавычек вокруг нет.",
      en: 'The expression contains ": " and is not in quotes.',
    },
    mend: { ru: `Напишите ${toQuoted(value)}`, en: `Write ${toQuoted(value)}` },
    offset: line.start + valueStart,
  };
}

/** Inside { } or [ ] of YAML itself: an opening bracket where a value may start, not closed before. */
function isInFlow(before: string): boolean {
  const opened = before.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, "").replace(/\$\{\{.*?\}\}/g, "");
  const opens = opened.match(/[{[]/g)?.length ?? 0;
  const closes = opened.match(/[}\]]/g)?.length ?? 0;
  return opens > closes && /(?:^|[:-])\s+[{[]|^\s*[{[]/.test(opened);
}

function toFlowTrap(line: Line, start: number): Slip {
  const end = line.text.indexOf("}}", start);
  const value = end < 0 ? "${{ … }}" : line.text.slice(start, end + 2);
  return {
    rule: "unquoted_in_braces",
    message: {
      ru: "Внутри { } и [ ] выражение пишется в кавычках.",
      en: "Inside { } and [ ] an expression needs quotes.",
    },
    mend: { ru: `Напишите ${toQuoted(value)}`, en: `Write ${toQuoted(value)}` },
    offset: line.start + start,
  };
}

function findBareBraces(line: Line): Slip | null {
  const bare = /:\s+(\{\{.*\}\})\s*$/.exec(line.text);
  if (bare === null) return null;
  return {
    rule: "bare_braces",
    message: {
      ru: "Выражение начинается с ${{, а здесь только {{.",
      en: "An expression starts with ${{, but here is only {{.",
    },
    mend: { ru: `Напишите $${bare[1]}`, en: `Write $${bare[1]}` },
    offset: line.start + line.text.indexOf("{{"),
  };
}

/** Where the value holding the expression begins: after its key or its dash. */
function toValueStart(before: string, expressionStart: number): number {
  const head = /^\s*(?:- +)*(?:[^\s:'"]+:\s+)?/.exec(before)?.[0] ?? "";
  return Math.min(head.length, expressionStart);
}

/** In the quotes that need no escaping. */
function toQuoted(value: string): string {
  if (!value.includes('"') && !value.includes("\\")) return `"${value}"`;
  return `'${value.replaceAll("'", "''")}'`;
}

/** A " #" inside { } or [ ] takes the closing bracket with it: what YAML misses stands in the comment. */
function findCutBracket(error: YAMLError, text: string): Slip | null {
  if (!/end with a \S$/.test(error.message.split(" at line ")[0] ?? "")) return null;
  const line = toLine(text, text.slice(0, error.pos[0]).trimEnd().length);
  const hash = line.text.search(/ #\S/);
  const before = line.text.slice(0, Math.max(hash, 0));
  if (!isInFlow(before) || /^[^"]*"[^"]*$/.test(before)) return null;
  const start = /[^,:[{]*$/.exec(before)?.index ?? 0;
  const value = `${line.text.slice(start, hash).trim()}${/^[^,\]}]*/.exec(line.text.slice(hash))?.[0].trimEnd() ?? ""}`;
  const offset = line.start + line.text.indexOf(value.split(" #")[0] ?? "", start);
  return { rule: "cut_by_hash", ...toCutWords(value), offset };
}

function toCutWords(whole: string): Pick<MistakeWords, "message" | "mend"> {
  return {
    message: {
      ru: "Текст после « #» YAML считает примечанием: он обрезан.",
      en: 'YAML takes the text after " #" for a comment: it is cut.',
    },
    mend: {
      ru: `Напишите ${toQuoted(whole)} (а если это примечание, поставьте пробел после #)`,
      en: `Write ${toQuoted(whole)} (or, if it is a comment, put a space after the #)`,
    },
  };
}

/** Text after " #" is a comment to YAML and vanishes without an error. Whoever means a comment writes `# so`, not `#so`. */
export function findHashTrap(
  node: Node & { value: unknown; type?: unknown },
  text: string,
  toPosition: (offset: number) => Position,
): FileMistake | null {
  if (node.type !== "PLAIN" || typeof node.value !== "string" || !node.range) return null;
  const opened = node.value.lastIndexOf("${{");
  const isOpen = opened >= 0 && node.value.indexOf("}}", opened) < 0;
  const [start, end] = node.range;
  const cut = (isOpen ? /^\s*(#.*)/ : /^ (#\S.*)/).exec(text.slice(end));
  if (cut === null) return null;
  const whole = `${text.slice(start, end)} ${cut[1]?.trimEnd() ?? ""}`;
  if (!isOpen) return { at: toPosition(start), rule: "cut_by_hash", ...toCutWords(whole) };
  return {
    at: toPosition(start),
    rule: "cut_by_hash",
    message: {
      ru: "Текст после « #» YAML считает примечанием, и выражение обрезано.",
      en: 'YAML takes the text after " #" for a comment, so the expression is cut.',
    },
    mend: { ru: `Напишите ${toQuoted(whole)}`, en: `Write ${toQuoted(whole)}` },
  };
}

const PLAIN_WORDS: Readonly<Partial<Record<ErrorCode, readonly [BothLanguages, BothLanguages]>>> = {
  TAB_AS_INDENT: [
    { ru: "Отступ сделан табуляцией.", en: "The indent is a tab." },
    {
      ru: "Замените табуляцию пробелами (два на уровень).",
      en: "Replace the tab with spaces (two per level).",
    },
  ],
  DUPLICATE_KEY: [
    { ru: "Этот ключ уже есть выше.", en: "This key already stands above." },
    { ru: "Оставьте один из двух.", en: "Keep one of the two." },
  ],
  MISSING_CHAR: [
    {
      ru: "Кавычка, скобка или запятая не закрыта или пропущена.",
      en: "A quote, bracket or comma is missing.",
    },
    { ru: "Закройте её на этой строке или выше.", en: "Close it on this line or above." },
  ],
  BAD_SCALAR_START: [
    { ru: "С этого знака значение начинаться не может.", en: "A value cannot start with this character." },
    { ru: "Возьмите значение в кавычки.", en: "Put the value in quotes." },
  ],
  NON_STRING_KEY: [
    { ru: "Ключом может быть только слово.", en: "A key must be a word." },
    { ru: 'Если это выражение, напишите "${{ … }}".', en: 'If it is an expression, write "${{ … }}".' },
  ],
  TAG_RESOLVE_FAILED: [
    {
      ru: "Знак ! в начале значения для YAML служебный.",
      en: "A ! at the start of a value is special in YAML.",
    },
    { ru: "Возьмите значение в кавычки.", en: "Put the value in quotes." },
  ],
  MULTIPLE_DOCS: [
    {
      ru: "В файле несколько документов (строка ---).",
      en: "The file holds several documents (a line ---).",
    },
    { ru: "Оставьте один документ на файл.", en: "Keep one document per file." },
  ],
};

function toPlainSlip(error: YAMLError, line: Line): Slip {
  const words = toPlainWords(error, line.text);
  return { rule: `yaml_${error.code.toLowerCase()}`, ...words, offset: error.pos[0] };
}

function toPlainWords(error: YAMLError, line: string): Omit<MistakeWords, "rule"> {
  if (error.code === "BLOCK_AS_IMPLICIT_KEY" || error.code === "MULTILINE_IMPLICIT_KEY") {
    const value = /^\s*(?:- +)?[^\s:]+:\s+(.*\S)\s*$/.exec(line)?.[1] ?? line.trim();
    return {
      message: {
        ru: "В значении есть «: », а кавычек вокруг нет.",
        en: 'The value contains ": " and is not in quotes.',
      },
      mend: { ru: `Напишите ${toQuoted(value)}`, en: `Write ${toQuoted(value)}` },
    };
  }
  const known = PLAIN_WORDS[error.code];
  if (known !== undefined) return { message: known[0], mend: known[1] };
  return {
    message: {
      ru: `Здесь текст перестаёт быть YAML (${error.message}).`,
      en: `The text stops being YAML here (${error.message}).`,
    },
    mend: {
      ru: "Проверьте отступы, кавычки и двоеточия на этой строке.",
      en: "Check the indent, quotes and colons of this line.",
    },
  };
}
