import { expect, it } from "vitest";
import { holdsBack } from "./holding-back.ts";

it.each([
  "не удаляй черновики КП старше 1 июня",
  "пожалуйста, не надо удалять черновики",
  "удали черновики КП, кроме созданных до 1 июня",
  "не записывай расход 500 на такси",
  "don't delete draft quotes older than 1 June",
  "do not ever delete drafts",
  "delete all drafts except Volna",
])("a wish not to: %s", (text) => {
  expect(holdsBack(text)).toBe(true);
});

it.each([
  "удали черновики КП не позднее 1 июня",
  "не забудь записать расход 500 на такси",
  "удали черновики, которые не отправлены",
  "сделай КП для Волны на 40 кг не дороже 1900",
  "don't forget to record 500 for a taxi",
  "delete drafts that were never sent",
])("a wish all the same: %s", (text) => {
  expect(holdsBack(text)).toBe(false);
});
