// The readable part of a web page. The runtime's own HTML parser does the reading; it exists in workerd only.

import { decodeEntities, XML_NAMES } from "../formats/entities.ts";
import { Fault } from "../../kernel/domain/refusal.ts";

export interface Article {
  readonly title: string;
  readonly text: string;
  readonly url: string;
  readonly words: number;
  readonly paywalled: boolean;
}

const CONTENT = "article, main, [role=main], [itemprop=articleBody]";
const SKIPPED =
  "nav, footer, aside, form, script, style, noscript, template, svg, button, select, dialog, div[hidden], section[hidden]";
const BLOCKS = "h1, h2, h3, h4, p, li, blockquote, pre, td, figcaption";
/** Below this the marked content is a teaser box, and the page's other paragraphs are read too. */
const ENOUGH_WORDS = 40;
const PAYWALL =
  "[class*=paywall], [id*=paywall], meta[name='article:content_tier'][content=locked], meta[property='article:content_tier'][content=locked]";
const NOT_FREE = /"isAccessibleForFree"\s*:\s*("?false"?)/i;

interface Reading {
  title: string;
  ownTitle: string;
  readonly content: string[];
  readonly page: string[];
  inContent: number;
  inSkipped: number;
  openBlocks: number;
  paywalled: boolean;
  data: string;
}

export async function extractArticle(html: string, url: string): Promise<Article> {
  const reading: Reading = {
    title: "",
    ownTitle: "",
    content: [],
    page: [],
    inContent: 0,
    inSkipped: 0,
    openBlocks: 0,
    paywalled: false,
    data: "",
  };
  const page = new Response(html, { headers: { "content-type": "text/html; charset=utf-8" } });
  try {
    await toRewriter(reading).transform(page).arrayBuffer();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault("invalid_page", "never", `the page cannot be read: ${why}`, error);
  }
  const content = toText(reading.content);
  const text = countWords(content) >= ENOUGH_WORDS ? content : toText(reading.page);
  return {
    title: toLine(reading.ownTitle || reading.title),
    text,
    url,
    words: countWords(text),
    paywalled: reading.paywalled || NOT_FREE.test(reading.data),
  };
}

/** Only for elements that have an end tag: the parser throws for the others. */
function whileOpen(element: Element, enter: () => void, leave: () => void): void {
  enter();
  element.onEndTag(leave);
}

function toRewriter(reading: Reading): HTMLRewriter {
  return new HTMLRewriter()
    .on("title", { text: (chunk) => void (reading.inSkipped === 0 && (reading.title += chunk.text)) })
    .on("meta[property='og:title']", {
      element: (element) => void (reading.ownTitle = element.getAttribute("content") ?? ""),
    })
    .on("script[type='application/ld+json']", { text: (chunk) => void (reading.data += chunk.text) })
    .on(PAYWALL, { element: () => void (reading.paywalled = true) })
    .on(CONTENT, {
      element: (element) =>
        whileOpen(
          element,
          () => (reading.inContent += 1),
          () => (reading.inContent -= 1),
        ),
    })
    .on(SKIPPED, {
      element: (element) =>
        whileOpen(
          element,
          () => (reading.inSkipped += 1),
          () => (reading.inSkipped -= 1),
        ),
    })
    .on(BLOCKS, { element: (element) => openBlock(element, reading) })
    .on("br", { element: () => add(reading, "\n") })
    .onDocument({ text: (chunk) => void (reading.openBlocks > 0 && add(reading, chunk.text)) });
}

function openBlock(element: Element, reading: Reading): void {
  add(reading, "\n\n");
  whileOpen(
    element,
    () => (reading.openBlocks += 1),
    () => {
      reading.openBlocks -= 1;
      add(reading, "\n\n");
    },
  );
}

function add(reading: Reading, text: string): void {
  if (reading.inSkipped > 0) return;
  reading.page.push(text);
  if (reading.inContent > 0) reading.content.push(text);
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...XML_NAMES,
  nbsp: " ",
  laquo: "«",
  raquo: "»",
  mdash: "—",
  ndash: "–",
  hellip: "…",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  bdquo: "„",
  copy: "©",
  reg: "®",
  trade: "™",
  deg: "°",
  euro: "€",
  shy: "",
  times: "×",
  minus: "−",
};

function toText(parts: readonly string[]): string {
  const paragraphs = parts.join("").split(/\n{2,}/);
  return paragraphs
    .map(toLine)
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

function toLine(text: string): string {
  return decodeEntities(text, ENTITIES).replace(/\s+/g, " ").trim();
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:[-'’.,][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
