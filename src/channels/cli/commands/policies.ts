// `policy`: the rules that hold, what they say of one case and which of them says it, and the examples of policy files.
import { join } from "node:path";
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, type Option, toOption, toOptions, toWord } from "../command.ts";
import { toShownPath } from "../files/shown-path.ts";
import { type Json, toJson, toJsonList, toList, toText } from "../json.ts";
import { toBrokenPolicyLines } from "../run/broken-file.ts";
import { parseSets } from "../run/wish.ts";
import { toRussianRule } from "../../refusals/names-ru.ts";
import { Complaint, toView } from "../shell.ts";
import type { View } from "../show/view.ts";
import { toLogWord } from "../words/log-words.ts";
import { toPayerText } from "../words/payer-words.ts";
import { showAnswer, toListLines } from "./show-answer.ts";
import { loadSkillId } from "./skill-id.ts";

export const policyList: Command = {
  name: "policy list",
  summary: {
    en: "the rules that hold: your own, and those that come with SkillOS",
    ru: "действующие правила: ваши и те, что есть в SkillOS сразу",
  },
  async run(_given, shell) {
    return showAnswer(await shell.call("GET /policies"), shell, (body, view) => {
      const rows = toJsonList(body["policies"]).flatMap((policy) =>
        toJsonList(policy["rules"]).map((rule) => toRuleRow(rule, view)),
      );
      const hints = toJsonList(body["hints"]).flatMap((hint) => toHintLines(hint, view));
      const table = toListLines(rows, ["rule", "effect", "for", "when", "place"], view);
      return [...table, ...hints, ...toBrokenPolicyLines(shell, view)];
    });
  },
};

/** A rule that is for nothing: said with what was probably meant. */
function toHintLines(hint: Json, { paint }: View): readonly string[] {
  return [`${paint("bold", toPlaceText(hint))}  ${toText(hint["message"])}`, `  ${toText(hint["fix"])}`];
}

function toRuleRow(rule: Json, view: View): Json {
  const named = ["roles", "users", "skills", "actions", "channels"].flatMap((name) =>
    toList(rule[name]).map(toText),
  );
  const by = toText(rule["by"]);
  const effect = toLogWord(toText(rule["effect"]), view.locale);
  return {
    rule: rule["id"],
    effect: by === "" ? effect : `${effect}: ${view.words.role(by)}`,
    for: named.length === 0 ? "*" : named.join(" "),
    when: rule["when"] ?? "",
    place: toPlaceText(rule),
  };
}

const toPlaceText = (rule: Json): string => `${toText(rule["file"])}:${toText(rule["line"])}`;

const EXPLAIN_OPTIONS: readonly Option[] = [
  {
    flags: "--user <name>",
    summary: { en: "as this user", ru: "как этот пользователь" },
  },
  {
    flags: "--channel <name>",
    summary: {
      en: "as if it came in by http, cli, page, webhook, schedule",
      ru: "как если бы пришло через http, cli, page, webhook, schedule",
    },
  },
  {
    flags: "--input <name=value>",
    summary: {
      en: "with this value, or a JSON object of them; may be repeated",
      ru: "с этим значением или объектом JSON со значениями; можно повторять",
    },
    many: true,
  },
];

export const policyExplain: Command = {
  name: "policy explain",
  summary: {
    en: "may somebody run a skill, whose yes does it need, and which rule says so; runs nothing",
    ru: "можно ли запустить навык, чьё нужно согласие и какое правило так решило; ничего не запускает",
  },
  words: "<skill>",
  options: EXPLAIN_OPTIONS,
  examples: ["npx skillos policy explain oysters/delete_old_quotes --role manager"],
  async run(given, shell) {
    const skill = await loadSkillId(toWord(given, 0), shell);
    const named = ["role", "user", "channel"].filter((name) => toOption(given, name) !== "");
    const asked = Object.fromEntries(named.map((name) => [name, toOption(given, name)]));
    const input = toInput(toOptions(given, "input"));
    // The role is asked about, and not acted with: whoever asks keeps his own.
    const headers = { "x-skillos-role": "owner" };
    const answer = await shell.call("POST /policies/explain", { json: { skill, ...asked, input }, headers });
    const isOfRole = toOption(given, "role") !== "" && toOption(given, "user") === "";
    return showAnswer(answer, shell, (body, view) => toExplainLines(body, view, isOfRole));
  },
};

