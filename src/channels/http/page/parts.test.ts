import { describe, expect, it } from "vitest";
import { toCsv } from "./csv.ts";
import { clip, html } from "./html.ts";
import { decideLanguage } from "./language.ts";
import { isLocalHost, isOwnPost } from "./origin.ts";
import { STYLE } from "./style.ts";
import { toMainTable, toResultParts } from "./tables.ts";

describe("the host of the local server", () => {
  it.each([
    "localhost",
    "localhost:8787",
    "LOCALHOST:1",
    "127.0.0.1",
    "127.0.0.1:8787",
    "[::1]",
    "[::1]:8787",
  ])("%s is this computer", (host) => expect(isLocalHost(host)).toBe(true));
  it.each([
    null,
    "",
    "evil.example",
    "localhost.evil.example",
    "localhost.",
    "evil.localhost",
    "127.0.0.1.nip.io",
    "127.0.0.2",
    "0.0.0.0",
    "[::]",
    "[::1",
    "localhost:8787:1",
    "localhost:",
    "localhost:999999",
    "a@localhost",
    "localhost/x",
    "192.168.0.5:8787",
  ])("%s is not", (host) => expect(isLocalHost(host)).toBe(false));
});

describe("a form post", () => {
  const host = "localhost:8787";
  it.each([
    [{ site: "same-origin", origin: "http://localhost:8787", host }, true],
    [{ site: null, origin: "http://localhost:8787", host }, true],
    [{ site: "same-origin", origin: null, host }, true],
    [{ site: null, origin: null, host }, false],
    [{ site: "cross-site", origin: "http://localhost:8787", host }, false],
    [{ site: "same-site", origin: null, host }, false],
    [{ site: "none", origin: null, host }, false],
    [{ site: "same-origin", origin: "http://localhost:9999", host }, false],
    [{ site: null, origin: "null", host }, false],
    [{ site: null, origin: "file://", host }, false],
    [{ site: null, origin: "http://localhost:8787.evil.example", host }, false],
    [{ site: null, origin: "http://localhost:8787", host: null }, false],
  ])("%o: %s", (headers, isOwn) => expect(isOwnPost(headers)).toBe(isOwn));
});

describe("the language", () => {
  const of = (parameter: string | null, cookie: string | null, accept: string | null) =>
    decideLanguage({ parameter, cookie, accept });
  it.each([
    [of("ru", "skillos_lang=en", "en"), "ru"],
    [of(null, "x=1; skillos_lang=ru", "en"), "ru"],
    [of("xx", "skillos_lang=xx", "ru-RU,ru;q=0.9,en;q=0.8"), "ru"],
    [of(null, null, "en-US,en;q=0.9,ru;q=0.8"), "en"],
    [of(null, null, "de, ru;q=0.3, en;q=0.2"), "ru"],
    [of(null, null, "ru;q=0, en;q=0.1"), "en"],
    [of(null, null, "de"), "en"],
    [of(null, null, null), "en"],
  ])("%s", (found, expected) => expect(found).toBe(expected));
});

describe("html", () => {
  it("escapes every value, lists and nothings included", () => {
    expect(
      html`<p title="${`"'&<>`}">${["<", html`<b>${1}</b>`, null, undefined, false]}</p>`.toString(),
    ).toBe('<p title="&quot;&#39;&amp;&lt;&gt;">&lt;<b>1</b></p>');
  });
  it("does not take an object that says it is escaped for markup", () => {
    const forged = JSON.parse('{"isEscaped":true,"text":"<script>"}');
    expect(() => html`${forged}`.toString()).toThrow("map is not a function");
  });
  it("clips by whole signs", () => {
    expect(clip("🦪🦪🦪", 2)).toBe("🦪…");
    expect(clip("🦪🦪", 2)).toBe("🦪🦪");
  });
});

describe("tables", () => {
  it("finds lists of objects, flat objects and plain values", () => {
    const { facts, tables } = toResultParts({
      n: 1,
      batch: { kg: 2 },
      deep: { a: { b: 1 } },
      codes: ["a", "b"],
      rows: [{ x: 1 }, { y: 2 }],
      none: [],
    });
    expect(facts.map(({ name, path }) => [name, path])).toEqual([
      ["n", "n"],
      ["batch: kg", "batch.kg"],
      ["deep", "deep"],
      ["codes", "codes"],
      ["none", "none"],
    ]);
    expect(tables).toEqual([
      {
        name: "rows",
        columns: [
          { key: "x", path: "rows[].x" },
          { key: "y", path: "rows[].y" },
        ],
        rows: [{ x: 1 }, { y: 2 }],
      },
    ]);
  });
  it.each([null, undefined, "text", 5, [], {}, [1, 2], [{ a: 1 }, "mixed"]])("takes %j", (result) => {
    expect(() => toCsv(toMainTable(result), "en")).not.toThrow();
  });
});

describe("a file for Excel", () => {
  const csv = (row: Record<string, unknown>, locale: "ru" | "en" = "ru"): string =>
    toCsv(
      { name: "", columns: Object.keys(row).map((key) => ({ key, path: key })), rows: [row] },
      locale,
    ).slice(1);
  it("quotes what needs it and keeps formulas harmless", () => {
    expect(
      csv({ a_b: 'x;"y"\nz', f: "=HYPERLINK(1)", g: "+7 916", h: "@x", n: -1.5, t: true, o: null }),
    ).toBe(`a b;f;g;h;n;t;o\r\n"x;""y""\nz";'=HYPERLINK(1);'+7 916;'@x;-1,5;да;\r\n`);
    expect(csv({ n: 1.5 }, "en")).toBe("n\r\n1.5\r\n");
  });
});

describe("colours", () => {
  /** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
  const toLuminance = (hex: string): number => {
    const long = hex.length === 3 ? [...hex].map((one) => one + one).join("") : hex;
    const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
      const share = Number.parseInt(long.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const toContrast = (one: string, other: string): number => {
    const [dark = 0, light = 0] = [toLuminance(one), toLuminance(other)].sort((left, right) => left - right);
    return (light + 0.05) / (dark + 0.05);
  };
  const [light, dark] = [...STYLE.matchAll(/:root\{([^}]*)\}/g)].map(
    ([, rules = ""]) =>
      new Map([...rules.matchAll(/--(\w+):#(\w+)/g)].map(([, name = "", hex = ""]) => [name, hex])),
  );

  it.each([
    ["ink", "bg"],
    ["dim", "bg"],
    ["go", "bg"],
    ["stop", "bg"],
    ["ink", "soft"],
    ["on", "go"],
    ["on", "stop"],
  ])("%s can be read on %s, by day and by night", (text, ground) => {
    for (const scheme of [light, dark])
      expect(toContrast(scheme?.get(text) ?? "", scheme?.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
  });
  it("lines can be seen", () => {
    for (const scheme of [light, dark])
      expect(toContrast(scheme?.get("line") ?? "", scheme?.get("bg") ?? "")).toBeGreaterThanOrEqual(3);
  });
});
