import { describe, expect, it } from "vitest";
import { decodeFile, decodeText, parseCharset } from "./charset.ts";
import { parseCsv, toCsv } from "./csv.ts";
import { parseFeed } from "./feed.ts";
import { parseAmount, parseNumber } from "./number.ts";
import { Fault } from "../../kernel/domain/refusal.ts";
import { parseXml } from "./xml.ts";

/** The bytes of windows-1251, by asking its decoder what each byte means. */
function to1251(text: string): Uint8Array {
  const upper = new TextDecoder("windows-1251").decode(
    Uint8Array.from({ length: 128 }, (_, index) => index + 128),
  );
  return Uint8Array.from([...text], (letter) =>
    letter < "\u0080" ? letter.charCodeAt(0) : upper.indexOf(letter) + 128,
  );
}
const utf8 = (text: string) => new TextEncoder().encode(text);
const RATES = `<?xml version="1.0" encoding="windows-1251"?>
<ValCurs Date="21.11.2026" name="Foreign Currency Market">
<Valute ID="R01235"><NumCode>840</NumCode><CharCode>USD</CharCode><Nominal>1</Nominal><Name>Доллар США</Name><Value>80,7341</Value></Valute>
<Valute ID="R01820"><NumCode>036</NumCode><CharCode>JPY</CharCode><Nominal>100</Nominal><Name>Иен</Name><Value>51,9450</Value></Valute>
</ValCurs>`;

describe("charset", () => {
  it.each([
    ["named by the content type", to1251("Курс"), "windows-1251", "Курс"],
    [
      "declared by the XML",
      to1251('<?xml version="1.0" encoding="windows-1251"?><a>Курс</a>'),
      null,
      '<?xml version="1.0" encoding="windows-1251"?><a>Курс</a>',
    ],
    [
      "declared by the page",
      to1251('<meta charset="windows-1251"><p>Курс'),
      null,
      '<meta charset="windows-1251"><p>Курс',
    ],
    [
      "the old meta form",
      to1251('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Ы'),
      null,
      '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">Ы',
    ],
    ["a mark wins over a wrong name", utf8("\ufeffКурс"), "windows-1251", "Курс"],
    ["UTF-8 when nothing is said", utf8("Курс"), null, "Курс"],
    ["an unknown name is UTF-8", utf8("Курс"), "x-klingon", "Курс"],
  ])("%s", (...[, bytes, named, text]) => {
    expect(decodeText(bytes, named)).toBe(text);
  });

  it.each([
    ['text/xml; charset="Windows-1251"', "windows-1251"],
    ["text/html;charset=utf-8; x=1", "utf-8"],
    ["text/html", null],
  ])("%s", (type, charset) => {
    expect(parseCharset(type)).toBe(charset);
  });

  it("reads a file without a name for its charset", () => {
    expect([
      decodeFile(to1251("Счёт № 5")),
      decodeFile(utf8("Счёт № 5")),
      decodeFile(utf8("\ufeffСчёт")),
    ]).toEqual(["Счёт № 5", "Счёт № 5", "Счёт"]);
  });
});

describe("numbers", () => {
  it.each([
    ["1 250,00 ₽", 1250],
    ["1\u00a0250 руб.", 1250],
    ["$12.50", 12.5],
    ["5 %", null],
    ["1250", null],
    ["₽", null],
  ])("of money: %s", (text, number) => {
    expect(parseAmount(text)).toBe(number);
  });

  it.each([
    ["12", 12],
    ["-1.5", -1.5],
    ["0,07", 0.07],
    ["1 234,56", 1234.56],
    ["1\u00a0234\u00a0567", 1234567],
    ["−40", -40],
    ["1 234.5", 1234.5],
    ["1,234", 1.234],
    ["12,345,678", null],
    ["007", null],
    ["31.12.2026", null],
    ["40702810900000012345", null],
    ["+7900", null],
    ["1e5", null],
    ["", null],
    ["12 34", null],
  ])("%s", (text, number) => {
    expect(parseNumber(text)).toBe(number);
  });

  it("knows English thousands where commas divide columns", () => {
    expect([
      parseNumber("1,234", "comma"),
      parseNumber("12,345.5", "comma"),
      parseNumber("1,5", "comma"),
    ]).toEqual([1234, 12345.5, 1.5]);
  });
});

