// A policy file: YAML or JSON in, a Policy or every mistake out. A file whose own examples fail is a mistake too.
import type { FileMistake } from "../domain/refusal.ts";
import { ROLES, type Role } from "../domain/principal.ts";
import { sha256 } from "../domain/hash.ts";
import { findNearestName } from "../language/nearest-name.ts";
import { checkShape } from "../language/skill-file-issues.ts";
import { toMistake, toMistakeWords, toOrdered } from "../language/skill-file-mistake.ts";
import type { Path } from "../language/skill-file-places.ts";
import { parseYaml, toFileName, type YamlFile } from "../language/skill-file-yaml.ts";
import { findMistake } from "./condition.ts";
import {
  isPolicyName,
  POLICY_NAMES,
  type Policy,
  type PolicyExample,
  type PolicyName,
  type PolicyRule,
} from "./policy.ts";
import {
  type ApprovalFile,
  type ExampleFile,
  type PermissionFile,
  POLICY_SHAPES,
  type RuleFile,
} from "./policy-shapes.ts";
import { findFailedExamples } from "./policy-examples.ts";

/** `doubts`: what is read as it stands, and is probably not meant so. */
type PolicyFileAnswer =
  | { readonly policy: Policy; readonly doubts: readonly FileMistake[] }
  | { readonly mistakes: readonly FileMistake[] };

interface Reading {
  readonly yaml: YamlFile;
  readonly mistakes: FileMistake[];
  readonly doubts: FileMistake[];
}

/** The name is the file's. `standing`: the policies that hold beside it where it does not say otherwise. */
export function parsePolicyFile(path: string, text: string, standing: readonly Policy[]): PolicyFileAnswer {
  const yaml = parseYaml(path, text);
  const reading: Reading = { yaml, mistakes: [...yaml.mistakes], doubts: [] };
  const name = toFileName(path);
  const policy = isPolicyName(name) ? readPolicy(name, text, reading) : refuseName(name, reading);
  const { mistakes } = reading;
  if (policy === null || mistakes.length > 0) return { mistakes: toOrdered(mistakes) };
  const beside = policy.defaults ? standing.filter((one) => one.name === policy.name) : [];
  refuseRepeats(policy, beside, reading);
  if (mistakes.length === 0) mistakes.push(...findFailedExamples(policy, beside));
  return mistakes.length > 0 ? { mistakes: toOrdered(mistakes) } : { policy, doubts: reading.doubts };
}

function refuseName(name: string, { yaml, mistakes }: Reading): null {
  const message = { en: `There is no policy ${name}.`, ru: `Политики ${name} не бывает.` };
  const nearest = findNearestName(name, POLICY_NAMES);
  const all = POLICY_NAMES.join(", ");
  mistakes.push(
    toMistake(
      yaml.locate([]),
      toMistakeWords(
        "wrong_name",
        message,
        nearest === null
          ? { en: `There are two: ${all}.`, ru: `Их две: ${all}.` }
          : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` },
      ),
    ),
  );
  return null;
}

function readPolicy(name: PolicyName, text: string, reading: Reading): Policy | null {
  const { yaml, mistakes } = reading;
  if (!yaml.isReadable) return null;
  const place = { yaml, path: [], mistakes };
  const value = yaml.value ?? {};
  const hash = sha256(`policy\n${yaml.file}\n${text}`);
  if (name === "permission_policies") {
    const checked = checkShape(POLICY_SHAPES[name], value, place);
    if (checked === null) return null;
    const rules = [...readRules(checked.value.rules, reading), ...toRequired(checked.value, reading)];
    return {
      name,
      defaults: checked.value.defaults,
      rules,
      examples: toExamples(checked.value.examples, yaml),
      hash,
    };
  }
  const checked = checkShape(POLICY_SHAPES[name], value, place);
  if (checked === null) return null;
  const rules = [...readRules(checked.value.rules, reading), ...toAsked(checked.value, reading)];
  return {
    name,
    defaults: checked.value.defaults,
    rules,
    examples: toExamples(checked.value.examples, yaml),
    hash,
  };
}

/** Nobody is asked about reads. */
const CHANGES = ["write", "delete"] as const;

function readRules(rules: readonly RuleFile[], { yaml, mistakes }: Reading): readonly PolicyRule[] {
  return rules.map((rule, index) => {
    const path: Path = ["rules", index];
    const isPermission = "effect" in rule;
    if (rule.when !== undefined) mistakes.push(...findWrongCondition(rule.when, [...path, "when"], yaml));
    return {
      id: rule.id,
      effect: isPermission ? rule.effect : "ask",
      by: "by" in rule ? rule.by : "owner",
      roles: rule.roles ?? null,
      users: rule.users ?? null,
      skills: rule.skills ?? null,
      actions: rule.actions ?? (isPermission ? null : CHANGES),
      channels: rule.channels ?? null,
      when: rule.when ?? null,
      at: yaml.locate([...path, "id"]),
    };
  });
}

function findWrongCondition(when: string, path: Path, yaml: YamlFile): readonly FileMistake[] {
  const mistake = findMistake(when);
  if (mistake === null) return [];
  const { rule, message, mend, column } = mistake;
  return [toMistake(yaml.locateText(path, when, column), toMistakeWords(rule, message, mend))];
}

const OF_ALL = { roles: null, users: null, skills: null, actions: null, channels: null, when: null } as const;

/** The role that other systems call admin is ours of the owner. */
const ROLE_NAMES: ReadonlyMap<string, Role> = new Map([
  ...ROLES.map((role) => [role, role] as const),
  ["admin", "owner"],
]);

/** A permission that is required is necessary, not enough: whoever lacks one is denied, and whoever has it may what he may. */
function toRequired(
  { roles, policies }: PermissionFile,
  { yaml, mistakes, doubts }: Reading,
): readonly PolicyRule[] {
  const granted = new Map<Role, Set<string>>(ROLES.map((role) => [role, new Set<string>()]));
  for (const [name, permissions] of Object.entries(roles)) {
    const role = ROLE_NAMES.get(name);
    if (role === undefined) mistakes.push(toUnknownRole(name, yaml));
    else for (const permission of permissions) granted.get(role)?.add(permission);
  }
  const given = new Set([...granted.values()].flatMap((some) => [...some]));
  return policies.map(({ skill_id: skill, required_permissions: required }, index) => {
    const path: Path = ["policies", index];
    for (const [n, permission] of required.entries())
      if (!given.has(permission))
        doubts.push(toUngranted(permission, yaml, { path: [...path, "required_permissions", n], given }));
    const lacking = ROLES.filter((role) => required.some((one) => granted.get(role)?.has(one) !== true));
    return {
      ...OF_ALL,
      id: `${skill} requires ${required.join(", ")}`,
      effect: "deny",
      by: "owner",
      roles: lacking,
      skills: [skill],
      at: yaml.locate([...path, "skill_id"]),
    };
  });
}

function toUnknownRole(name: string, yaml: YamlFile): FileMistake {
  const known = [...ROLE_NAMES.keys()];
  const nearest = findNearestName(name, known);
  const all = known.join(", ");
  return toMistake(
    yaml.locate(["roles", name], "key"),
    toMistakeWords(
      "unknown_name",
      { en: `There is no role ${name}.`, ru: `Роли ${name} нет.` },
      nearest === null
        ? { en: `There are: ${all}.`, ru: `Бывают: ${all}.` }
        : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` },
    ),
  );
}

