import { describe, expect, it } from "vitest";
import { isMailAddress, type Mail, toEml, toMessageId, toSubject } from "./mail.ts";

const mail = (change: Partial<Mail> = {}): Mail => ({
  to: ["anna@example.com"],
  subject: "Hello",
  text: "One\nTwo",
  messageId: toMessageId("q-1"),
  at: Date.UTC(2026, 8, 5, 7, 8, 9),
  ...change,
});
const headers = (text: string): string => text.slice(0, text.indexOf("\r\n\r\n"));
const body = (text: string): string =>
  Buffer.from(text.slice(text.indexOf("\r\n\r\n")), "base64").toString("utf8");

describe("a mail", () => {
  it("is text that any mail program reads", () => {
    const text = toEml(mail(), "skillos@example.com");
    expect(headers(text)).toContain("Date: Sat, 5 Sep 2026 07:08:09 +0000\r\nFrom: skillos@example.com\r\n");
    expect(headers(text)).toContain("To: anna@example.com\r\nSubject: Hello\r\n");
    expect(body(text)).toBe("One\r\nTwo");
  });

  it("keeps every sign of a long Russian subject, in lines of at most 78", () => {
    const subject = "Нужно ваше согласие: удалить старые черновики КП 🦪🦪 (3 строки), запуск r-9qx4ab";
    const lines = headers(toEml(mail({ subject }), "a@b.ru")).split("\r\n");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(78);
    const at = lines.findIndex((line) => line.startsWith("Subject: "));
    const words = lines.slice(at).filter((line) => line.includes("=?utf-8?B?"));
    const said = words.map((word) => Buffer.from(/B\?(.*)\?=/.exec(word)?.[1] ?? "", "base64").toString());
    expect(said.join("")).toBe(subject);
  });

  it("lets nothing of a subject become a header", () => {
    const subject = toSubject("Yes\r\nBcc: eve@example.com\u0000");
    expect(subject).toBe("Yes Bcc: eve@example.com");
    expect(headers(toEml(mail({ subject: "Yes\r\nBcc: eve@example.com" }), "a@b.ru"))).not.toMatch(/^Bcc/m);
  });

  it("has one id however often it is made, and names nobody by it", () => {
    expect(toMessageId("run:anna@example.com")).toBe(toMessageId("run:anna@example.com"));
    expect(toMessageId("run:anna@example.com")).not.toContain("anna");
  });
});

it.each([
  ["anna@example.com", true],
  ["a.b+c@x-y.example.ru", true],
  ["anna", false],
  ["anna@localhost", false],
  ["Anna <anna@example.com>", false],
  ["a@b.c, d@e.f", false],
  ["a@b.c\r\nBcc: d@e.f", false],
  ["", false],
])("%s is an address: %s", (text, is) => {
  expect(isMailAddress(text)).toBe(is);
});
