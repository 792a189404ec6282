// Making and checking skills: `add-skill`, `validate`, `test`, `deprecate-skill`, `undeprecate-skill`.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseSkillId, type SkillId } from "../../../kernel/domain/id.ts";
import type { FileMistake, Position } from "../../../kernel/domain/refusal.ts";
import { toPlain } from "../../../kernel/domain/text.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Answer, isGood } from "../client.ts";
import { type Command, type Option, hasOption, toOption, toWord } from "../command.ts";
import { toScaffold } from "../files/scaffold.ts";
import { toShownPath } from "../files/shown-path.ts";
import { loadTestFiles } from "../files/test-files.ts";
import { type Json, toField, toJson, toJsonList, toList, toText } from "../json.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import { withNpx } from "../show/problem.ts";
import type { View } from "../show/view.ts";
import { showAnswer } from "./show-answer.ts";
import { loadSkillId, toNewSkill } from "./skill-id.ts";

export const addSkill: Command = {
  name: "add-skill",
  summary: {
    en: "make a new skill that runs as it stands, with phrases and a test",
    ru: "создать навык, который уже работает, с фразами и тестом",
  },
  words: "<skill>",
  examples: ["npx skillos add-skill oysters/count_boxes"],
  async run(given, shell) {
    const { id, base } = toNewSkill(toWord(given, 0), shell);
    const scaffold = toScaffold(id.split("/")[1] ?? id);
    mkdirSync(dirname(base), { recursive: true });
    const files = [
      [`${base}.phrases.yaml`, scaffold.phrases],
      [`${base}.test.yaml`, scaffold.test],
      [`${base}.yaml`, scaffold.skill],
    ] as const;
    for (const [path, text] of files) writeFileSync(path, text);
    const made = files.map(([path]) => toShownPath(path, shell.place.cwd));
    const view = toView(shell);
    shell.screen.show(
      shell.isJson
        ? [JSON.stringify({ id, files: made }, null, 2)]
        : [...made.map(view.words.made), `npx skillos test ${id}`],
    );
    return EXIT_CODES.ok;
  },
};

export const validate: Command = {
  name: "validate",
  aliases: ["validate-skills"],
  summary: {
    en: "check every skill, connector and fixture file; needs no server",
    ru: "проверить все файлы навыков, коннекторов и образцов; сервер не нужен",
  },
  options: [
    {
      flags: "--check-entrypoints",
      summary: {
        en: "also that every connector, secret, child skill and model named exists",
        ru: "и что есть каждый названный коннектор, ключ, вложенный навык и модель",
      },
    },
  ],
  async run(given, shell) {
    const view = toView(shell);
    // Loaded when it is needed: the parser of skill files is most of this program.
    const { checkSkillFiles } = await import("../files/skill-files.ts");
    const checked = checkSkillFiles(shell);
    const problems = checked.mistakes.map((mistake) => toProblem(mistake, shell));
    const isAsked = hasOption(given, "checkEntrypoints");
    const findings = isAsked && problems.length === 0 ? await loadFindings(shell) : [];
    // The server knows what there is; without it, what the files say.
    const doubts = isAsked ? [] : checked.doubts.map((doubt) => toProblem(doubt, shell));
    const wrong = problems.length + findings.filter((finding) => finding["severity"] === "error").length;
    if (shell.isJson)
      shell.screen.show([
        JSON.stringify({ valid: wrong === 0, skills: checked.skills, problems, doubts, findings }, null, 2),
      ]);
    else {
      const told = [
        ...[...problems, ...doubts].flatMap((problem) => toProblemText(problem, view)),
        ...findings.map((finding) => toFindingText(finding, view)),
      ];
      shell.screen.show([
        ...told,
        wrong === 0 ? view.words.fine(view.words.skillsValid(checked.skills)) : view.words.mistakes(wrong),
      ]);
    }
    return wrong === 0 ? EXIT_CODES.ok : EXIT_CODES.failed;
  },
};

function toProblem({ at, rule, message, mend }: FileMistake, shell: Shell): Json {
  return {
    ...toPlace(at, shell),
    rule,
    message: toPlain(message, shell.locale),
    fix: toPlain(mend, shell.locale),
  };
}

function toPlace({ file, line, column }: Position, shell: Shell): Json {
  return { file: toShownPath(join(shell.place.skillsDir, file), shell.place.cwd), line, column };
}

function toProblemText(problem: Json, view: View): readonly string[] {
  return [
    `${view.paint("bold", toPlaceText(problem))}  ${toText(problem["message"])}`,
    `  ${toText(problem["fix"])}`,
  ];
}

function toPlaceText(problem: Json): string {
  return [problem["file"], problem["line"], problem["column"]]
    .map(toText)
    .filter((part) => part !== "")
    .join(":");
}

function toFindingText(finding: Json, view: View): string {
  const place = toPlaceText(finding);
  const where = place === "" ? "" : `${view.paint("bold", place)}  `;
  return `${finding["severity"] === "error" ? view.paint("red", "✗") : view.paint("yellow", "!")} ${where}${toText(finding["skill"])} ${withNpx(toText(finding["message"]))}`;
}

async function loadFindings(shell: Shell): Promise<readonly Json[]> {
  const answer = await shell.call("POST /validate", { json: { check_entrypoints: true } });
  if (isGood(answer)) {
    const { findNamed } = await import("../files/named-in-skill.ts");
    return toJsonList(answer.body["findings"]).map((finding) => {
      const [skill, names] = [toText(finding["skill"]), toText(finding["names"])];
      const at = names === "" ? null : findNamed(shell.place.skillsDir, skill, names);
      return at === null ? finding : { ...finding, ...toPlace(at, shell) };
    });
  }
  const said = [toText(answer.body["title"]), toText(answer.body["detail"])] as const;
  throw new Complaint(() => said, EXIT_CODES.failed);
}

