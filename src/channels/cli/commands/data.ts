// `data`: the tables of the built-in database. A file goes as it is; the server reads csv, xlsx and json, whatever its charset.
import { extname } from "node:path";
import type { Asker } from "../ask.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, hasOption, toCount, toWord } from "../command.ts";
import { findNearestName } from "../../../kernel/language/nearest-name.ts";
import { type Json, toJsonList, toList, toNumber, toText } from "../json.ts";
import { loadFile } from "../run/attachment.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import type { Words } from "../words/en.ts";
import { listPractice } from "../files/practice-files.ts";
import { toColumns, toTable } from "../show/table.ts";
import { showAnswer, toListLines } from "./show-answer.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".csv": "text/csv",
  ".txt": "text/csv",
  ".json": "application/json",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

export const YES = { flags: "--yes", summary: { en: "do not ask", ru: "не спрашивать" } } as const;

export const dataImport: Command = {
  name: `data import`,
  summary: {
    en: "replace a table with the rows of a csv, xlsx or json file (the first line of a csv or xlsx names the columns); on a terminal it asks first where the table holds rows of your own",
    ru: "заменить таблицу строками файла csv, xlsx или json (первая строка csv и xlsx называет столбцы); в терминале сначала спросит, если в таблице есть ваши строки",
  },
  words: "<table> <file>",
  options: [YES],
  examples: ["npx skillos data import batches batches.xlsx"],
  async run(given, shell) {
    const [table, path] = [toWord(given, 0), toWord(given, 1)];
    const type = TYPES[extname(path).toLowerCase()];
    if (type === undefined) throw new Complaint(({ notATable }) => notATable(path));
    const raw = loadFile(path, shell);
    if (!hasOption(given, "yes") && !(await askReplace(table, shell))) {
      shell.screen.show([toView(shell).words.notDone]);
      return EXIT_CODES.forbidden;
    }
    const sending = shell.call(`POST /data/${encodeURIComponent(table)}`, {
      raw,
      headers: { "content-type": type },
    });
    const answer = await shell.screen.during(toView(shell).words.working, sending);
    const names = await listNames(shell);
    return showAnswer(answer, shell, (body, view) => [
      toImportedLine(table, body, { names, words: view.words }),
    ]);
  },
};

/** Scripts replace tables daily and nobody is there to be asked: the count of what was replaced is told to them too. */
async function askReplace(table: string, shell: Shell): Promise<boolean> {
  const { asker } = shell;
  if (asker === null || shell.isJson) return true;
  const found = await loadTable(table, shell);
  const rows = toNumber(found?.["rows"]) ?? 0;
  if (rows === 0 || toText(found?.["origin"]) === "practice") return true;
  return askYes(toView(shell).words.askReplace(table, rows), asker, shell);
}

async function loadTable(table: string, shell: Shell): Promise<Json | undefined> {
  const { body } = await shell.call("GET /data");
  return toJsonList(body["tables"]).find((one) => toText(one["name"]) === table);
}

async function askYes(question: string, asker: Asker, shell: Shell): Promise<boolean> {
  const { words } = toView(shell);
  for (;;) {
    const said = (await asker.ask(question)).toLowerCase();
    if (words.yes.includes(said)) return true;
    if (words.no.includes(said)) return false;
    shell.screen.show([`  ${words.yesOrNo}`]);
  }
}

/** To find the table that a new one was perhaps meant to be. */
async function listNames(shell: Shell): Promise<string[]> {
  const { body } = await shell.call("GET /data");
  return toJsonList(body["tables"]).map((table) => toText(table["name"]));
}

/** What became of what was there before stands beside the count. */
function toImportedLine(
  table: string,
  body: Json,
  { names, words }: { names: readonly string[]; words: Words },
): string {
  const near =
    findNearestName(
      table,
      names.filter((name) => name !== table),
    ) ?? undefined;
  const before =
    body["replaced"] === "practice"
      ? words.practiceReplaced
      : body["replaced"] === null
        ? words.newTable(near)
        : words.ownReplaced(toNumber(body["replaced_rows"]) ?? 0);
  return [words.imported(table, toNumber(body["rows"]) ?? 0), before].join("; ");
}

export const dataDrop: Command = {
  name: "data drop",
  summary: {
    en: "delete a table and its rows; asks first, and without a terminal needs --yes",
    ru: "удалить таблицу и её строки; сначала спросит, а без терминала нужен --yes",
  },
  words: "<table>",
  options: [YES],
  async run(given, shell) {
    const table = toWord(given, 0);
    if (!hasOption(given, "yes") && !(await askDrop(table, "drop", shell))) {
      shell.screen.show([toView(shell).words.notDone]);
      return EXIT_CODES.forbidden;
    }
    const answer = await shell.call(`DELETE /data/${encodeURIComponent(table)}`);
    return showAnswer(answer, shell, (body, view) => [
      view.words.dropped(table, toNumber(body["rows"]) ?? 0),
      ...(listPractice(shell).includes(table) ? [`  ${view.words.practiceAgain(table)}`] : []),
    ]);
  },
};

export async function askDrop(table: string, command: "drop" | "practice", shell: Shell): Promise<boolean> {
  const { asker } = shell;
  if (asker === null || shell.isJson)
    throw new Complaint(({ dropNeedsYes }) => dropNeedsYes(table, command), EXIT_CODES.asks);
  const { words } = toView(shell);
  const found = await loadTable(table, shell);
  // The server says what is wrong with a name that is none.
  if (found === undefined) return true;
  const skills = toList(found["skills"]).map(toText);
  return askYes(words.askDrop(table, toNumber(found["rows"]) ?? 0, skills), asker, shell);
}

export const dataShow: Command = {
  name: "data show",
  summary: { en: "the first rows of a table", ru: "первые строки таблицы" },
  words: "<table>",
  options: [{ flags: "--limit <count>", summary: { en: "how many (20)", ru: "сколько (20)" } }],
  async run(given, shell) {
    const limit = toCount(given, { name: "--limit", option: "limit", least: 1, most: 1_000 }) || "20";
    const path = `GET /data/${encodeURIComponent(toWord(given, 0))}?limit=${limit}`;
    return showAnswer(await shell.call(path), shell, (body, view) => {
      const rows = toJsonList(body["rows"]);
      const { practiceData, liveData, rows: toRows } = view.words;
      const data = toText(body["origin"]) === "practice" ? practiceData : liveData;
      const all = `${toRows(toNumber(body["total"]) ?? rows.length)} · ${data}`;
      return [...toTable(rows, toColumns(rows, {}, ""), view), view.paint("dim", all)];
    });
  },
};

export const dataList: Command = {
  name: "data list",
  summary: { en: "the tables and how many rows they have", ru: "таблицы и сколько в них строк" },
  run: async (_given, shell) =>
    showAnswer(await shell.call("GET /data"), shell, (body, view) => {
      const rows = toJsonList(body["tables"]).map((table) => ({
        table: table["name"],
        rows: table["rows"],
        data: toText(table["origin"]) === "practice" ? view.words.practiceData : view.words.liveData,
      }));
      return toListLines(rows, ["table", "rows", "data"], view);
    }),
};
