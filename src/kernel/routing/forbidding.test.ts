import { describe, expect, test } from "vitest";
import { buildIndex } from "./build-index.ts";
import { isForbidding } from "./forbidding.ts";
import { normalise, toWords } from "./text/normalise.ts";
import { route } from "./route.ts";

const forbids = (query: string): boolean => isForbidding(toWords(normalise(query)), query);

describe("a request that says what not to do", () => {
  test.each([
    "не удаляй черновики старше 1 июня",
    "Пожалуйста, не удаляйте черновики КП",
    "ни в коем случае не трогай черновики",
    "не надо удалять старые черновики",
    "не нужно отправлять письмо",
    "нельзя удалять черновики до 1 июня",
    "не удалять черновики старше года",
    "не отправь случайно письмо",
    "черновики старше 1 июня не удаляй",
    "черновики старше года удалять не надо",
    "don't delete draft quotes older than 1 June",
    "please don’t delete the drafts",
    "do not delete draft quotes",
    "never delete drafts older than a year",
    "I don't want you to delete the drafts",
    "you must not touch the drafts",
  ])("%s", (query) => {
    expect(forbids(query)).toBe(true);
  });

  test.each([
    "удали старые черновики, но новые не трогай",
    "удали черновики старше года а новые не трогай",
    "не забудь отправить КП клиенту",
    "не забывай присылать курс доллара",
    "не подскажете курс евро",
    "не могли бы вы найти отель в Сочи",
    "не дорогой отель в Сочи",
    "нельзя ли удалить старые черновики",
    "не нашли тендеры на мебель",
    "не знаю, куда поехать на выходные",
    "отель в Сочи, чтобы не переплачивать",
    "don't forget to delete the drafts",
    "I don't know the dollar rate",
    "we don't need draft quotes from last year any more, delete them",
    "don't you have flights to Sochi",
    "delete draft quotes, don't touch the others",
    "quotes that never went out, delete them",
  ])("but not: %s", (query) => {
    expect(forbids(query)).toBe(false);
  });

  test("finds no skill", () => {
    const index = buildIndex([
      {
        id: "oysters/delete_old_quotes",
        description: { ru: "Удалить старые черновики", en: "Delete old drafts" },
        tags: [],
        phrases: { ru: ["удали старые черновики"], en: ["delete old drafts"] },
        inputNames: [],
      },
    ]);
    expect(route(index, "delete old drafts").decision).toBe("match");
    expect(route(index, "don't delete old drafts")).toMatchObject({
      decision: "no_skill_found",
      confidence: 0,
      reason: "the request says what not to do",
    });
  });
});
