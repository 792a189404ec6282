// What a request really meant: told, listed, taken back.
import { parseSkillId } from "../../../kernel/domain/id.ts";
import { type Command, toOption, toWord } from "../command.ts";
import { toJsonList, toText } from "../json.ts";
import { Complaint } from "../shell.ts";
import { formatZoned } from "../show/value.ts";
import { showAnswer, toListLines, withZone } from "./show-answer.ts";
import { loadSkillId } from "./skill-id.ts";

export const feedback: Command = {
  name: "feedback",
  summary: {
    en: "say which skill was meant, so that such requests go there",
    ru: "сказать, какой навык имелся в виду: такие запросы пойдут к нему",
  },
  words: "<run-or-skill>",
  options: [
    {
      flags: "--expected-skill-id <skill>",
      summary: { en: "the skill that was meant", ru: "навык, который имелся в виду" },
    },
  ],
  examples: ["npx skillos feedback r-7k2m9x --expected-skill-id oysters/get_pricelist"],
  async run(given, shell) {
    const about = toWord(given, 0);
    const named = toOption(given, "expectedSkillId");
    if (named === "") throw new Complaint(({ whichMeant }) => whichMeant());
    const expected = await loadSkillId(named, shell);
    const isRun = /^(r-|run_)/.test(about);
    const skill = isRun ? null : parseSkillId(about);
    if (!isRun && skill === null) throw new Complaint(({ neitherRunNorSkill }) => neitherRunNorSkill(about));
    const json = { ...(isRun ? { run_id: about } : { skill }), expected_skill_id: expected };
    return showAnswer(await shell.call("POST /feedback", { json }), shell, (body, view) => [
      view.words.learned(expected, toText(body["id"])),
    ]);
  },
};

export const feedbackList: Command = {
  name: "feedback list",
  summary: {
    en: "which requests were said to belong to which skill: yours, for an owner everybody's",
    ru: "какие запросы к какому навыку отнесли: ваши отзывы, владельцу — все",
  },
  run: async (_given, shell) =>
    showAnswer(await withZone(await shell.call("GET /feedback"), shell), shell, (body, view) => {
      const rows = toJsonList(body["feedback"]).map((one) => ({
        ...one,
        at: formatZoned(toText(one["created_at"]), view),
        from: toText(one["skill"]) || "—",
        request: toText(one["query"]) || "—",
        meant: one["expected_skill_id"] ?? "—",
      }));
      return toListLines(rows, ["id", "at", "user", "request", "from", "meant"], view);
    }),
};

export const feedbackRemove: Command = {
  name: "feedback remove",
  summary: {
    en: "take back what was said of a request; routing forgets it",
    ru: "взять отзыв назад: подбор навыка его забудет",
  },
  words: "<feedback>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(`DELETE /feedback/${encodeURIComponent(toWord(given, 0))}`),
      shell,
      (body, view) => [view.words.removed(toText(body["id"]))],
    ),
};
