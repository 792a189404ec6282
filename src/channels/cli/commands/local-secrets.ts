// `secrets init`: asks for the keys of a connector and keeps them where only this user can read them. A value is never
// an argument (arguments are seen by every program and kept by the shell) and never printed.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { findSecretKeys } from "../../../kernel/door/mask.ts";
import { isTooShort, SHORTEST_SECRET } from "../../../kernel/door/secret-forms.ts";
import { EXIT_CODES } from "../../exit-codes.ts";
import { type Command, toOption } from "../command.ts";
import { type Json, toJson, toText } from "../json.ts";
import { Complaint, type Shell, toView } from "../shell.ts";

export const secretsInit: Command = {
  name: "secrets init",
  summary: {
    en: "ask for the keys of a connector and keep them on this computer; `secrets set` keeps one on the server",
    ru: "спросить ключи коннектора и сохранить их на этом компьютере; на сервере секрет хранит `secrets set`",
  },
  options: [
    {
      flags: "--connector <name>",
      summary: { en: "the connector, for example aviasales", ru: "коннектор, например aviasales" },
    },
  ],
  async run(given, shell) {
    const name = toOption(given, "connector");
    const connector = await loadConnector(name, shell);
    const keys = findKeys(connector);
    const view = toView(shell);
    if (keys.length === 0) {
      shell.screen.show([view.words.noSecrets(name)]);
      return EXIT_CODES.ok;
    }
    if (shell.asker === null)
      throw new Complaint(({ needsKeys }) => needsKeys(name, keys, keys.map(toVariable)), EXIT_CODES.asks);
    const values = new Map<string, string>();
    for (const key of keys) {
      const typed = await shell.asker.askSecret(view.words.asksSecret(key, toText(connector["docs"])));
      if (typed !== "" && isTooShort(typed))
        throw new Complaint(({ shortSecret }) => shortSecret(key, SHORTEST_SECRET));
      if (typed !== "") values.set(toVariable(key), typed);
    }
    const file = join(shell.place.skillsDir, "secrets", ".env");
    if (values.size === 0) {
      shell.screen.show([view.words.notDone]);
      return EXIT_CODES.asks;
    }
    saveSecrets(file, values);
    const named = nameInExample(join(shell.place.root, ".env.example"), keys.map(toVariable));
    shell.screen.show([
      view.words.secretsSaved(relative(shell.place.cwd, file)),
      ...(named.length === 0 ? [] : [view.words.namedInExample(named.join(", "))]),
    ]);
    return EXIT_CODES.ok;
  },
};

function toVariable(key: string): string {
  return `SKILLOS_${key}`;
}

async function loadConnector(name: string, shell: Shell): Promise<Json> {
  const directory = join(shell.place.skillsDir, "connectors");
  const known = shell.local.listFiles(directory).map((path) => path.replace(/\.ya?ml$/, ""));
  const found = known.find((one) => one === name.toLowerCase());
  if (found === undefined) throw new Complaint(({ noConnector }) => noConnector(name, known));
  const { parse } = await import("yaml");
  return toJson(parse(readFileSync(join(directory, `${found}.yaml`), "utf8")));
}

export function findKeys(connector: Json): readonly string[] {
  return [...new Set(findSecretKeys(JSON.stringify(connector)))];
}

/** Lines of other keys stay as they are, comments too. */
export function saveSecrets(file: string, values: ReadonlyMap<string, string>): void {
  const before = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  const kept = before.filter((line) => line.trim() !== "" && !values.has(line.split("=")[0]?.trim() ?? ""));
  const added = [...values].map(([name, value]) => `${name}=${quoteValue(value)}`);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${[...kept, ...added].join("\n")}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function quoteValue(value: string): string {
  if (/^[\w.:/+=-]*$/.test(value)) return value;
  const quote = ["'", '"', "`"].find((one) => !value.includes(one));
  if (quote === undefined) throw new Complaint(({ unquotable }) => unquotable());
  return quote + value + quote;
}

/** Which keys a copy of this folder needs is part of it; the names that were added are given back. */
function nameInExample(file: string, variables: readonly string[]): readonly string[] {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const missing = variables.filter((name) => !new RegExp(`^#?\\s*${name}=`, "m").test(text));
  if (missing.length > 0)
    writeFileSync(
      file,
      `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${missing.map((name) => `# ${name}=\n`).join("")}`,
    );
  return missing;
}
