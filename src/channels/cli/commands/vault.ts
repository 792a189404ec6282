// `vault`: the keys that everything kept is sealed with.
import { type Answer, isGood } from "../client.ts";
import { type Command, hasOption } from "../command.ts";
import { toJson, toJsonList, toNumber, toText } from "../json.ts";
import { isServedHere, type Shell } from "../shell.ts";
import { VAULT_WORDS } from "../words/vault-words.ts";
import { showAnswer } from "./show-answer.ts";

export const vault: Command = {
  name: "vault",
  summary: {
    en: "the keys that everything kept is sealed with: which are in force",
    ru: "ключи, которыми зашифровано всё сохранённое: какие действуют",
  },
  run: async (_given, shell) =>
    showAnswer(await shell.call("GET /vault"), shell, (body) => [
      VAULT_WORDS[shell.locale].keyVersion(toNumber(body["key_version"]) ?? 0),
      ...Object.entries(toJson(body["wrapped_by"])).map(([mark, count]) =>
        VAULT_WORDS[shell.locale].wrappedBy(mark, toNumber(count) ?? 0, mark === toText(body["master"])),
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
    const master = what === "master" && isGood(answer) ? await loadMaster(shell) : "";
    const words = VAULT_WORDS[shell.locale];
    return showAnswer(answer, shell, (body) => [
      ...(what === "data"
        ? [words.keyRenewed(toNumber(body["key_version"]) ?? 0, total)]
        : toWrappedLines({ total, left: toNumber(body["left"]) ?? 0 }, { shell, master })),
      ...toJsonList(body["broken"]).map(({ column, row }) => words.sealBroken(toText(column), toText(row))),
    ]);
  },
};

/** The mark of the key that now wraps everything. */
async function loadMaster(shell: Shell): Promise<string> {
  return toText((await shell.call("GET /vault")).body["master"]);
}

interface Rotated {
  readonly shell: Shell;
  readonly master: string;
}

function toWrappedLines(
  { total, left }: { readonly total: number; readonly left: number },
  { shell, master }: Rotated,
): readonly string[] {
  const words = VAULT_WORDS[shell.locale];
  const old = isServedHere(shell.place) ? noteMaster({ master, left }, shell) : null;
  const behind = old === null ? [] : [words.fileIsOld(old)];
  if (total > 0 || left > 0) return [words.keysWrapped(total, left), ...behind];
  return [old === null ? words.noNewKey(master) : words.allWrapped(master), ...behind];
}

/**
 * A variable's key is on no disk: whoever closes its window has the earlier key, which opens nothing any more. The file that holds it;
 * null: it is not so.
 */
function noteMaster(
  { master, left }: { readonly master: string; readonly left: number },
  { local, place }: Shell,
): string | null {
  if (left === 0 && master !== "") local.noteMark(place.stateDir, master);
  const { fileMark, file, needed } = local.lookAtVault(place.environment, place.stateDir);
  return fileMark !== null && needed === master && fileMark !== master ? file : null;
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
