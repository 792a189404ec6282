import { describe, expect, it } from "vitest";
import { Fault } from "../../src/kernel/domain/refusal.ts";
import { extractArticle } from "../../src/connectors/http/article.ts";

const URL = "https://news.example.com/a";
const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join(" ");

describe("the readable part of a page", () => {
  it("is the article without navigation, scripts and boxes", async () => {
    const html = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>Oyster farms grow &amp; sell | News</title></head><body>
      <nav><ul><li>Home</li></ul></nav>
      <article><h1>Oyster farms</h1><p>Sold 3,400&nbsp;tonnes, <b>21 percent</b> more.</p><p>${words(50)}</p>
      <aside><p>Read also</p></aside><script>var p = "<p>no</p>";</script><div hidden><p>hidden</p></div><p>Line one<br>line two &mdash; &#1082;&#x433;</p></article>
      <p>Comment below</p><footer><p>Contacts</p></footer></body></html>`;
    const article = await extractArticle(html, URL);
    expect(article.title).toBe("Oyster farms grow & sell | News");
    expect(article.text).toBe(
      `Oyster farms\n\nSold 3,400 tonnes, 21 percent more.\n\n${words(50)}\n\nLine one line two — кг`,
    );
    expect(article).toMatchObject({ url: URL, words: 63, paywalled: false });
  });

  it("is the page's paragraphs where nothing is marked", async () => {
    const article = await extractArticle(
      `<title>x</title><body><header><p>top</p></header><div><p>${words(45)}</p><p>end</p></div>`,
      URL,
    );
    expect(article.text).toBe(`top\n\n${words(45)}\n\nend`);
  });

  it("has nothing where script makes the page", async () => {
    const html =
      '<html><head><title>App</title></head><body><div id="root"></div><script src="/a.js"></script></body></html>';
    expect(await extractArticle(html, URL)).toEqual({
      title: "App",
      text: "",
      url: URL,
      words: 0,
      paywalled: false,
    });
  });

  it.each([
    ['<script type="application/ld+json">{"isAccessibleForFree": "False"}</script>'],
    ['<script type="application/ld+json">{"isAccessibleForFree":false}</script>'],
    ['<div class="article-paywall-box">Subscribe</div>'],
    ['<meta property="article:content_tier" content="locked">'],
  ])("says that it is behind a paywall: %s", async (mark) => {
    expect(
      (
        await extractArticle(
          `<html><head>${mark}</head><body><article><p>Teaser</p></article></body></html>`,
          URL,
        )
      ).paywalled,
    ).toBe(true);
  });

  it("prefers the title made for sharing", async () => {
    const html =
      '<head><meta property="og:title" content="Клин &laquo;А&raquo;"><title>Клин — Сайт</title></head><body><p>x</p></body>';
    expect((await extractArticle(html, URL)).title).toBe("Клин «А»");
  });
});

it.each([["<p>"], ["<div>"], ["<article>"]])(
  "a page of nothing but %s is a fault of the page",
  async (tag) => {
    await expect(extractArticle(tag.repeat(1_000_000), URL)).rejects.toBeInstanceOf(Fault);
  },
);