describe("XML", () => {
  it("keeps the Bank of Russia's values as they were written", () => {
    expect(parseXml(decodeText(to1251(RATES), null))).toEqual({
      ValCurs: {
        "@Date": "21.11.2026",
        "@name": "Foreign Currency Market",
        Valute: [
          {
            "@ID": "R01235",
            NumCode: "840",
            CharCode: "USD",
            Nominal: "1",
            Name: "Доллар США",
            Value: "80,7341",
          },
          { "@ID": "R01820", NumCode: "036", CharCode: "JPY", Nominal: "100", Name: "Иен", Value: "51,9450" },
        ],
      },
    });
  });

  it("reads entities, character data and attributes with text", () => {
    const text =
      '\ufeff<a x="1 &amp; 2"><b>&#1055;&#x41; &lt;i&gt; &laquo;x&raquo;</b><c k="1"><![CDATA[<i>&amp;</i>]]></c></a>';
    expect(parseXml(text)).toEqual({
      a: { "@x": "1 & 2", b: "ПA <i> «x»", c: { "@k": "1", "#text": "<i>&amp;</i>" } },
    });
  });

  const bomb = `<!DOCTYPE l [<!ENTITY a "${"a".repeat(9_000)}"><!ENTITY b "${"&a;".repeat(100)}"><!ENTITY c "${"&b;".repeat(100)}">]><l>${"&c;".repeat(100)}</l>`;
  it.each([
    ["not closed", "<a><b></a>"],
    ["no XML", "login please"],
    ["two roots", "<a/><b/>"],
    ["a page", "<html><body><p>x<br></body></html>"],
    ["too deep", "<a>".repeat(2_000) + "</a>".repeat(2_000)],
    ["a reserved name", "<a><__proto__>1</__proto__></a>"],
  ])("%s is a fault", (_, text) => {
    expect(() => parseXml(text)).toThrow(expect.objectContaining({ code: "invalid_xml", retry: "never" }));
  });
  it("names some of the tags that are left open, not a million", () => {
    const told = (): string => {
      try {
        return JSON.stringify(parseXml("<a>".repeat(1_000_000)));
      } catch (error) {
        return error instanceof Fault ? error.message : "no fault";
      }
    };
    expect(told()).toMatch(/not valid XML/);
    expect(told().length).toBeLessThan(400);
  });

  it("does not let entities grow", () => {
    let length = 0;
    try {
      length = JSON.stringify(parseXml(bomb)).length;
    } catch (error) {
      expect(error).toMatchObject({ code: "invalid_xml" });
    }
    expect(length).toBeLessThan(1_000_000);
  });
});

describe("feeds", () => {
  it("RSS 2.0", () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Закупки</title>
      <item><title>Аукцион №1</title><link>/epz/1</link><description>&lt;strong&gt;Цена: &lt;/strong&gt;1850000.00&lt;br/&gt;</description>
      <pubDate>Thu, 19 Nov 2026 06:15:00 GMT</pubDate><guid isPermaLink="false">n-1</guid></item></channel></rss>`;
    expect(parseFeed(text)).toEqual({
      title: "Закупки",
      items: [
        {
          title: "Аукцион №1",
          link: "/epz/1",
          description: "<strong>Цена: </strong>1850000.00<br/>",
          published: "2026-11-19T06:15:00.000Z",
          guid: "n-1",
        },
      ],
    });
  });

  it("Atom", () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Blog</title>
      <entry><title type="html">A &amp;amp; B</title><link rel="self" href="https://x.example/self"/><link href="https://x.example/1"/>
      <id>urn:1</id><updated>2026-11-20T10:00:00+03:00</updated><summary>short</summary></entry>
      <entry><title>Two</title><id>urn:2</id><content type="xhtml"><div>long <b>text</b></div></content></entry></feed>`;
    expect(parseFeed(text).items).toEqual([
      {
        title: "A &amp; B",
        link: "https://x.example/1",
        description: "short",
        published: "2026-11-20T07:00:00.000Z",
        guid: "urn:1",
      },
      { title: "Two", link: "", description: "text long", published: null, guid: "urn:2" },
    ]);
  });

  it("RSS 1.0 keeps its items beside the channel", () => {
    const text = `<rdf:RDF><channel><title>Old</title></channel><item><title>x</title><link>u</link><dc:date>2026-11-20</dc:date></item></rdf:RDF>`;
    expect(parseFeed(text)).toEqual({
      title: "Old",
      items: [{ title: "x", link: "u", description: "", published: "2026-11-20T00:00:00.000Z", guid: "u" }],
    });
  });

  it.each([["<rss version='2.0'><channel/></rss>"], ["<rss><channel><title>x</title></channel></rss>"]])(
    "%s has no items",
    (text) => {
      expect(parseFeed(text).items).toEqual([]);
    },
  );

  it("is not any other XML", () => {
    expect(() => parseFeed(RATES)).toThrow("its root is <ValCurs>");
  });
});

