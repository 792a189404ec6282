import { expect, it } from "vitest";
import { findAskedOfItself } from "./asked-of-itself.ts";

it.each([
  "помощь",
  "Что ты умеешь?",
  "что умеешь",
  "что вы можете делать?",
  "привет!",
  "help",
  "What can you do?",
  "what can I ask",
])("%s asks what it can do", (query) => {
  expect(findAskedOfItself(query)?.about).toBe("help");
});

it.each([
  "отмени последний расход",
  "верни удалённые предложения",
  "undo the last expense",
  "Restore the quotes",
])("%s wants something undone", (query) => {
  expect(findAskedOfItself(query)).toMatchObject({
    about: "past",
    hint: { en: expect.stringContaining("cannot be undone"), ru: expect.stringContaining("отменить нельзя") },
  });
});

it.each([
  "покажи, что я делал сегодня",
  "что мы сделали вчера",
  "почему вчера удалились предложения",
  "what did I do today",
  "why were the quotes deleted",
  "show my history",
])("%s looks back", (query) => {
  expect(findAskedOfItself(query)).toMatchObject({
    about: "past",
    hint: { en: expect.stringContaining("`skillos runs`") },
  });
});

it.each([
  "помощь по дому: 500 рублей",
  "отмените",
  "what can you do for 500 rub",
  "привет от Моржа, 20 кг",
  null,
  "",
])("%s does not", (query) => {
  expect(findAskedOfItself(query)).toBeNull();
});
