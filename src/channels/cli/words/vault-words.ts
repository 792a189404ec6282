// What is said of the master key on this computer: where it comes from, whether it opens what is kept, and what its file holds.
import type { Locale } from "../../../kernel/domain/text.ts";
import { toEnglishCount } from "./count.ts";

const en = {
  source: { variable: "SKILLOS_MASTER_KEY", none: "" },
  opens: (from: string, mark: string) => `${from} opens what is kept (master key ${mark})`,
  nothingKept: "nothing is kept yet",
  fileDiffers: (file: string) =>
    `${file} is not this key: without SKILLOS_MASTER_KEY the next start opens nothing`,
  noFile: "the next start needs SKILLOS_MASTER_KEY too: there is no file of it",
  notRotated: "an earlier master key still wraps what is kept",
  rotate: "npx skillos vault rotate",
  noKey: (where: string) => `${where} holds what is no key`,
  giveKey: "32 bytes in base64, as `openssl rand -base64 32` makes them; where it stands in .env, there.",
  locked: (needed: string, from: string, mark: string) =>
    from === ""
      ? `what is kept is sealed under master key ${needed}, and there is no key`
      : `what is kept is sealed under master key ${needed}; ${from} holds ${mark}`,
  unset: (file: string) =>
    `${file} opens it: start without SKILLOS_MASTER_KEY (it may stand in .env), or replace the key as docs/encryption.md says.`,
  restore: (file: string) =>
    `Give the key with this mark: in SKILLOS_MASTER_KEY, or in ${file} (docs/encryption.md).`,
  noNewKey: (mark: string) =>
    `Nothing to wrap: there is no new master key, ${mark} is in force and wraps everything. A new one: docs/encryption.md, "Replacing keys"`,
  allWrapped: (mark: string) => `Nothing is left to wrap: everything is under master key ${mark}.`,
  fileIsOld: (file: string) =>
    `! ${file} is still the earlier key. The next start needs the new one: keep SKILLOS_MASTER_KEY set, in .env for example, or put it into the file: printf '%s\\n' "\${SKILLOS_MASTER_KEY:?}" > ${file}`,
  keyVersion: (version: number) => `Data key: version ${version}.`,
  wrappedBy: (mark: string, keys: number, isCurrent: boolean) =>
    `${toEnglishCount(keys, "key")} wrapped by master key ${mark}${isCurrent ? ", the one in force" : ", an earlier one: `npx skillos vault rotate`"}`,
  keysWrapped: (keys: number, left: number) =>
    `✓ ${toEnglishCount(keys, "key")} wrapped anew${left === 0 ? "" : `; ${left} left: their master key is not in SKILLOS_MASTER_KEYS_OLD`}`,
  keyRenewed: (version: number, secrets: number) =>
    `✓ Data key version ${version}; ${toEnglishCount(secrets, "secret")} sealed anew`,
  sealBroken: (column: string, row: string) =>
    `✗ ${column} ${row} was changed where it is kept and does not open: set it anew`,
};

export type VaultWords = typeof en;

const ru: VaultWords = {
  source: { variable: "SKILLOS_MASTER_KEY", none: "" },
  opens: (from, mark) => `${from} открывает сохранённое (главный ключ ${mark})`,
  nothingKept: "ещё ничего не сохранено",
  fileDiffers: (file) => `в ${file} другой ключ: без SKILLOS_MASTER_KEY следующий запуск ничего не откроет`,
  noFile: "следующему запуску тоже нужен SKILLOS_MASTER_KEY: файла с ним нет",
  notRotated: "сохранённое ещё зашифровано прежним главным ключом",
  rotate: "npx skillos vault rotate",
  noKey: (where) => `${where}: это не ключ`,
  giveKey: "Нужны 32 байта в base64, как их создаёт `openssl rand -base64 32`; если он стоит в .env — там.",
  locked: (needed, from, mark) =>
    from === ""
      ? `сохранённое зашифровано под главным ключом ${needed}, а ключа нет`
      : `сохранённое зашифровано под главным ключом ${needed}; ${from} — это ${mark}`,
  unset: (file) =>
    `${file} его открывает: запустите без SKILLOS_MASTER_KEY (он может стоять в .env) или замените ключ, как сказано в docs/encryption.md.`,
  restore: (file) => `Дайте ключ с этой меткой: в SKILLOS_MASTER_KEY или в ${file} (docs/encryption.md).`,
  noNewKey: (mark) =>
    `Перешифровывать нечего: нового главного ключа нет, действует ${mark}, и всё под ним. Как задать новый: docs/encryption.md, «Replacing keys»`,
  allWrapped: (mark) => `Перешифровывать больше нечего: всё под главным ключом ${mark}.`,
  fileIsOld: (file) =>
    `! В ${file} всё ещё прежний ключ. Следующему запуску нужен новый: оставьте SKILLOS_MASTER_KEY заданным, например в .env, или впишите его в файл: printf '%s\\n' "\${SKILLOS_MASTER_KEY:?}" > ${file}`,
  keyVersion: (version) => `Ключ данных: версия ${version}.`,
  wrappedBy: (mark, keys, isCurrent) =>
    `Главным ключом ${mark} зашифровано ключей: ${keys}${isCurrent ? "; он действует" : "; он прежний: `npx skillos vault rotate`"}`,
  keysWrapped: (keys, left) =>
    `✓ Перешифровано ключей: ${keys}${left === 0 ? "" : `; осталось ${left}: их главного ключа нет в SKILLOS_MASTER_KEYS_OLD`}`,
  keyRenewed: (version, secrets) => `✓ Ключ данных: версия ${version}; секретов перешифровано: ${secrets}`,
  sealBroken: (column, row) =>
    `✗ ${column} ${row}: значение изменили прямо в хранилище, и оно не расшифровывается — задайте его заново`,
};

export const VAULT_WORDS: Readonly<Record<Locale, VaultWords>> = { en, ru };