describe("CSV", () => {
  it("reads what Excel writes in Russia", () => {
    expect(
      parseCsv(
        '\ufeffДата;Сумма;Счёт;Примечание;Пусто\r\n31.12.2026;"1 234,56";40702810900000012345;"Волна; бистро";\r\n\r\n',
      ),
    ).toEqual({
      columns: ["Дата", "Сумма", "Счёт", "Примечание", "Пусто"],
      rows: [
        {
          Дата: "31.12.2026",
          Сумма: 1234.56,
          Счёт: "40702810900000012345",
          Примечание: "Волна; бистро",
          Пусто: null,
        },
      ],
    });
  });

  it.each([
    ['a,b\n1.5,"1,234"', [{ a: 1.5, b: 1234 }]],
    ["a\tb\n1,5\t007", [{ a: 1.5, b: "007" }]],
    ["a;b\n0,5;2026-01-05", [{ a: 0.5, b: "2026-01-05" }]],
    ["only\n1\n2", [{ only: 1 }, { only: 2 }]],
    ["\n;\na;b\n1;2\n\n;\n", [{ a: 1, b: 2 }]],
    ["a;a;\n1;2;3", [{ a: 1, a_2: 2, column_3: 3 }]],
    ["a;b;c\n1;;", [{ a: 1, b: null, c: null }]],
    ["", []],
  ])("%j", (text, rows) => {
    expect(parseCsv(text).rows).toEqual(rows);
  });

  it.each([
    ["a,b\n1,2\n\n1000,50,3\n", "line 4 has another number of fields (3) than the first line (2)"],
    ['a;b;c\n"x\ny";2;3\n1;2\n', "line 4 has another number of fields (2) than the first line (3)"],
  ])("%j is refused with its line", (text, why) => {
    expect(() => parseCsv(text)).toThrow(expect.objectContaining({ code: "invalid_csv", message: why }));
  });

  const wide = (columns: number) => Array.from({ length: columns }, (_, index) => `c${index}`).join(";");
  it.each([
    ["columns", `${wide(513)}\n1`, "more than 512 columns"],
    ["columns of one name", `${"a;".repeat(200_000)}\n1`, "more than 512 columns"],
    ["rows", `a\n${"1\n".repeat(100_001)}`, "more than 100000 rows"],
    ["cells", `${wide(500)}\n${"1\n".repeat(4_001)}`, "more than 2000000 cells"],
  ])("with too many %s is told before they are made", (_, text, why) => {
    expect(() => parseCsv(text)).toThrow(
      expect.objectContaining({ code: "too_large", retry: "never", message: expect.stringContaining(why) }),
    );
  });

  it("is not written where every row has columns of its own", () => {
    const rows = Array.from({ length: 1_500 }, (_, index) => ({ [`c${index}`]: 1 }));
    expect(() => toCsv(rows)).toThrow(expect.objectContaining({ code: "too_large", retry: "never" }));
  });

  it("says where a quote is missing", () => {
    expect(() => parseCsv('a;b\n1;"x\n')).toThrow(expect.objectContaining({ code: "invalid_csv" }));
  });

  it("writes what Excel opens, and no formulas", () => {
    const rows = [
      { number: 1041, customer: "Bistro; Volna", total: 1900.5, note: "=cmd|x" },
      { number: 1042, extra: null, when: new Date(0), change: -5, phone: "+7 900" },
    ];
    expect(toCsv(rows)).toBe(
      "\ufeffnumber;customer;total;note;extra;when;change;phone\r\n1041;\"Bistro; Volna\";1900,5;'=cmd|x;;;;\r\n1042;;;;;1970-01-01T00:00:00.000Z;-5;'+7 900\r\n",
    );
  });
});
