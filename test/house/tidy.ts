// Habits that a linter does not know: one row per habit, a pattern, and the mend.
import { isProductCode, type SourceFile } from "./sources.ts";

interface Habit {
  readonly name: string;
  readonly applies: (path: string) => boolean;
  /** Matched against the text, or against the path where `inPath` says so. */
  readonly pattern: RegExp;
  readonly inPath?: true;
  readonly mend: string;
}

const isCode = (path: string): boolean =>
  /^(src|durable-objects|scripts|test)\/.*\.(tsx?|mjs|js)$/.test(path);
const isProduct = (path: string): boolean =>
  /^(src|durable-objects|scripts)\//.test(path) && isCode(path) && !path.endsWith(".test.ts");
const isHouse = (path: string): boolean => path.startsWith("test/house/");
const isOurs = (path: string): boolean => isCode(path) && !isHouse(path);
const isText = (path: string): boolean =>
  !isHouse(path) && !/\.(png|jpe?g|xlsx|pdf|wasm|bin|ico|woff2?)$/.test(path);

/** Kinds of step whose names mean nothing else here (`skill` and `file` are kinds of document too). */
const STEP_KINDS = "set|http|sql|vector|llm|agent|code|parallel|foreach|decide|form|wait|message|mcp|shell";

export const HABITS: readonly Habit[] = [
  {
    name: "vague file name",
    applies: isOurs,
    inPath: true,
    pattern: /(^|[-/.])(utils?|helpers?|managers?|services?|misc|handler2)(?=[-/.])/i,
    mend: "name the file after the one thing it does",
  },
  {
    name: "vague name",
    applies: isProduct,
    pattern:
      /\b(?:const|let|function|class|interface|type)\s+(?:\w*(?:Utils?|Helpers?|Manager|Service)|utils?|helpers?|manager|service)\b/g,
    mend: "name it after what it does",
  },
  {
    name: "shortened name",
    applies: isProduct,
    pattern: /(?:\b(?:const|let|function)\s+|[(,{]\s*)(?:req|res|cfg|opts|ctx|msg)\b(?=\s*[:=,)}])/g,
    mend: "write the word",
  },
  {
    name: "open end",
    applies: isOurs,
    pattern: /\b(?:TODO|FIXME)\b/g,
    mend: "do it, or write a decision",
  },
  {
    name: "question of a step's kind",
    applies: (path) => isProduct(path) && path.startsWith("src/") && !path.startsWith("src/steps/"),
    pattern: new RegExp(
      String.raw`\bstep\??\.kind\s*[!=]==|[!=]==\s*step\.kind\b|\bswitch\s*\(\s*step\??\.kind\s*\)|\bkind\s*[!=]==\s*"(?:${STEP_KINDS})"`,
      "g",
    ),
    mend: "shared code never asks which kind: make it a property of the kind",
  },
  {
    name: "spelling",
    applies: isOurs,
    pattern: /\bcancel(?:ed|ing|ation_ed)\b/gi,
    mend: "cancelled, cancelling",
  },
  {
    name: "computed import",
    applies: isProductCode,
    pattern: /\bimport\(\s*(?!["'])/g,
    mend: "write the path as a string: the layer check reads it",
  },
  {
    name: "registry host",
    applies: isText,
    pattern:
      /\/\/[\w.-]*\b(?:registry|artifactory|nexus|verdaccio)\b[\w-]*\.[\w.-]+|^\s*(?:@[\w-]+:)?registry\s*=/gm,
    mend: "registries belong to the machine, not to the project",
  },
  {
    name: "machine path",
    applies: isText,
    pattern: /(?<![\w.:/~)}-])\/(?:home|Users|root|work)\/[\w.-]+|\b[A-Z]:\\Users\\/g,
    mend: "paths start at the root of the project",
  },
  {
    name: "page outside the repository",
    applies: isOurs,
    pattern: /\b(?:DESIGN|EXPERIENCE|RELIABILITY|PLATFORM)(?:\.md| section)\b/g,
    mend: "write the reason itself: whoever reads this has no such page",
  },
  {
    name: "barrel",
    applies: (path) => /(^|\/)index\.tsx?$/.test(path) && isProduct(path),
    pattern: /^\s*export\s+(?:type\s+)?(?:\*|\{[^}]*\})\s*(?:as\s+\w+\s*)?from\b/gm,
    mend: "an index.ts is a list, never a way around a path",
  },
  {
    name: "clock or chance in the kernel",
    applies: (path) => isProduct(path) && path.startsWith("src/kernel/"),
    pattern:
      /\bnew Date\(\s*\)|\bDate\.now\b|\bDate\(\s*\)|\bperformance\.now\b|\bMath\.random\b|\brandomUUID\b|\bgetRandomValues\b/g,
    mend: "time and chance are arguments",
  },
];

const lineOf = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** `path:line habit: what it found. Mend.` */
export function findUntidy(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    HABITS.filter(({ applies }) => applies(path)).flatMap(({ name, pattern, inPath, mend }) => {
      if (inPath) return pattern.test(path) ? [`${path} ${name}: ${mend}`] : [];
      return [...text.matchAll(pattern)].map(
        (match) => `${path}:${lineOf(text, match.index)} ${name} "${match[0].trim()}": ${mend}`,
      );
    }),
  );
}
