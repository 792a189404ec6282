import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseXlsx } from "./xlsx.ts";

const STYLES = `<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00&quot; days&quot;"/></numFmts>
<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>`;
const WORKBOOK =
  '<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Партии" sheetId="7" r:id="rId3"/><sheet name="x" r:id="rId1"/></sheets></workbook>';
const RELATIONS =
  '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId3" Target="worksheets/Лист.xml"/></Relationships>';
const STRINGS_PART = "xl/sharedStrings.xml";
const STRINGS =
  '<sst><si><t>Партия</t></si><si><r><t>Цена </t></r><r><t>за &#1082;г</t></r></si><si><t xml:space="preserve"> B&amp;B </t><rPh><t>x</t></rPh></si></sst>';

function aWorkbook(rows: string, changes: Readonly<Record<string, string>> = {}): Uint8Array {
  const parts = {
    "xl/workbook.xml": WORKBOOK,
    "xl/_rels/workbook.xml.rels": RELATIONS,
    "xl/styles.xml": STYLES,
    [STRINGS_PART]: STRINGS,
    "xl/worksheets/sheet1.xml": "<worksheet><sheetData/></worksheet>",
    "xl/worksheets/Лист.xml": `<?xml version="1.0"?><worksheet><sheetData>${rows}</sheetData></worksheet>`,
    ...changes,
  };
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])));
}

const HEADER =
  '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="inlineStr"><is><t>Дата</t></is></c></row>';

