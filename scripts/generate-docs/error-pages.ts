// docs/errors/<code>.md and docs/exit-codes.md, from the table that the channels use: the pages cannot say anything else.
import { EXIT_CODE_MEANINGS, EXIT_CODES } from "../../src/channels/exit-codes.ts";
import { describeRefusal, REFUSALS } from "../../src/channels/refusals.ts";
import { OTHER_CODES } from "../../src/channels/refusals/more-codes.ts";
import { REFUSAL_PAGES } from "../../src/channels/refusals/pages.ts";
import type { BothLanguages, Locale } from "../../src/kernel/domain/text.ts";
import type { GeneratedFile } from "./write.ts";

const EXAMPLE = {
  requestId: "q-9qx4",
  timeZone: "Europe/Moscow",
  skill: "travel/search_flights",
  changes: 0,
};
const NOTE =
  "<!-- Made by scripts/generate-docs.ts from src/channels/refusals/ and exit-codes.ts. Change it there. -->";

const WORDS = {
  en: {
    means: "What it means",
    why: "Why",
    todo: "What to do",
    example: "Example",
    terminal: "At the terminal",
    json: "Over HTTP",
    exit: "exit code",
    status: "HTTP status",
  },
  ru: {
    means: "Что это значит",
    why: "Почему так",
    todo: "Что делать",
    example: "Пример",
    terminal: "В терминале",
    json: "По HTTP",
    exit: "код завершения",
    status: "статус HTTP",
  },
} as const;

interface PageContent {
  readonly code: string;
  readonly status: number | null;
  readonly exitCode: number;
  readonly means: BothLanguages;
  readonly why: BothLanguages;
  readonly title: BothLanguages;
  readonly detail: BothLanguages;
  readonly fix: BothLanguages;
  /** Null: this is no problem+json. */
  readonly json: string | null;
}

function toRefusalPages(): PageContent[] {
  return Object.values(REFUSAL_PAGES).map(({ means, why, example }) => {
    const [en, ru] = [describeRefusal(example, "en", EXAMPLE), describeRefusal(example, "ru", EXAMPLE)];
    const both = (of: (problem: typeof en) => string): BothLanguages => ({ en: of(en), ru: of(ru) });
    return {
      code: example.reason,
      status: en.status,
      exitCode: REFUSALS[example.reason].exitCode,
      means,
      why,
      title: both((problem) => problem.title),
      detail: both((problem) => problem.detail),
      fix: both((problem) => problem.fix),
      json: JSON.stringify(en, null, 2),
    };
  });
}

function toOtherPages(): PageContent[] {
  return Object.entries(OTHER_CODES).map(([code, page]) => ({ ...page, code, json: null }));
}

function toSection(page: PageContent, locale: Locale): string {
  const words = WORDS[locale];
  const status = page.status === null ? "" : ` · ${words.status} ${page.status}`;
  return `## ${page.title[locale]}

\`${page.code}\`${status} · ${words.exit} ${page.exitCode}

**${words.means}.** ${page.means[locale]}

**${words.why}.** ${page.why[locale]}

**${words.todo}.** ${page.fix[locale].replaceAll("\n", " ")}

**${words.example}**

\`\`\`
✗ ${page.title[locale]}
${page.detail[locale].replaceAll(/^/gm, "  ")}
${page.fix[locale].replaceAll(/^/gm, "  ")}
\`\`\`
`;
}

function toErrorPage(page: PageContent): GeneratedFile {
  const json = page.json === null ? "" : `\n## JSON\n\n\`\`\`json\n${page.json}\n\`\`\`\n`;
  return {
    path: `docs/errors/${page.code}.md`,
    text: `${NOTE}\n# ${page.code}\n\n${toSection(page, "en")}\n${toSection(page, "ru")}${json}`,
  };
}

function toExitCodePage(pages: readonly PageContent[]): GeneratedFile {
  const rows = Object.entries(EXIT_CODE_MEANINGS).map(([name, meaning]) => {
    const number = Object.entries(EXIT_CODES).find(([known]) => known === name)?.[1];
    const codes = pages
      .filter((page) => page.exitCode === number)
      .map(({ code }) => `[${code}](errors/${code}.md)`);
    return `| ${number} | ${meaning.en} | ${meaning.ru} | ${codes.join(", ")} |`;
  });
  const text = `${NOTE}
# Exit codes of \`skillos\`

A number never changes its meaning. Under \`--json\` the same facts stand in the output.

| code | meaning | значение | codes of errors |
|---|---|---|---|
${rows.join("\n")}
`;
  return { path: "docs/exit-codes.md", text };
}

export function toErrorPages(): GeneratedFile[] {
  const pages = [...toRefusalPages(), ...toOtherPages()].sort((left, right) =>
    left.code < right.code ? -1 : 1,
  );
  return [...pages.map(toErrorPage), toExitCodePage(pages)];
}
