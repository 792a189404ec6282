// Rules that are for nothing, worth a word and no mistake: a skill, or a user, may come later. They name skills or users that are
// not there, users who all have other roles, or what another rule denies whatever happens.
import type { Role } from "../domain/principal.ts";
import type { FileMistake } from "../domain/refusal.ts";
import type { BothLanguages } from "../domain/text.ts";
import { findNearestName } from "../language/nearest-name.ts";
import { toMistake, toMistakeWords } from "../language/skill-file-mistake.ts";
import { compileGlob } from "../domain/skill-glob.ts";
import type { Policy, PolicyRule } from "./policy.ts";

/** What there is. Without `people` nothing is said of users. */
export interface Known {
  readonly skills: readonly string[];
  readonly people?: readonly { readonly id: string; readonly role: Role }[];
}

type Hint = readonly [rule: string, message: BothLanguages, mend: BothLanguages];

export function findIdleRules({ rules }: Pick<Policy, "rules">, known: Known): readonly FileMistake[] {
  return rules.flatMap((rule) =>
    [...findIdleGlobs(rule, known), ...findIdleUsers(rule, known), ...findHidden(rule, rules)].map((hint) =>
      toMistake(rule.at, toMistakeWords(...hint)),
    ),
  );
}

function findIdleGlobs({ id, skills: globs }: PolicyRule, { skills }: Known): readonly Hint[] {
  const idle = (globs ?? []).filter((glob) => !skills.some(compileGlob(glob)));
  return idle.map((glob) => {
    const message = {
      en: `The rule ${id} names ${glob}, and no skill is called so.`,
      ru: `Правило ${id} называет ${glob}, а такого навыка нет.`,
    };
    const all = { en: "All of them: `skillos skills`.", ru: "Все навыки: `skillos skills`." };
    return ["unknown_skill", message, toMeant(findMeant(glob, skills)) ?? all];
  });
}

/** A domain by itself is no skill; all of it is `fin/*`. */
function findMeant(glob: string, skills: readonly string[]): string | null {
  return skills.some((id) => id.startsWith(`${glob}/`)) ? `${glob}/*` : findNearestName(glob, skills);
}

function toMeant(nearest: string | null): BothLanguages | null {
  return nearest === null ? null : { en: `Did you mean ${nearest}?`, ru: `Может быть, ${nearest}?` };
}

function findIdleUsers({ id, users, roles }: PolicyRule, { people }: Known): readonly Hint[] {
  if (people === undefined || users === null) return [];
  const unknown = users.filter((user) => people.every((one) => one.id !== user));
  const strangers = unknown.map((user): Hint => {
    const message = {
      en: `The rule ${id} names ${user}, and no user is called so.`,
      ru: `Правило ${id} называет ${user}, а такого пользователя нет.`,
    };
    const all = { en: "All of them: `skillos users list`.", ru: "Все пользователи: `skillos users list`." };
    const names = people.map((one) => one.id);
    return ["unknown_user", message, toMeant(findNearestName(user, names)) ?? all];
  });
  const isForNone = people.every((one) => !users.includes(one.id) || !roles?.includes(one.role));
  return roles !== null && unknown.length === 0 && isForNone ? [...strangers, toRoleHint(id)] : strangers;
}

function toRoleHint(id: string): Hint {
  return [
    "idle_rule",
    {
      en: `The rule ${id} is for nobody: its users have other roles.`,
      ru: `Правило ${id} ни для кого: у его пользователей другие роли.`,
    },
    { en: "Leave out `roles`, or name others.", ru: "Уберите `roles` или назовите другие." },
  ];
}

/** Whatever it is for is denied by another rule, always. */
function findHidden(rule: PolicyRule, rules: readonly PolicyRule[]): readonly Hint[] {
  const deny = rules.find((one) => one !== rule && one.effect === "deny" && covers(one, rule));
  if (rule.effect === "deny" || deny === undefined) return [];
  const message = {
    en: `The rule ${rule.id} never decides: ${deny.id} denies all that it is for.`,
    ru: `Правило ${rule.id} ничего не решает: всё это запрещает ${deny.id}.`,
  };
  const mend = {
    en: `A deny overrides. Narrow ${deny.id}, or take ${rule.id} out.`,
    ru: `Запрет сильнее. Сузьте ${deny.id} или уберите ${rule.id}.`,
  };
  return [["idle_rule", message, mend]];
}

const SELECTORS = ["roles", "users", "skills", "actions", "channels"] as const;

/** Surely: of skills only what is written the same way. */
function covers(deny: PolicyRule, rule: PolicyRule): boolean {
  return (
    deny.when === null &&
    SELECTORS.every((name) => {
      const [wide, narrow]: readonly (readonly string[] | null)[] = [deny[name], rule[name]];
      if (wide === null || wide === undefined || (name === "skills" && wide.includes("*"))) return true;
      return narrow?.every((one) => wide.includes(one)) ?? false;
    })
  );
}
