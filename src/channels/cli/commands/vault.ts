// `vault`: the keys that everything kept is sealed with.
import type { Answer } from "../client.ts";
import { type Command, hasOption } from "../command.ts";
import { toJson, toJsonList, toNumber, toText } from "../json.ts";
import type { Shell } from "../shell.ts";
import { showAnswer } from "./show-answer.ts";

export const vault: Command = {
  name: "vault",
  summary: {
    en: "the keys that everything kept is sealed with: which are in force",
    ru: "ключи, которыми зашифровано всё сохранённое: какие действуют",
  },
  run: async (_given, shell) =>
    showAnswer(await shell.call("GET /vault"), shell, (body, { words }) => [
      words.keyVersion(toNumber(body["key_version"]) ?? 0),
      ...Object.entries(toJson(body["wrapped_by"])).map(([mark, count]) =>
        words.wrappedBy(mark, toNumber(count) ?? 0, mark === toText(body["master"])),
      ),
    ]),
};

export const vaultRotate: Command = {
  name: "vault rotate",
  summary: {
    en: "wrap all data keys with the new SKILLOS_MASTER_KEY; the old one stands in SKILLOS_MASTER_KEYS_OLD until then",
    ru: "перешифровать ключи данных новым SKILLOS_MASTER_KEY; прежний до тех пор стоит в SKILLOS_MASTER_KEYS_OLD",
  },
  options: [
    {
      flags: "--data",
      summary: {
        en: "a new data key for what is kept from now on; secrets are sealed anew with it",
        ru: "новый ключ данных для всего нового; секреты шифруются им заново",
      },
    },
  ],
  async run(given, shell) {
    const what = hasOption(given, "data") ? "data" : "master";
    const done = what === "data" ? "resealed" : "rewrapped";
    const { answer, total } = await rotateAll(shell, what, done);
    return showAnswer(answer, shell, (body, { words }) => [
      what === "data"
        ? words.keyRenewed(toNumber(body["key_version"]) ?? 0, total)
        : words.keysWrapped(total, toNumber(body["left"]) ?? 0),
      ...toJsonList(body["broken"]).map(({ column, row }) => words.sealBroken(toText(column), toText(row))),
    ]);
  },
};

/** Piece by piece, until nothing is left or nothing more can be done. */
async function rotateAll(
  shell: Shell,
  what: string,
  done: string,
): Promise<{ answer: Answer; total: number }> {
  for (let total = 0; ; ) {
    const answer = await shell.call("POST /vault/rotate", { json: { what } });
    const moved = toNumber(answer.body[done]) ?? 0;
    total += moved;
    if (moved === 0 || (toNumber(answer.body["left"]) ?? 0) === 0) return { answer, total };
  }
}
