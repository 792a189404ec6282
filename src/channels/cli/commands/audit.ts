// `audit`: who decided, changed and was refused what; whether the record is as it was written; and a copy of it.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT_CODES } from "../../exit-codes.ts";
import { isGood } from "../client.ts";
import { type Command, toOption, toWord } from "../command.ts";
import { type Json, toJson, toJsonList, toNumber, toText } from "../json.ts";
import { Complaint, toView } from "../shell.ts";
import { formatZoned } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { toLogWord } from "../words/log-words.ts";
import { toPayerText } from "../words/payer-words.ts";
import { showAnswer, toListLines, withZone } from "./show-answer.ts";

export const audit: Command = {
  name: "audit",
  summary: {
    en: "who decided and changed what, and who was refused what, oldest first",
    ru: "кто что решил и изменил и кому в чём отказано, от старых к новым",
  },
  options: [
    {
      flags: "--action <name>",
      summary: { en: "only this, for example budget.change", ru: "только это, например budget.change" },
    },
    { flags: "--since <cursor>", summary: { en: "go on after this place", ru: "продолжить с этого места" } },
  ],
  async run(given, shell) {
    const named = ["action", "since"].filter((name) => toOption(given, name) !== "");
    const asked = new URLSearchParams(Object.fromEntries(named.map((name) => [name, toOption(given, name)])));
    const answer = await withZone(await shell.call(`GET /audit?${asked}`), shell);
    return showAnswer(answer, shell, (body, view) => {
      const rows = toJsonList(body["entries"]).map((entry) => toRow(entry, view));
      const lines = toListLines(rows, ["at", "user", "action", "target", "outcome", "times"], view);
      const next = toText(body["next"]);
      return body["more"] === true ? [...lines, view.words.auditMore(next)] : lines;
    });
  },
};

function toRow(entry: Json, view: View): Json {
  const count = toNumber(toJson(entry["body"])["count"]) ?? 1;
  return {
    ...entry,
    at: formatZoned(toText(entry["at"]), view),
    target: toTarget(toText(entry["target"]), view),
    outcome: toLogWord(toText(entry["outcome"]), view.locale),
    times: count === 1 ? "" : String(count),
  };
}

/** Of everything at once, and of many files, it is no name. */
function toTarget(target: string, { words, locale }: View): string {
  const files = /^(\d+) files$/.exec(target)?.[1];
  if (files !== undefined) return words.files(Number(files));
  return target === "tenant" ? toPayerText(target, locale) : target;
}

export const auditVerify: Command = {
  name: "audit verify",
  summary: {
    en: "whether a row was edited, moved, added or deleted since it was written, and which",
    ru: "не изменили, не переставили, не добавили и не удалили ли строку после записи, и какую",
  },
  async run(_given, shell) {
    const answer = await shell.call("GET /audit/verify");
    const exitCode = showAnswer(answer, shell, toVerdict);
    return isGood(answer) && answer.body["verified"] !== true ? EXIT_CODES.failed : exitCode;
  },
};

function toVerdict(body: Json, { words, paint }: View): readonly string[] {
  if (body["verified"] === true) return [words.auditHolds(toNumber(body["entries"]) ?? 0)];
  const problem = toJson(body["problem"]);
  const place = toText(problem["position"]) || toText(problem["id"]);
  return [paint("red", words.auditBroken(toText(problem["what"]), place)), words.auditBrokenNext];
}

export const auditExport: Command = {
  name: "audit export",
  summary: {
    en: "every row with its hash, one JSON object a line; into a file where one is named",
    ru: "все строки с их хешами, по объекту JSON в строке; в файл, если он назван",
  },
  words: "[path]",
  examples: ["npx skillos audit export audit.ndjson"],
  async run(given, shell) {
    const path = toWord(given, 0);
    const answer = await shell.call("GET /audit/export");
    if (!isGood(answer)) return showAnswer(answer, shell, () => []);
    const rows = answer.text.trimEnd();
    if (path === "") {
      shell.screen.show(rows === "" ? [] : [rows]);
      return EXIT_CODES.ok;
    }
    try {
      // Never over a file that is there: it may be the older copy that this one is to be compared with.
      writeFileSync(resolve(shell.place.cwd, path), answer.text, { flag: "wx" });
    } catch (error) {
      const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
      throw new Complaint(({ fileExists, unwritable }) => (isThere ? fileExists(path) : unwritable(path)));
    }
    shell.screen.show([shell.isJson ? JSON.stringify({ path }) : toView(shell).words.fine(path)]);
    return EXIT_CODES.ok;
  },
};
