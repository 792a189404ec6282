import { expect, it } from "vitest";
import { asksOnlyToLook } from "./looking.ts";

it.each([
  "покажи мои КП",
  "Покажите, пожалуйста, черновики",
  "список коммерческих предложений",
  "какие КП висят",
  "дай список черновиков",
  "show me old quotes",
  "please list the unsent quotes",
  "can you show the drafts",
  "what are oyster farms",
  "почему вчера удалились предложения",
  "кто удалил черновики",
  "why did you delete the drafts",
])("%s asks only to look", (text) => expect(asksOnlyToLook(text)).toBe(true));

it.each([
  "удали список старых КП",
  "покажи черновики и удали их",
  "покажите и удалите черновики",
  "which drafts should I delete",
  "delete the list of drafts",
  "сделай КП для Волны",
  "черновики",
  "",
])("%s does not", (text) => expect(asksOnlyToLook(text)).toBe(false));