describe("an Excel file", () => {
  it("is its first sheet, from the first row that is not empty", () => {
    const rows = `<row r="1"/>${HEADER}<row r="3"><c r="A3" t="s"><v>2</v></c><c r="B3" s="3"><v>1150.5</v></c><c r="C3"/><c r="D3" s="2"><v>46344</v></c></row><row r="4"><c r="D4" s="1"/></row>`;
    expect(parseXlsx(aWorkbook(rows))).toEqual({
      columns: ["Партия", "Цена за кг", "column_3", "Дата"],
      rows: [{ Партия: " B&B ", "Цена за кг": 1150.5, column_3: null, Дата: "2026-11-18" }],
    });
  });

  it.each([
    ['<c r="A3"><v>12</v></c>', 12],
    ['<c r="A3" t="n"><v>1.5E3</v></c>', 1500],
    ['<c r="A3" s="1"><v>46344</v></c>', "2026-11-18"],
    ['<c r="A3" s="4"><v>46344.395833333336</v></c>', "2026-11-18T09:30:00"],
    ['<c r="A3" s="5"><v>0.395833333333333</v></c>', "09:30:00"],
    ['<c r="A3" s="3"><v>5</v></c>', 5],
    ['<c r="A3" t="b"><v>1</v></c>', 1],
    ['<c r="A3" t="str"><f>A1&amp;"x"</f><v>007 &lt;x&gt;</v></c>', "007 <x>"],
    ['<c r="A3" t="e"><v>#DIV/0!</v></c><c r="B3"><v>1</v></c>', null],
    ['<c r="A3"><v/></c><c r="B3"><v>1</v></c>', null],
    ['<c r="A3"><v>1</v></c><c r="ZZZ3"><v>beside the header</v></c>', 1],
    ['<c t="inlineStr"><is><t>without address</t></is></c>', "without address"],
  ])("%s", (cell, value) => {
    expect(parseXlsx(aWorkbook(`${HEADER}<row r="3">${cell}</row>`)).rows[0]?.["Партия"]).toBe(value);
  });

  it("counts days from 1904 where the workbook does", () => {
    const changes = { "xl/workbook.xml": WORKBOOK.replace("<workbookPr/>", '<workbookPr date1904="1"/>') };
    const rows = `${HEADER}<row r="3"><c r="A3" s="1"><v>44882</v></c></row>`;
    expect(parseXlsx(aWorkbook(rows, changes)).rows[0]?.["Партия"]).toBe("2026-11-18");
  });

  it("may be written with prefixes", () => {
    const prefix = (text: string) => text.replace(/<(\/?)(?=[a-z])/gi, "<$1x:");
    const rows = prefix(`${HEADER}<row r="3"><c r="A3"><v>1</v></c></row>`);
    const changes = {
      "xl/workbook.xml": prefix(WORKBOOK),
      [STRINGS_PART]: prefix(STRINGS),
      "xl/styles.xml": prefix(STYLES),
    };
    expect(parseXlsx(aWorkbook(rows, changes)).rows).toEqual([
      { Партия: 1, "Цена за кг": null, column_3: null, Дата: null },
    ]);
  });

  it.each([
    ["not an archive", new TextEncoder().encode("a;b\n1;2"), "it is not an .xlsx archive"],
    ["cut", aWorkbook(HEADER).subarray(0, 300), "it is not an .xlsx archive"],
    ["another archive", zipSync({ "a.txt": strToU8("x") }), "xl/workbook.xml is missing"],
    [
      "no sheet",
      aWorkbook(HEADER, { "xl/_rels/workbook.xml.rels": "<Relationships/>", "xl/worksheets/sheet1.xml": "" }),
      "it has no sheet",
    ],
    ["a column too far", aWorkbook('<row><c r="ZZZ1"><v>1</v></c></row>'), "more than 512 columns"],
    ["a row that does not end", aWorkbook(`${HEADER}<row><c/>`), "<row> is not closed"],
    ["a bomb", aWorkbook(" ".repeat(51 * 1024 * 1024)), "more than 50 MB"],
  ])("%s is told", (_, bytes, why) => {
    expect(() => parseXlsx(bytes)).toThrow(
      expect.objectContaining({ retry: "never", message: expect.stringContaining(why) }),
    );
  });

  // Looking for each end from each start, one of these would take minutes.
  const MANY = 200_000;
  it.each([
    ["rows", aWorkbook("<row>".repeat(MANY)), "<row> is not closed"],
    ["starts of rows", aWorkbook("<row ".repeat(MANY)), "<row> is not closed"],
    ["cells", aWorkbook(`<row>${"<c>".repeat(MANY)}</row>`), "<c> is not closed"],
    ["values", aWorkbook(`<row><c>${"<v>".repeat(MANY)}</c></row>`), "<v> is not closed"],
    [
      "texts",
      aWorkbook(HEADER, { [STRINGS_PART]: `<sst><si>${"<t>".repeat(MANY)}</si></sst>` }),
      "<t> is not",
    ],
    [
      "hints",
      aWorkbook(HEADER, { [STRINGS_PART]: `<sst><si>${"<rPh>".repeat(MANY)}</si></sst>` }),
      "<rPh> is not",
    ],
    ["strings", aWorkbook(HEADER, { [STRINGS_PART]: "<si>".repeat(MANY) }), "<si> is not closed"],
    [
      "cells by far columns",
      aWorkbook('<row><c r="SR1"><v>1</v></c></row>'.repeat(4_000)),
      "more than 2000000 cells",
    ],
    [
      "text by the same string",
      aWorkbook(`<row>${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`, {
        [STRINGS_PART]: `<sst><si><t>${"x".repeat(600_000)}</t></si></sst>`,
      }),
      "more than 50 MB of text",
    ],
  ])("of too many %s is told at once", (_, bytes, why) => {
    expect(() => parseXlsx(bytes)).toThrow(
      expect.objectContaining({ retry: "never", message: expect.stringContaining(why) }),
    );
  });

  it("takes a number format longer than Excel's own for no date", () => {
    const long = STYLES.replace("dd\\.mm\\.yyyy", "[".repeat(MANY));
    const rows = `${HEADER}<row r="3"><c r="A3" s="2"><v>46344</v></c></row>`;
    expect(parseXlsx(aWorkbook(rows, { "xl/styles.xml": long })).rows[0]?.["Партия"]).toBe(46344);
  });
});
