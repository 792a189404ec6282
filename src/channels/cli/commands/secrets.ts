// `secrets set|list|delete`: what the tenant's connectors name as `secret:NAME`, kept by the server. A value is never an argument
// (arguments are seen by every program and kept by the shell) and never printed.
import { readFileSync } from "node:fs";
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, toWord } from "../command.ts";
import { toJsonList, toList, toText } from "../json.ts";
import { type Shell, toView } from "../shell.ts";
import { formatZoned } from "../show/value.ts";
import { showAnswer, toListLines, withZone } from "./show-answer.ts";

export const secretsSet: Command = {
  name: "secrets set",
  summary: {
    en: "keep a secret for connectors on the server (`secrets init`: on this computer): asked for without showing it, or read from a pipe; counts at once",
    ru: "сохранить секрет для коннекторов на сервере (на этом компьютере — `secrets init`): спросит, не показывая, или прочитает из канала; действует сразу",
  },
  words: "<name>",
  examples: ["npx skillos secrets set SHOP_KEY", "pass shop/key | npx skillos secrets set SHOP_KEY"],
  async run(given, shell) {
    const name = toWord(given, 0);
    const value = await loadValue(name, shell);
    if (value === "" && shell.asker !== null) {
      shell.screen.show([toView(shell).words.notDone]);
      return EXIT_CODES.asks;
    }
    const answer = await shell.call(`PUT /secrets/${encodeURIComponent(name)}`, { json: { value } });
    return showAnswer(answer, shell, (body, view) => [view.words.fine(toText(body["name"]))]);
  },
};

/** The end of the line belongs to the pipe, not to the value. */
async function loadValue(name: string, { asker, ...shell }: Shell): Promise<string> {
  if (asker === null) return readFileSync(0, "utf8").replace(/\r?\n$/, "");
  return asker.askSecret(toView(shell).words.asksSecret(name, ""));
}

export const secretsList: Command = {
  name: "secrets list",
  summary: {
    en: "which secrets are set, when, by whom, and which connectors use them; values are not shown",
    ru: "какие секреты заданы, когда, кем и какие коннекторы ими пользуются; значения не показываются",
  },
  run: async (_given, shell) =>
    showAnswer(await withZone(await shell.call("GET /secrets"), shell), shell, (body, view) => {
      const rows = toJsonList(body["secrets"]).map((one) => ({
        ...one,
        set_at: formatZoned(toText(one["set_at"]), view),
        connectors: toList(one["connectors"]).map(toText).join(", "),
      }));
      const sealed = rows.some((row) => "sealed" in row) ? ["sealed"] : [];
      return toListLines(rows, ["name", "set_at", "set_by", "connectors", ...sealed], view);
    }),
};

export const secretsDelete: Command = {
  name: "secrets delete",
  summary: { en: "delete a secret; counts at once", ru: "удалить секрет; действует сразу" },
  words: "<name>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(`DELETE /secrets/${encodeURIComponent(toWord(given, 0))}`),
      shell,
      (body, view) => [view.words.removed(toText(body["name"]))],
    ),
};
