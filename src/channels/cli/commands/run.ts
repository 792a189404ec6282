// `run` and `run-skill`: the two ways to start a run, with the same flags.
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, type Given, type Option, toSentence, toWord } from "../command.ts";
import { carryOutPlan } from "../run/carry-out-plan.ts";
import { converse } from "../run/converse.ts";
import { finish } from "../run/finish.ts";
import { type Target, toWish } from "../run/wish.ts";
import { Complaint, type Shell, toSpeaking, toView } from "../shell.ts";

const RUN_OPTIONS: readonly Option[] = [
  {
    flags: "--execute",
    summary: {
      en: "carry out a plan that changes or deletes (a plan that only reads runs anyway)",
      ru: "выполнить план, который изменяет или удаляет (план, который только читает, выполняется и так)",
    },
  },
  {
    flags: "--dry-run",
    summary: {
      en: "show what would be read, written and deleted; change nothing",
      ru: "показать, что будет прочитано, записано и удалено; ничего не менять",
    },
  },
  {
    flags: "--plan-path <file>",
    summary: {
      en: "with --dry-run: write the plan there; with --execute: do exactly that plan",
      ru: "с --dry-run: записать план сюда; с --execute: выполнить именно этот план",
    },
  },
  {
    flags: "--approval <word>",
    summary: {
      en: 'answer the question beforehand: "approved"',
      ru: "ответить на вопрос заранее: «approved»",
    },
  },
  {
    flags: "--approval-token <token>",
    summary: {
      en: "the operator's token, where SKILLOS_APPROVAL_TOKEN is set",
      ru: "токен оператора, если задан SKILLOS_APPROVAL_TOKEN",
    },
  },
  {
    flags: "--set <name=value>",
    summary: {
      en: "give a value by name (@file for a file); may be repeated",
      ru: "задать значение по имени (@файл для файла); можно повторять",
    },
    many: true,
  },
  {
    flags: "--file <file>",
    summary: { en: "a file that the request is about", ru: "файл, о котором запрос" },
  },
  {
    flags: "--async",
    summary: { en: "answer at once with the run's id", ru: "ответить сразу, только именем запуска" },
  },
  {
    flags: "--practice",
    summary: {
      en: "practice data only: nothing leaves this computer",
      ru: "только учебные данные: ничего не уходит с этого компьютера",
    },
  },
  {
    flags: "--allow-stale",
    summary: {
      en: "accept saved answers when a source does not answer",
      ru: "взять сохранённый ответ, если источник не отвечает",
    },
  },
  {
    flags: "--record <file>",
    summary: {
      en: "keep what the services answered as a fixture",
      ru: "сохранить ответы служб как образец для тестов",
    },
  },
  {
    flags: "--debug",
    summary: { en: "show every step with its value", ru: "показать каждый шаг и его значение" },
  },
  {
    flags: "--profile",
    summary: { en: "show the steps, slowest first", ru: "показать шаги, самые долгие сначала" },
  },
  {
    flags: "--trace",
    summary: { en: "show the steps and every effect", ru: "показать шаги и каждое действие" },
  },
];

async function runTarget(target: Target, given: Given, listening: Shell): Promise<number> {
  const wish = await toWish(target, given, listening);
  const shell = toSpeaking(listening, wish.locale);
  if (wish.planPath === null || wish.isDryRun) return finish(await converse(wish, shell), wish, shell);
  if (!wish.isExecute) throw new Complaint(({ planPathAlone }) => planPathAlone());
  const outcome = await carryOutPlan(wish.planPath, wish, shell);
  if ("declined" in outcome) {
    shell.screen.show([toView(shell).words.declined]);
    return EXIT_CODES.forbidden;
  }
  const { answer, body } = outcome;
  return finish({ answer, body, told: answer.body, wasAsked: true }, { ...wish, planPath: null }, shell);
}

export const run: Command = {
  name: "run",
  summary: {
    en: "find the skill that a sentence means and run it",
    ru: "найти навык, о котором фраза, и запустить его",
  },
  words: "<request...>",
  options: [
    ...RUN_OPTIONS,
    {
      flags: "--tag <tag>",
      summary: {
        en: "only skills with this tag; may be repeated",
        ru: "только навыки с этой меткой; можно повторять",
      },
      many: true,
    },
    {
      flags: "--mode <mode>",
      summary: {
        en: "single, pipeline or parallel",
        ru: "single (один), pipeline (по очереди) или parallel (сразу)",
      },
    },
  ],
  examples: [
    {
      en: 'npx skillos run "what do I earn on 40 kg of oysters at 1900 per kg"',
      ru: 'npx skillos run "сколько я заработаю на 40 кг устриц по 1900 за кг"',
    },
    {
      en: 'npx skillos run "delete draft quotes older than this year" --execute --dry-run --plan-path plan.json',
      ru: 'npx skillos run "удали черновики КП старше этого года" --execute --dry-run --plan-path plan.json',
    },
  ],
  async run(given, shell) {
    const query = toSentence(given);
    if (query === "") throw new Complaint(({ emptySentence }) => emptySentence("run"));
    return runTarget({ query, skill: null }, given, shell);
  },
};

export const runSkill: Command = {
  name: "run-skill",
  summary: {
    en: "run one skill by its id; writes and deletes are carried out",
    ru: "запустить навык по имени; запись и удаление выполняются",
  },
  words: "<skill>",
  options: RUN_OPTIONS,
  examples: ["npx skillos run-skill oysters/calculate_margin --set kg=40 --set price=1900"],
  run: (given, shell) => runTarget({ query: null, skill: toWord(given, 0) }, given, shell),
};
