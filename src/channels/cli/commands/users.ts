// The people of a tenant, for its owners: listed, added, given another role, removed.
import { isMailAddress } from "../../../kernel/domain/mail.ts";
import type { BothLanguages } from "../../../kernel/domain/text.ts";
import { type Command, type Given, toOption, toWord } from "../command.ts";
import { type Json, toJsonList, toText } from "../json.ts";
import { formatZoned } from "../show/value.ts";
import type { View } from "../show/view.ts";
import { showAnswer, toListLines, withZone } from "./show-answer.ts";

export const usersList: Command = {
  name: "users list",
  summary: { en: "who belongs to the tenant, and their roles", ru: "кто есть в организации, и их роли" },
  run: async (_given, shell) =>
    showAnswer(await withZone(await shell.call("GET /users"), shell), shell, (body, view) => {
      const rows = toJsonList(body["users"]).map((user) => ({
        ...user,
        role: view.words.role(toText(user["role"])),
        email: toText(user["email"]) || toOwnAddress(toText(user["id"])),
        since: formatZoned(toText(user["created_at"]), view),
      }));
      return toListLines(rows, ["id", "name", "role", "email", "since"], view);
    }),
};

/** Mail goes to an id that is an address, where no other was given. */
function toOwnAddress(id: string): string {
  return isMailAddress(id) ? id : "—";
}

const ROLE: BothLanguages = {
  en: "owner, manager, member or viewer",
  ru: "owner, manager, member или viewer",
};

export const usersAdd: Command = {
  name: "users add",
  summary: {
    en: "let somebody join; `keys add --user` makes their first key",
    ru: "добавить человека; первый ключ ему создаёт `keys add --user`",
  },
  words: "<user> <role>",
  options: [
    { flags: "--name <name>", summary: { en: "what people call them", ru: "как этого человека зовут" } },
    {
      flags: "--email <address>",
      summary: {
        en: "where questions are put to them; where it is left out, their id if it is an address",
        ru: "куда слать вопросы; если не задан — на имя пользователя, когда оно само адрес",
      },
    },
  ],
  examples: [
    {
      en: 'npx skillos users add anna@oysters.example member --name "Anna"',
      ru: 'npx skillos users add anna@oysters.example member --name "Анна"',
    },
  ],
  async run(given, shell) {
    const [name, email] = [toOption(given, "name"), toOption(given, "email")];
    const json = {
      ...{ id: toWord(given, 0), role: toWord(given, 1) },
      ...(name !== "" && { name }),
      ...(email !== "" && { email }),
    };
    return showAnswer(await shell.call("POST /users", { json }), shell, toUserLines);
  },
};

function toUserLines(body: Json, { words }: View): readonly string[] {
  return [`✓ ${toText(body["id"])}: ${words.role(toText(body["role"]))}`];
}

export const usersSetRole: Command = {
  name: "users set-role",
  summary: {
    en: `give somebody another role (${ROLE.en}); their keys follow within 5 seconds`,
    ru: `сменить роль (${ROLE.ru}); для ключей это действует не позже чем через 5 секунд`,
  },
  words: "<user> <role>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(toRoute("PUT", given), { json: { role: toWord(given, 1) } }),
      shell,
      toUserLines,
    ),
};

export const usersSetEmail: Command = {
  name: "users set-email",
  summary: {
    en: 'set the address where questions are put to somebody; "" takes it away. Links to open questions go to earlier addresses only',
    ru: 'задать адрес, куда человеку шлют вопросы; "" убирает его. Ссылки на уже заданные вопросы идут только на прежние адреса',
  },
  words: "<user> <address>",
  run: async (given, shell) =>
    showAnswer(
      await shell.call(toRoute("PUT", given), { json: { email: toWord(given, 1) } }),
      shell,
      (body) => [`✓ ${toText(body["id"])}: ${toText(body["email"]) || "—"}`],
    ),
};

export const usersRemove: Command = {
  name: "users remove",
  summary: {
    en: "remove somebody: their keys and tokens are refused within 5 seconds",
    ru: "убрать человека: его ключи и токены не позже чем через 5 секунд нигде не подойдут",
  },
  words: "<user>",
  run: async (given, shell) =>
    showAnswer(await shell.call(toRoute("DELETE", given)), shell, (body, view) => [
      view.words.removed(toText(body["id"])),
    ]),
};

function toRoute(method: string, given: Given): string {
  return `${method} /users/${encodeURIComponent(toWord(given, 0))}`;
}
