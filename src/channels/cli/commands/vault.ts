// `vault`: the keys that everything kept is sealed with.
import { type Answer, isGood } from "../client.ts";
import { type Command, hasOption } from "../command.ts";
import { toJson, toJsonList, toNumber, toText } from "../json.ts";
import type { Shell } from "../shell.ts";
import { VAULT_WORDS } from "../words/vault-words.ts";
import type { Words } from "../words/en.ts";
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
    const master = what === "master" && isGood(answer) ? await noteMaster(answer, shell) : "";
    return showAnswer(answer, shell, (body, { words }) => [
      ...(what === "data"
        ? [words.keyRenewed(toNumber(body["key_version"]) ?? 0, total)]
        : toWrappedLines({ total, left: toNumber(body["left"]) ?? 0 }, { shell, master, words })),
      ...toJsonList(body["broken"]).map(({ column, row }) => words.sealBroken(toText(column), toText(row))),
    ]);
  },
};

/** The mark of the key that now wraps everything. */
async function noteMaster({ body }: Answer, shell: Shell): Promise<string> {
  const master = toText((await shell.call("GET /vault")).body["master"]);
  if (toNumber(body["left"]) === 0 && master !== "") shell.local.noteMark(shell.place.stateDir, master);
  return master;
}

interface Rotated {
  readonly shell: Shell;
  readonly master: string;
  readonly words: Words;
}

/** A variable's key is on no disk: whoever closes its window has the earlier key, which opens nothing any more. */
function toWrappedLines(
  { total, left }: { readonly total: number; readonly left: number },
  { shell: { local, locale, place }, master, words }: Rotated,
): readonly string[] {
  const { fileMark, file, needed } = local.lookAtVault(place.environment, place.stateDir);
  const isBehind = fileMark !== null && needed === master && fileMark !== master;
  const behind = isBehind ? [VAULT_WORDS[locale].fileIsOld(file)] : [];
  if (total > 0 || left > 0) return [words.keysWrapped(total, left), ...behind];
  return [
    isBehind ? VAULT_WORDS[locale].allWrapped(master) : VAULT_WORDS[locale].noNewKey(master),
    ...behind,
  ];
}

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
