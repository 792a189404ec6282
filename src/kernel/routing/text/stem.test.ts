import snowball from "snowball-stemmers";
import { expect, test } from "vitest";
import { toStem } from "./stem.ts";
import { toRussianStem } from "./stem-russian.ts";

const RUSSIAN = `
посчитай маржу устрицами килограммов сказавшись умывшийся прочитавшими покупающая делаемый скорость гость радостный старейший длинный
найденные бронирование бронировать забронируйте курсы валют рублями доллару тендеров закупками требованиям документах логистике
доставку поставщика прайсом удалите черновики рейсы отелями маршрута статье сводку поиску еду ищу подъезд яблоко ель съешь ая вши
`;

test.each(RUSSIAN.trim().split(/\s+/))("%s has the stem Snowball gives it", (word) => {
  expect(toRussianStem(word)).toBe(snowball.newStemmer("russian").stem(word));
});

test.each([
  ["flights", "flight"],
  ["booking", "book"],
  ["planned", "plan"],
  ["calculate", "calculat"],
  ["calculation", "calculat"],
  ["currencies", "currency"],
  ["boxes", "box"],
  ["bus", "bus"],
  ["string", "string"],
  ["red", "red"],
  ["quickly", "quick"],
])("%s → %s", (word, stem) => {
  expect(toStem(word)).toBe(stem);
});