/** Nobody has it: the skill is locked for all. */
function toUngranted(
  permission: string,
  yaml: YamlFile,
  { path, given }: { readonly path: Path; readonly given: ReadonlySet<string> },
): FileMistake {
  const nearest = findNearestName(permission, given);
  return toMistake(
    yaml.locate(path),
    toMistakeWords(
      "unknown_name",
      { en: `No role has the permission ${permission}.`, ru: `Права ${permission} нет ни у одной роли.` },
      nearest === null
        ? { en: "Give it to a role under roles.", ru: "Дайте его роли в roles." }
        : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` },
    ),
  );
}

const NOT_WAIVED = toMistakeWords(
  "not_waived",
  {
    en: "requires_approval: false changes nothing: where another rule asks for a yes, it is asked for.",
    ru: "requires_approval: false ничего не меняет: если согласия требует другое правило, его спросят.",
  },
  {
    en: "To ask less than SkillOS does by itself, write defaults: false and your own rules.",
    ru: "Чтобы спрашивать реже, чем SkillOS сам, напишите defaults: false и свои правила.",
  },
);

/** `requires_approval: false` adds nothing: the strictest of all rules decides. */
function toAsked({ policies }: ApprovalFile, { yaml, doubts }: Reading): readonly PolicyRule[] {
  return policies.flatMap(({ skill_id: skill, requires_approval: isAsked, by }, index) => {
    if (!isAsked) {
      doubts.push(toMistake(yaml.locate(["policies", index, "requires_approval"]), NOT_WAIVED));
      return [];
    }
    const at = yaml.locate(["policies", index, "skill_id"]);
    const id = `${skill} requires approval`;
    return [{ ...OF_ALL, actions: CHANGES, id, effect: "ask", by, skills: [skill], at } as const];
  });
}

function toExamples(examples: readonly ExampleFile[], yaml: YamlFile): readonly PolicyExample[] {
  return examples.map((example, index) => ({
    ...example,
    name: example.name ?? `${example.subject.role}: ${example.action} ${example.skill.id}`,
    effects: example.effects ?? [{ class: example.action, target: "", via: "", connector: "", step: "" }],
    rule: example.rule ?? null,
    at: yaml.locate(["examples", index, "expect"]),
  }));
}

function refuseRepeats({ rules }: Policy, beside: readonly Policy[], { mistakes }: Reading): void {
  const seen = new Set(beside.flatMap((policy) => policy.rules.map(({ id }) => id)));
  for (const { id, at } of rules) {
    if (seen.has(id))
      mistakes.push(
        toMistake(
          at,
          toMistakeWords(
            "duplicate_id",
            { en: `Another rule is already called ${id}.`, ru: `Другое правило уже называется ${id}.` },
            { en: "Give one of them another id.", ru: "Дайте одному из них другой id." },
          ),
        ),
      );
    seen.add(id);
  }
}
