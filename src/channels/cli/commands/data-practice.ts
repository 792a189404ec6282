// `data practice`: the practice tables as they were at the first start, after an import or a drop.
import { readFileSync } from "node:fs";
import { findNearestName } from "../../../kernel/language/nearest-name.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { isGood } from "../client.ts";
import { type Command, hasOption, toWord } from "../command.ts";
import { listPractice, toPracticePath } from "../files/practice-files.ts";
import { toJsonList, toNumber, toText } from "../json.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import { askDrop, YES } from "./data.ts";
import { showAnswer } from "./show-answer.ts";

export const dataPractice: Command = {
  name: "data practice",
  summary: {
    en: "bring back the practice data: of every table that is gone, or of this one, whatever it holds now",
    ru: "вернуть учебные данные: всех пропавших таблиц или этой, что бы в ней ни было",
  },
  words: "[table]",
  options: [YES],
  async run(given, shell) {
    const { words } = toView(shell);
    const [named, all] = [toWord(given, 0), listPractice(shell)];
    if (named !== "" && !all.includes(named))
      throw new Complaint(({ noPractice }) =>
        noPractice(named, findNearestName(named, all) ?? undefined, all),
      );
    const listed = await shell.call("GET /data");
    if (!isGood(listed)) return showAnswer(listed, shell, () => []);
    const there = toJsonList(listed.body["tables"]).map((table) => toText(table["name"]));
    if (named !== "" && there.includes(named)) {
      if (!hasOption(given, "yes") && !(await askDrop(named, "practice", shell))) {
        shell.screen.show([words.notDone]);
        return EXIT_CODES.forbidden;
      }
      await shell.call(`DELETE /data/${encodeURIComponent(named)}`);
    }
    const wanted = named === "" ? all.filter((table) => !there.includes(table)) : [named];
    if (wanted.length === 0 && !shell.isJson) shell.screen.show([words.practiceThere]);
    return loadAll(wanted, shell);
  },
};

async function loadAll(tables: readonly string[], shell: Shell): Promise<number> {
  for (const table of tables) {
    const answer = await shell.call(`POST /data/${table}?origin=practice`, {
      raw: readFileSync(toPracticePath(shell, `${table}.csv`)),
      headers: { "content-type": "text/csv" },
    });
    const exitCode = showAnswer(answer, shell, (body, { words }) => [
      `${words.imported(table, toNumber(body["rows"]) ?? 0)} (${words.practiceData})`,
    ]);
    if (exitCode !== EXIT_CODES.ok) return exitCode;
  }
  return EXIT_CODES.ok;
}
