import { expect, test } from "vitest";
import { normalise } from "./normalise.ts";
import { mendSlips, toCyrillic, toOtherLayout } from "./slips.ts";

const KNOWN = new Set(["погода", "в", "сочи", "билет", "hello", "world", "цена", "щетка", "юбка"]);
const isKnown = (word: string): boolean => KNOWN.has(word);

test.each([
  ["gjujlf", "погода"],
  [",bktn", "билет"],
  ["ghbdtn", "привет"],
  ["руддщ", "hello"],
])("%s was meant to be %s", (typed, meant) => {
  expect(toOtherLayout(typed)).toBe(meant);
});

test.each([
  ["pogoda", "погода"],
  ["shchetka", "щетка"],
  ["sochi", "сочи"],
  ["yubka", "юбка"],
  ["moy", "мой"],
  ["ty", "ты"],
])("%s sounds like %s", (word, heard) => {
  expect(toCyrillic(word)).toBe(heard);
});

test.each([
  ["gjujlf d cjxb", ["погода", "в", "сочи"]],
  [",bktn", ["билет"]],
  ["руддщ цщкдв", ["hello", "world"]],
  ["pogoda v sochi", ["погода", "v", "сочи"]],
  ["hello world", ["hello", "world"]],
  ["vfibyf hello", ["vfibyf", "hello"]],
  ["ctyf", ["ctyf"]],
  ["", []],
])("%s → %j", (request, words) => {
  expect(mendSlips(normalise(request), isKnown)).toEqual(words);
});
