import { readFileSync } from "node:fs";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { aFileStore, aRefusal, anIo } from "../../../test/connector-builders.ts";
import type { TenantId } from "../../kernel/domain/id.ts";
import { Refused } from "../../kernel/domain/refusal.ts";
import { createFileCapability } from "./file.ts";
import { tableReader } from "./table-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function readOne(content: Uint8Array, name: string, as?: string) {
  const files = aFileStore();
  const tenant: TenantId = name.startsWith("other's") ? "ten_other" : "ten_test";
  const read = await files.put("ten_test", content, { name, type: "application/octet-stream" });
  return createFileCapability(files)
    .call({ read, as }, null, anIo({ tenant }))
    .then(
      (answer) => answer.value,
      (error: unknown) => (error instanceof Refused ? error.refusal : error),
    );
}

describe("reading", () => {
  it.each([
    ["a.txt", "Счёт", undefined, { name: "a.txt", text: "Счёт" }],
    ["a.txt", "one\ftwo\f\n", "pages", { name: "a.txt", pages: ["one", "two"] }],
    ["a.txt", "", "pages", { name: "a.txt", pages: [] }],
    ["a.csv", "a;b\n1,5;x", undefined, { name: "a.csv", columns: ["a", "b"], rows: [{ a: 1.5, b: "x" }] }],
    ["a.txt", "a\tb\n1\t2", "csv", { name: "a.txt", columns: ["a", "b"], rows: [{ a: 1, b: 2 }] }],
  ])("%s %j as %s", async (...[name, text, as, value]) => {
    expect(await readOne(bytes(text), name, as)).toEqual(value);
  });

  it("tells of a line with a field too many, and how to mend the file", async () => {
    expect(await readOne(bytes("a,b\n1000,50,2\n"), "r.csv")).toMatchObject({
      reason: "bad_request",
      message: {
        en: '"r.csv": line 2 has another number of fields (3) than the first line (2).',
        ru: "«r.csv»: в строке 2 полей 3, а в первой строке 2.",
      },
      mend: { en: expect.stringContaining("in quotes") },
    });
  });

  it("knows a bank statement by its first line, and every page of the sample", async () => {
    const statement = await readOne(readFileSync("samples/expenses_1c.txt"), "bank.txt");
    expect(statement).toMatchObject({ rows: [{ number: "219", amount: 12_800 }, {}, {}, {}, {}, {}] });
    const tender = await readOne(readFileSync("samples/tender.txt"), "tender.txt", "pages");
    expect(tender).toHaveProperty("pages.length", 240);
  });

  it.each([
    ["a.pdf", strToU8("%PDF-1.7"), "text", "It is a PDF"],
    ["a.docx", zipSync({ "a.txt": strToU8("x") }), undefined, "archive or an Office document"],
    ["a.csv", zipSync({ "xl/workbook.xml": strToU8("x") }), undefined, "It is an Excel workbook"],
    ["a.xls", Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), "xlsx", "old Excel"],
    ["a.png", Uint8Array.of(0x89, 0x50, 0, 0), "text", "It is not text"],
  ])("%s is refused with what to do", async (...[name, content, as, message]) => {
    expect(await readOne(content, name, as)).toMatchObject({
      reason: "bad_request",
      message: { en: expect.stringContaining(message), ru: expect.stringMatching(/^«.*»: [А-Я]/) },
      mend: { en: expect.stringMatching(/\.(txt|csv|xlsx)|text/) },
    });
  });

  it("finds nothing of another tenant", async () => {
    expect(await readOne(bytes("x"), "other's.txt", "text")).toEqual({
      reason: "not_found",
      what: "file",
      id: "other's.txt",
    });
  });

  it.each([["samples/tender.txt"], [null], [42]])("%j is no attached file", async (read) => {
    const attempt = createFileCapability(aFileStore()).call({ read }, null, anIo());
    await expect(attempt).rejects.toMatchObject({
      refusal: { reason: "bad_request", mend: { en: expect.stringContaining("--file") } },
    });
  });
});

