import { expect, it } from "vitest";
import { toFileName } from "./attachments.ts";

it.each([
  ["image.png", "image.png"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Users\\a\\b.xlsx", "b.xlsx"],
  ["счёт №5.pdf", "счёт №5.pdf"],
  ['a"b\r\nc.txt', "a_b__c.txt"],
  [".htaccess", "htaccess"],
  ["..", "file"],
  ["", "file"],
  ["a/", "file"],
])("the name of %j", (given, expected) => {
  expect(toFileName(given)).toBe(expected);
});

it("cuts no sign in half", () => {
  // The last 200 characters begin with the second half of one.
  expect(toFileName(`${"😀".repeat(200)}a.csv`).isWellFormed()).toBe(true);
});