/** `name=value`, or a JSON object. */
function toInput(given: readonly string[]): Json {
  const values = given.map((text) =>
    text.startsWith("{") ? parseJson(text) : Object.fromEntries(parseSets([text], "--input")),
  );
  return Object.assign({}, ...values);
}

function parseJson(text: string): Json {
  try {
    return toJson(JSON.parse(text));
  } catch {
    throw new Complaint(({ badInput }) => badInput(text));
  }
}

/** `isOfRole`: a role was asked about, and nobody who has it. */
function toExplainLines(body: Json, view: View, isOfRole: boolean): readonly string[] {
  const { words, paint, locale } = view;
  const [decision, rule] = [toText(body["decision"]), toText(body["rule"])];
  const isDenied = decision === "deny";
  const role = words.role(toText(body["role"]));
  const who = isOfRole ? role : `${toText(body["user"])} (${role})`;
  const by = toText(toJson(body["approval"])["by"]);
  const payers = toList(body["paid_by"])
    .map((payer) => toPayerText(toText(payer), locale))
    .join(", ");
  const outcome = toLogWord(decision, view.locale);
  return [
    `${paint(isDenied ? "red" : "green", isDenied ? "✗" : "✓")} ${paint("bold", outcome)}  ${who}, ${toText(body["skill"])}`,
    `  ${words.policyRule(locale === "ru" ? toRussianRule(rule) : rule)}`,
    ...(by === "" ? [] : [`  ${words.policyAsks(words.role(by))}`]),
    ...(payers === "" ? [] : [`  ${words.policyPays(payers)}`]),
    ...toJsonList(body["decisions"]).flatMap((one) => toDecisionLines(one, view)),
  ];
}

function toDecisionLines(decided: Json, view: View): readonly string[] {
  const action = toLogWord(toText(decided["action"]), view.locale);
  const effect = toLogWord(toText(decided["effect"]), view.locale);
  return [
    `  ${toText(decided["skill"])}: ${action} → ${effect}`,
    ...toJsonList(decided["matched"]).map((match) => `    ${toMatchLine(match, view)}`),
  ];
}

function toMatchLine(match: Json, view: View): string {
  const told = toText(match["told"]);
  const mark = told === "no" ? "·" : "•";
  const effect = toLogWord(toText(match["effect"]), view.locale);
  const when = toText(match["when"]);
  const why = toText(match["why"]);
  const condition =
    when === "" ? "" : `  ${when} → ${toLogWord(told, view.locale)}${why === "" ? "" : ` (${why})`}`;
  return `${mark} ${effect} ${toText(match["id"])}${condition}  ${view.paint("dim", toPlaceText(match))}`;
}

export const policyTest: Command = {
  name: "policy test",
  summary: {
    en: "check the policy files of this folder by their own examples; needs no server",
    ru: "проверить файлы политик этой папки по их примерам; сервер не нужен",
  },
  async run(_given, shell) {
    // Loaded when it is needed, as the parser of skill files.
    const { testPolicyFiles } = await import("../files/policy-files.ts");
    const tested = testPolicyFiles(shell);
    const [first] = tested;
    if (first === undefined) {
      const folder = toShownPath(join(shell.place.skillsDir, "policies"), shell.place.cwd);
      throw new Complaint(({ noPolicies }) => noPolicies(folder), EXIT_CODES.notFound);
    }
    const isGood = tested.every(({ problems }) => problems.length === 0);
    const view = toView(shell);
    shell.screen.show(
      shell.isJson
        ? [JSON.stringify({ passed: isGood, policies: tested }, null, 2)]
        : tested.flatMap((one) => toTestLines(one, view)),
    );
    return isGood ? EXIT_CODES.ok : EXIT_CODES.failed;
  },
};

interface Tested {
  readonly file: string;
  readonly passed: number;
  readonly problems: readonly { readonly place: string; readonly message: string; readonly fix: string }[];
}

function toTestLines({ file, passed, problems }: Tested, { paint, words }: View): readonly string[] {
  const mark = problems.length === 0 ? paint("green", "✓") : paint("red", "✗");
  return [
    `${mark} ${file}  ${words.passed(passed, problems.length)}`,
    ...problems.flatMap(({ place, message, fix }) => [`${paint("bold", place)}  ${message}`, `  ${fix}`]),
  ];
}