describe("writing", () => {
  const files = aFileStore();
  const file = createFileCapability(files);
  const request = { write: "quote-1041.csv", rows: [{ number: 1041, total: 1900.5 }] };

  it("makes a table that Excel opens, the same one each time", async () => {
    const first = await file.call(request, null, anIo());
    const again = await file.call(request, null, anIo());
    expect(again).toEqual(first);
    expect(first).toEqual({
      value: { url: expect.stringMatching(/^\/files\/[0-9a-f]{64}$/), name: "quote-1041.csv", size: 30 },
      costMicroUsd: 0,
      total: 1,
    });
    const { url } = first.value as { url: string };
    const stored = await file.call({ read: url, as: "text" }, null, anIo());
    expect(stored.value).toEqual({ name: "quote-1041.csv", text: "number;total\r\n1041;1900,5\r\n" });
  });

  it("is planned before its values are known", async () => {
    expect(file.describe({ write: "quote-${{ base.number }}.csv", rows: "${{ lines }}" }, null)).toEqual({
      class: "write",
      target: "files/quote-${{ base.number }}.csv",
      resend: "deduplicated",
      upperMicroUsd: 0,
    });
    expect(file.describe({ read: "${{ input.file }}", as: "pages" }, null)).toMatchObject({
      class: "read",
      target: "an attached file",
    });
    const preview = await file.preview(request, null, anIo());
    expect(preview).toEqual({
      entities: [
        {
          id: "quote-1041.csv",
          label: "quote-1041.csv, rows: 1",
          after: { rows: 1, content: expect.stringMatching(/^[0-9a-f]{16}$/) },
        },
      ],
      total: 1,
      value: { url: null, name: "quote-1041.csv", size: 0 },
    });
  });

  it.each([
    ["../../etc/passwd", "files/etc-passwd.csv"],
    ["a\r\nSet-Cookie: x", "files/a-Set-Cookie- x.csv"],
    ["Отчёт: ноябрь.CSV", "files/Отчёт- ноябрь.csv"],
    ["", "files/table.csv"],
  ])("%j is stored as %s", (write, target) => {
    expect(file.describe({ write, rows: [] }, null).target).toBe(target);
  });

  it("needs rows", async () => {
    await expect(file.call({ write: "a.csv", rows: "x" }, null, anIo())).rejects.toMatchObject({
      refusal: { reason: "bad_request" },
    });
    expect(aRefusal(() => file.describe({}, null))).toMatchObject({ reason: "bad_request" });
  });
});

describe("tables that people bring", () => {
  it("says what a file is, whatever its name says", () => {
    const workbook = zipSync({ "xl/workbook.xml": strToU8("x") });
    expect(aRefusal(() => tableReader.read(workbook, "csv"))).toMatchObject({
      reason: "bad_request",
      message: {
        en: "It is an Excel workbook, whatever its name says.",
        ru: expect.stringContaining("Excel"),
      },
      mend: { en: "Give it a name that ends in .xlsx, or save it in Excel as CSV UTF-8." },
    });
    expect(aRefusal(() => tableReader.read(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0), "xlsx"))).toMatchObject({
      message: { en: "It is an old Excel or Word file." },
    });
    const utf16 = Uint8Array.of(
      0xff,
      0xfe,
      ...[0x61, 0x3b, 0x62, 0x0a, 0x31, 0x3b, 0x78].flatMap((code) => [code, 0]),
    );
    expect(tableReader.read(utf16, "csv")).toEqual([{ a: 1, b: "x" }]);
  });

  it("reads both kinds", () => {
    expect(tableReader.read(bytes("a;b\n1;x"), "csv")).toEqual([{ a: 1, b: "x" }]);
    expect(aRefusal(() => tableReader.read(bytes("a;b"), "xlsx"))).toMatchObject({
      reason: "bad_request",
      message: { en: expect.stringContaining("Excel") },
    });
  });
});
