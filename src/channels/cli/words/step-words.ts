// What is said of a sentence in which several things are asked.
import type { Locale } from "../../../kernel/domain/text.ts";
import { toRussianCount } from "./count.ts";

export interface StepWords {
  readonly inARow: (count: number, percent: number) => string;
  readonly missingStep: string;
  readonly nobody: string;
  readonly needs: (names: string) => string;
  readonly oneByOne: string;
  readonly theRest: string;
  readonly asOne: string;
  readonly run: (command: string) => string;
}

const en: StepWords = {
  inARow: (count, percent) => `${count} requests in a row, ${percent} % sure of all. Nothing ran.`,
  missingStep: "I have no skill for a step of this. Nothing ran.",
  nobody: "no skill",
  needs: (names) => `asks for ${names}`,
  oneByOne: "One after the other:",
  theRest: "What can be done:",
  asOne: "Or saved as one skill, which this sentence finds from then on:",
  run: (command) => `Run it: ${command}`,
};

const ru: StepWords = {
  inARow: (count, percent) =>
    `Здесь ${toRussianCount(count, ["запрос", "запроса", "запросов"])} подряд, вместе уверенность ${percent} %. Ничего не запускалось.`,
  missingStep: "Для одного из шагов нет навыка. Ничего не запускалось.",
  nobody: "нет навыка",
  needs: (names) => `спросит: ${names}`,
  oneByOne: "По одному:",
  theRest: "Сделать можно:",
  asOne: "Или одним навыком: после сохранения эта фраза его и найдёт:",
  run: (command) => `Запустить: ${command}`,
};

export const STEP_WORDS: Readonly<Record<Locale, StepWords>> = { en, ru };
