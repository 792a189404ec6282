import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isBankStatement, parseBankStatement } from "./bank-statement.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const DOCUMENT = [
  "СекцияДокумент=Платежное поручение",
  "Номер=7",
  "Дата=31.12.2026",
  "Сумма=1234.56",
  "ПлательщикСчет=407028",
  "Плательщик1=ООО «Живая устрица»",
  "Получатель=ИНН 77 ПАО «Связь»",
  "Получатель1=ПАО «Связь»",
  "НазначениеПлатежа1=Счёт = 5",
  "НазначениеПлатежа2=НДС включён",
  "КонецДокумента",
];
const aFile = (...lines: string[]) =>
  bytes(["1CClientBankExchange", "Кодировка=Windows", ...lines].join("\r\n"));

describe("a 1C bank exchange", () => {
  it("is a list of payments", () => {
    expect(parseBankStatement(aFile(...DOCUMENT, "КонецФайла"))).toEqual([
      expect.objectContaining({
        kind: "Платежное поручение",
        number: "7",
        date: "2026-12-31",
        amount: 1234.56,
        payer: "ООО «Живая устрица»",
        payer_account: "407028",
        payee: "ИНН 77 ПАО «Связь»",
        purpose: "Счёт = 5 НДС включён",
        Сумма: "1234.56",
        Дата: "31.12.2026",
        Получатель1: "ПАО «Связь»",
      }),
    ]);
  });

  it("holds no date that there is not", () => {
    const lines = DOCUMENT.map((line) => (line.startsWith("Дата=") ? "Дата=31.02.2026" : line));
    expect(parseBankStatement(aFile(...lines, "КонецФайла"))).toMatchObject([
      { date: null, Дата: "31.02.2026" },
    ]);
  });

  it("arrives in windows-1251", () => {
    const payments = parseBankStatement(readFileSync("samples/expenses_1c.txt"));
    expect(payments.length).toBeGreaterThan(2);
    expect(payments[0]).toMatchObject({
      date: "2026-11-14",
      amount: 12_800,
      payer: "ООО «Живая Устрица»",
      payer_account: "40702810900000012345",
    });
    expect(payments[0]?.["НазначениеПлатежа"]).toContain("Интернет и телефония");
  });

  it("or in DOS letters, when it says so", () => {
    const dos = new Map(
      [...new TextDecoder("ibm866").decode(Uint8Array.from({ length: 256 }, (_, code) => code))].map(
        (letter, code) => [letter, code],
      ),
    );
    const text = [
      "1CClientBankExchange",
      "Кодировка=DOS",
      ...DOCUMENT.slice(0, 4),
      "КонецДокумента",
      "КонецФайла",
      "",
    ].join("\r\n");
    const payments = parseBankStatement(Uint8Array.from([...text], (letter) => dos.get(letter) ?? 63));
    expect(payments[0]).toMatchObject({ kind: "Платежное поручение", amount: 1234.56 });
  });

  it.each([
    ["another text", bytes("a;b\n1;2"), "does not begin with"],
    ["cut inside a document", aFile(...DOCUMENT.slice(0, 5)), "ends inside a document"],
    ["cut between documents", aFile(...DOCUMENT), "does not end with"],
  ])("%s is told", (_, file, why) => {
    expect(() => parseBankStatement(file)).toThrow(
      expect.objectContaining({ code: "invalid_file", message: expect.stringContaining(why) }),
    );
  });

  it("knows itself", () => {
    expect([
      isBankStatement(aFile()),
      isBankStatement(bytes("\ufeff1CClientBankExchange")),
      isBankStatement(bytes("x")),
    ]).toEqual([true, true, false]);
  });
});