export const test: Command = {
  name: "test",
  summary: {
    en: "run the test cases of a skill, or of all of them, without network",
    ru: "прогнать тесты навыка или всех навыков, без сети",
  },
  words: "[skill]",
  async run(given, shell) {
    const named = toWord(given, 0);
    const ids = named === "" ? await loadSkillIds(shell) : [await loadSkillId(named, shell)];
    const results: Json[] = [];
    let hasFailed = false;
    for (const id of ids) {
      const answer = await shell.screen.during(id, runTests(id, shell));
      if (!isGood(answer) && ids.length === 1) return showAnswer(answer, shell, () => []);
      const why = toText(answer.body["detail"]) || toText(answer.body["title"]);
      const cases = isGood(answer)
        ? toJsonList(answer.body["cases"])
        : [{ name: "test", passed: false, problems: [why] }];
      hasFailed ||= cases.some((one) => !hasPassed(one));
      results.push({ skill: id, cases });
      if (!shell.isJson) shell.screen.show(toTestLines(id, cases, shell));
    }
    showTotal(results, shell);
    return hasFailed ? EXIT_CODES.failed : EXIT_CODES.ok;
  },
};

async function runTests(id: SkillId, shell: Shell): Promise<Answer> {
  return shell.call(`POST /skills/${id}/test`, { json: { files: await loadTestFiles(id, shell) } });
}

function hasPassed(one: Json): boolean {
  return one["passed"] === true;
}

function toTestLines(id: SkillId, cases: readonly Json[], shell: Shell): readonly string[] {
  const view = toView(shell);
  if (cases.length === 0) {
    const file = toShownPath(join(shell.place.skillsDir, `${id}.test.yaml`), shell.place.cwd);
    return [`${view.paint("yellow", "!")} ${id}  ${view.words.noTests(file)}`];
  }
  const bad = cases.filter((one) => !hasPassed(one));
  const mark = bad.length === 0 ? view.paint("green", "✓") : view.paint("red", "✗");
  return [
    `${mark} ${id}  ${view.words.passed(cases.length - bad.length, bad.length)}`,
    ...bad.map((one) => `    ${toText(one["name"])}: ${toList(one["problems"]).map(toText).join("; ")}`),
  ];
}

function showTotal(results: readonly Json[], shell: Shell): void {
  const cases = results.flatMap((result) => toJsonList(result["cases"]));
  const passed = cases.filter(hasPassed).length;
  if (shell.isJson)
    shell.screen.show([JSON.stringify({ passed, failed: cases.length - passed, skills: results }, null, 2)]);
  else {
    const { words } = toView(shell);
    const isOneWithout = results.some((result) => toJsonList(result["cases"]).length === 0);
    shell.screen.show([
      ...(results.length > 1 ? [words.passed(passed, cases.length - passed)] : []),
      ...(isOneWithout ? words.howToTest : []),
    ]);
  }
}

async function loadSkillIds(shell: Shell): Promise<readonly SkillId[]> {
  const answer = await shell.call("GET /skills");
  return toJsonList(answer.body["skills"]).flatMap((skill) => parseSkillId(toText(skill["id"])) ?? []);
}

export const TAGGED: Option = {
  flags: "--tag <tag>",
  summary: { en: "only skills with this tag", ru: "только навыки с этой меткой" },
};

export const skills: Command = {
  name: "skills",
  summary: { en: "every skill and what it does", ru: "все навыки и что они делают" },
  options: [TAGGED],
  async run(given, shell) {
    const tag = toOption(given, "tag");
    return showAnswer(
      await shell.call(`GET /skills${tag === "" ? "" : `?tag=${encodeURIComponent(tag)}`}`),
      shell,
      (body) => {
        const all = toJsonList(body["skills"]);
        const width = Math.max(0, ...all.map((skill) => toText(skill["id"]).length));
        return all.map(
          (skill) =>
            `${toText(skill["id"]).padEnd(width)}  ${toText(skill["description"])}${toField(skill, "deprecated") === undefined ? "" : `  (→ ${toText(toJson(skill["deprecated"])["replacement"])})`}`,
        );
      },
    );
  },
};

export const deprecateSkill: Command = {
  name: "deprecate-skill",
  summary: {
    en: "stop recommending a skill, and say what takes its place",
    ru: "больше не предлагать навык и сказать, что вместо него",
  },
  words: "<skill>",
  options: [
    { flags: "--reason <words>", summary: { en: "why", ru: "почему" } },
    {
      flags: "--replacement <skill>",
      summary: { en: "the skill that takes its place", ru: "навык, который его заменит" },
    },
  ],
  async run(given, shell) {
    const [reason, replacement] = [toOption(given, "reason"), toOption(given, "replacement")];
    const json = {
      reason,
      ...(replacement === "" ? {} : { replacement_id: await loadSkillId(replacement, shell) }),
    };
    return showAnswer(
      await shell.call(`POST /skills/${await loadSkillId(toWord(given, 0), shell)}/deprecate`, { json }),
      shell,
      (_body, view) => [view.words.saved],
    );
  },
};

export const undeprecateSkill: Command = {
  name: "undeprecate-skill",
  summary: { en: "recommend a skill again", ru: "снова предлагать навык" },
  words: "<skill>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(`POST /skills/${await loadSkillId(toWord(given, 0), shell)}/undeprecate`, {
        json: {},
      }),
      shell,
      (_body, view) => [view.words.saved],
    ),
};
