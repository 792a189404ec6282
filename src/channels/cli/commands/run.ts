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
    summary: "carry out a plan that writes or deletes (a plan that only reads runs anyway)",
  },
  { flags: "--dry-run", summary: "show what would be read, written and deleted; change nothing" },
  {
    flags: "--plan-path <file>",
    summary: "with --dry-run: write the plan there; with --execute: do exactly that plan",
  },
  { flags: "--approval <word>", summary: 'answer the question beforehand: "approved"' },
  { flags: "--approval-token <token>", summary: "the operator's token, where SKILLOS_APPROVAL_TOKEN is set" },
  {
    flags: "--set <name=value>",
    summary: "give a value by name (@file for a file); may be repeated",
    many: true,
  },
  { flags: "--file <file>", summary: "a file that the request is about" },
  { flags: "--async", summary: "answer at once with the run's id" },
  { flags: "--practice", summary: "practice data only: nothing leaves this computer" },
  { flags: "--allow-stale", summary: "accept saved answers when a source does not answer" },
  { flags: "--record <file>", summary: "keep what the services answered as a fixture" },
  { flags: "--debug", summary: "show every step with its value" },
  { flags: "--profile", summary: "show the steps, slowest first" },
  { flags: "--trace", summary: "show the steps and every effect" },
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
  summary: "find the skill that a sentence means and run it",
  words: "<request...>",
  options: [
    ...RUN_OPTIONS,
    { flags: "--tag <tag>", summary: "only skills with this tag; may be repeated", many: true },
    { flags: "--mode <mode>", summary: "single, pipeline or parallel" },
  ],
  examples: [
    'skillos run "what do I earn on 40 kg of oysters at 1900 per kg"',
    'skillos run "delete draft quotes older than this year" --execute --dry-run --plan-path plan.json',
  ],
  async run(given, shell) {
    const query = toSentence(given);
    if (query === "") throw new Complaint(({ emptySentence }) => emptySentence("run"));
    return runTarget({ query, skill: null }, given, shell);
  },
};

export const runSkill: Command = {
  name: "run-skill",
  summary: "run one skill by its id; writes and deletes are carried out",
  words: "<skill>",
  options: RUN_OPTIONS,
  examples: ["skillos run-skill oysters/calculate_margin --set kg=40 --set price=1900"],
  run: (given, shell) => runTarget({ query: null, skill: toWord(given, 0) }, given, shell),
};
