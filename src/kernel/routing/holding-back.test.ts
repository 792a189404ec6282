import { expect, it } from "vitest";
import { holdsBack } from "./holding-back.ts";

it.each([
  "не удаляй черновики КП старше 1 июня",
  "Пожалуйста, не удаляйте черновики КП",
  "пожалуйста, не надо удалять черновики",
  "ни в коем случае не трогай черновики",
  "не нужно отправлять письмо",
  "нельзя удалять черновики до 1 июня",
  "черновики старше 1 июня не удаляй",
  "черновики старше года удалять не надо",
  "удалять черновики нельзя",
  "удали старые черновики, но новые не трогай",
  "удали черновики КП, кроме созданных до 1 июня",
  "не записывай расход 500 на такси",
  "don't delete draft quotes older than 1 June",
  "please don’t delete the drafts",
  "do not ever delete drafts",
  "I don't want you to delete the drafts",
  "you must not touch the drafts",
  "never delete drafts older than a year",
  "delete all drafts except Volna",
  "delete all drafts besides those of Volna",
  "delete all drafts excepting those of Volna",
  "удали все черновики помимо черновиков Волны",
])("a wish not to: %s", (text) => {
  expect(holdsBack(text)).toBe(true);
});

it.each([
  "удали черновики КП не позднее 1 июня",
  "не забудь записать расход 500 на такси",
  "не забывай присылать курс доллара",
  "не могли бы вы найти отель в Сочи",
  "не дорогой отель в Сочи",
  "нельзя ли удалить старые черновики",
  "не нашли тендеры на мебель",
  "не знаю, куда поехать на выходные",
  "удали черновики, которые не отправлены",
  "сделай КП для Волны на 40 кг не дороже 1900",
  "don't forget to record 500 for a taxi",
  "I don't know the dollar rate",
  "don't you have flights to Sochi",
  "quotes that never went out, delete them",
  "delete drafts that were never sent",
])("a wish all the same: %s", (text) => {
  expect(holdsBack(text)).toBe(false);
});
