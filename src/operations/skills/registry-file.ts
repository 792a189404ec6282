// What one file of the skills folder is, by its path, and the documents it becomes.
import { toCanonicalJson } from "../../kernel/domain/canonical.ts";
import { sha256 } from "../../kernel/domain/hash.ts";
import { RESERVED_DOMAINS } from "../../kernel/domain/id.ts";
import type { FileMistake } from "../../kernel/domain/refusal.ts";
import type { StepKind } from "../../kernel/domain/step-kind.ts";
import { parseConnectorFile } from "../../kernel/language/connector-file.ts";
import { parseFixtureFile } from "../../kernel/language/fixture-file.ts";
import { parseSkillFile } from "../../kernel/language/skill-file.ts";
import { parseTestFile } from "../../kernel/language/test-file.ts";
import { toDefaults } from "../../kernel/policy/default-policies.ts";
import { parsePolicyFile } from "../../kernel/policy/policy-file.ts";
import type { DocumentKind, NewDocument } from "../../kernel/ports/registry.ts";

const PLACES: readonly { readonly kind: DocumentKind; readonly pattern: RegExp }[] = [
  { kind: "connector", pattern: /^connectors\/([a-z0-9_-]+)\.ya?ml$/ },
  { kind: "policy", pattern: /^policies\/([a-z0-9_-]+)\.(?:ya?ml|json)$/ },
  { kind: "fixture", pattern: /^fixtures\/([a-z0-9_-]+)\.ya?ml$/ },
  { kind: "table", pattern: /^fixtures\/tables\/([a-z][a-z0-9_]*)\.csv$/ },
  { kind: "phrases", pattern: /^([a-z0-9_-]+\/[a-z0-9_-]+)\.phrases\.ya?ml$/ },
  { kind: "test", pattern: /^([a-z0-9_-]+\/[a-z0-9_-]+)\.test\.ya?ml$/ },
  { kind: "skill", pattern: /^([a-z0-9_-]+\/[a-z0-9_-]+)\.ya?ml$/ },
];

/** Null: not a file of the registry (tables, secrets, a README). */
export function findPlace(path: string): { kind: DocumentKind; name: string } | null {
  for (const { kind, pattern } of PLACES) {
    const name = pattern.exec(path)?.[1];
    if (name !== undefined) return { kind, name };
  }
  return null;
}

/** Folders and files of the skills folder that hold something else. */
const READ_FROM = ["connectors", "fixtures", "policies"];
const OTHERS = [...RESERVED_DOMAINS].filter((name) => !READ_FROM.includes(name));

/** A YAML file that would be no skill, no connector and nothing else, though somebody wrote it to be one. */
export function findMisplaced(path: string): FileMistake | null {
  const [first = ""] = path.split(/[/.]/);
  const isWritten = /\.ya?ml$/.test(path) || (first === "policies" && path.endsWith(".json"));
  if (!isWritten || OTHERS.includes(first) || findPlace(path) !== null) return null;
  const at = { file: path, line: 1, column: 1 };
  if (first === "policies") return { at, rule: "path", ...NO_POLICY };
  return {
    at,
    rule: "path",
    message: {
      en: "Nothing is read from here: a skill is a file DOMAIN/NAME.yaml in small Latin letters, digits, - and _.",
      ru: "Отсюда ничего не читается: навык — это файл ОБЛАСТЬ/ИМЯ.yaml строчными латинскими буквами, цифрами, - и _.",
    },
    mend: {
      en: "Move or rename it, for example: shop/vat.yaml.",
      ru: "Переместите или переименуйте его, например: shop/vat.yaml.",
    },
  };
}

const NO_POLICY = {
  message: {
    en: "Nothing is read from here: the two policies are files in policies/ itself.",
    ru: "Отсюда ничего не читается: обе политики лежат прямо в policies/.",
  },
  mend: {
    en: "Name it policies/permission_policies.yaml or policies/approval_policies.yaml.",
    ru: "Назовите его policies/permission_policies.yaml или policies/approval_policies.yaml.",
  },
};

export interface WantedFile {
  readonly path: string;
  readonly text: string;
  readonly phrases?: string | undefined;
}

/** `doubts`: what is taken as it stands, and is probably not meant so. */
export type RegistryFileAnswer =
  | { readonly documents: readonly NewDocument[]; readonly doubts?: readonly FileMistake[] }
  | { readonly mistakes: readonly FileMistake[] };

export function parseRegistryFile(file: WantedFile, kinds: readonly StepKind<unknown>[]): RegistryFileAnswer {
  const place = findPlace(file.path);
  const { path, text } = file;
  switch (place?.kind) {
    case "connector": {
      const parsed = parseConnectorFile(path, text);
      return "mistakes" in parsed
        ? parsed
        : one({
            kind: "connector",
            name: parsed.connector.name,
            hash: parsed.connector.hash,
            document: parsed.connector,
            source: text,
          });
    }
    case "policy": {
      const parsed = parsePolicyFile(path, text, toDefaults());
      if ("mistakes" in parsed) return parsed;
      const { policy, doubts } = parsed;
      const { name, hash } = policy;
      return { documents: [{ kind: "policy", name, hash, document: policy, source: text }], doubts };
    }
    case "fixture": {
      const parsed = parseFixtureFile(path, text);
      return "mistakes" in parsed
        ? parsed
        : one({
            kind: "fixture",
            name: parsed.fixture.name,
            hash: sha256(toCanonicalJson(parsed.fixture)),
            document: parsed.fixture,
            source: text,
          });
    }
    case "test": {
      const parsed = parseTestFile(path, text);
      return "mistakes" in parsed ? parsed : one(asWritten(place, text));
    }
    case "table":
      return one(asWritten(place, text));
    case "skill":
      return parseSkill(file, kinds);
    default:
      return { documents: [] };
  }
}

/** With its phrases, where it has a file of them. */
function parseSkill(
  { path, text, phrases }: WantedFile,
  kinds: readonly StepKind<unknown>[],
): RegistryFileAnswer {
  const parsed = parseSkillFile({ path, text, phrases, kinds });
  if ("mistakes" in parsed) return parsed;
  const { skill } = parsed;
  const main = { kind: "skill", name: skill.id, hash: skill.hash, document: skill, source: text } as const;
  if (phrases === undefined) return one(main);
  const hash = sha256(`phrases\n${skill.id}\n${phrases}`);
  return { documents: [main, { kind: "phrases", name: skill.id, hash, document: null, source: phrases }] };
}

/** Kept as it is, and read when it is needed. */
function asWritten({ kind, name }: { kind: DocumentKind; name: string }, text: string): NewDocument {
  return { kind, name, hash: sha256(`${kind}\n${name}\n${text}`), document: null, source: text };
}

function one(document: NewDocument): RegistryFileAnswer {
  return { documents: [document] };
}
