// `files get`: what a run wrote, as a file of this computer.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { EXIT_CODES } from "../../exit-codes.ts";
import { isGood } from "../client.ts";
import { type Command, toWord } from "../command.ts";
import { isJson, type Json, toJsonList, toText } from "../json.ts";
import { Complaint, type Shell, toView } from "../shell.ts";
import { showAnswer } from "./show-answer.ts";

interface Made {
  readonly url: string;
  readonly name: string;
}

export const filesGet: Command = {
  name: "files get",
  summary: {
    en: "save the files that a run made, in this folder under their own names or one under the name given",
    ru: "сохранить файлы, которые сделал запуск: в эту папку под их именами или один под названным",
  },
  words: "<run> [path]",
  examples: ["npx skillos files get r-7k2m9x", "npx skillos files get r-7k2m9x volna.csv"],
  async run(given, shell) {
    const [id, path] = [toWord(given, 0), toWord(given, 1)];
    const answer = await shell.call(`GET /runs/${encodeURIComponent(id)}`);
    if (!isGood(answer)) return showAnswer(answer, shell, () => []);
    const made = findMade(answer.body);
    if (made.length === 0) throw new Complaint(({ noFiles }) => noFiles(id));
    for (const file of path === "" ? made : made.slice(0, 1)) {
      const exitCode = await save(file, path || file.name, shell);
      if (exitCode !== EXIT_CODES.ok) return exitCode;
    }
    return EXIT_CODES.ok;
  },
};

/** What `file` steps answered. */
function findMade(run: Json): readonly Made[] {
  return toJsonList(run["steps"]).flatMap(({ value }) => {
    if (!isJson(value)) return [];
    const [url, name] = [toText(value["url"]), toText(value["name"])];
    return /^\/files\/[0-9a-f]{64}$/.test(url) && name !== "" ? [{ url, name }] : [];
  });
}

async function save({ url }: Made, path: string, shell: Shell): Promise<number> {
  const answer = await shell.call(`GET ${url}`);
  if (!isGood(answer)) return showAnswer(answer, shell, () => []);
  try {
    // Never over a file that is there: somebody may have worked in it since.
    writeFileSync(resolve(shell.place.cwd, path), answer.text, { flag: "wx" });
  } catch (error) {
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    throw new Complaint(({ fileExists, unwritable }) => (isThere ? fileExists(path) : unwritable(path)));
  }
  shell.screen.show([shell.isJson ? JSON.stringify({ path, url }) : toView(shell).words.fine(path)]);
  return EXIT_CODES.ok;
}
