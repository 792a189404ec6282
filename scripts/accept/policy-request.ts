// Requests and policies by chance: rules with every kind of selector, both forms of files, people, skills, amounts, moments.
import type { Chance } from "../lib/chance.ts";
import { makeTree, toText, type Tree } from "./policy-condition.ts";

export type Role = "owner" | "manager" | "member" | "viewer";
export type Action = "read" | "write" | "delete";

export interface Rule {
  readonly id: string;
  readonly effect: "allow" | "deny" | "ask";
  readonly by: Role;
  readonly roles: readonly Role[] | null;
  readonly users: readonly string[] | null;
  readonly skills: readonly string[] | null;
  readonly actions: readonly Action[] | null;
  readonly channels: readonly string[] | null;
  readonly when: Tree | null;
}

export interface Made {
  readonly permission: { readonly text: string; readonly defaults: boolean };
  readonly approval: { readonly text: string; readonly defaults: boolean };
  /** Of both, and what the other form of a file means. */
  readonly rules: readonly Rule[];
}

const ROLES = ["owner", "manager", "member", "viewer"] as const;
const USERS = ["anna", "boris", "vera"] as const;
const GLOBS = ["*", "shop/*", "*/sell", "shop/s*l", "shop/sell", "books/close", "bo*", "?hop/look"] as const;
const IDS = ["shop/sell", "shop/look", "books/close", "staff/pay"] as const;
const CHANNELS = ["http", "cli", "webhook"] as const;
const ACTIONS = ["read", "write", "delete"] as const;
const CHANGES = ["write", "delete"] as const;

/** Null: none is named, it is for all. */
function some<T>(chance: Chance, values: readonly [T, ...T[]]): readonly T[] | null {
  if (chance.next() < 0.55) return null;
  return [...new Set([chance.pick(values), chance.pick(values)])];
}

function makeRule(chance: Chance, id: string, effect: Rule["effect"]): Rule {
  return {
    id,
    effect,
    by: chance.pick(ROLES),
    roles: some(chance, ROLES),
    users: some(chance, USERS),
    skills: some(chance, GLOBS),
    actions: effect === "ask" ? some(chance, CHANGES) : some(chance, ACTIONS),
    channels: some(chance, CHANNELS),
    when: chance.next() < 0.6 ? makeTree(chance, 3) : null,
  };
}

function toWritten({ effect, by, when, ...rule }: Rule): object {
  const named = Object.entries(rule).filter(([, value]) => value !== null);
  const own = effect === "ask" ? { by } : { effect };
  return { ...Object.fromEntries(named), ...own, ...(when === null ? {} : { when: toText(when) }) };
}

interface Required {
  readonly file: object;
  readonly rules: readonly Rule[];
}

const OF_ALL = { users: null, actions: null, channels: null, when: null, by: "owner" } as const;

/** The form of permissions by role: whoever lacks one that is required is denied. */
function makeRequired(chance: Chance): Required {
  if (chance.next() < 0.6) return { file: {}, rules: [] };
  const granted = new Map(ROLES.map((role) => [role, ["read", "write"].filter(() => chance.next() < 0.6)]));
  const skills = [...new Set([chance.pick(GLOBS), chance.pick(GLOBS)])];
  const rules = skills.map((skill, n): Rule => {
    const wanted = n === 0 ? "read" : "write";
    const roles = ROLES.filter((role) => granted.get(role)?.includes(wanted) !== true);
    return { ...OF_ALL, id: `${skill} requires ${wanted}`, effect: "deny", roles, skills: [skill] };
  });
  const policies = skills.map((skill, n) => ({
    skill_id: skill,
    required_permissions: [n === 0 ? "read" : "write"],
  }));
  return { file: { roles: Object.fromEntries(granted), policies }, rules };
}

function makeAsked(chance: Chance): Required {
  if (chance.next() < 0.7) return { file: {}, rules: [] };
  const skill = chance.pick(GLOBS);
  const rule: Rule = {
    ...OF_ALL,
    id: `${skill} requires approval`,
    effect: "ask",
    roles: null,
    skills: [skill],
  };
  return { file: { policies: [{ skill_id: skill, requires_approval: true }] }, rules: [rule] };
}

export function makePolicies(chance: Chance): Made {
  const list = (count: number, make: (n: number) => Rule): Rule[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const grants = list(chance.between(0, 6), (n) =>
    makeRule(chance, `p${chance.between(0, 9)}_${n}`, chance.pick(["allow", "allow", "deny"])),
  );
  const asks = list(chance.between(0, 4), (n) => makeRule(chance, `a${chance.between(0, 9)}_${n}`, "ask"));
  const [required, asked] = [makeRequired(chance), makeAsked(chance)];
  const write = (rules: readonly Rule[], more: object) => {
    const defaults = chance.next() < 0.7;
    const content = { defaults, rules: rules.map(toWritten), ...more };
    return { text: JSON.stringify(content, null, 2), defaults };
  };
  return {
    permission: write(grants, required.file),
    approval: write(asks, asked.file),
    rules: [...grants, ...required.rules, ...asks, ...asked.rules],
  };
}

export interface Request {
  readonly subject: { readonly user: string; readonly role: Role; readonly key: string };
  readonly skill: string;
  readonly tags: readonly string[];
  readonly skillRisk: number;
  readonly action: Action;
  readonly effects: readonly {
    readonly class: Action;
    readonly target: string;
    readonly via: string;
    readonly connector: string;
    readonly step: string;
  }[];
  readonly entities: number | null;
  readonly costUsd: number;
  /** Null: of a skill that another calls. */
  readonly input: Readonly<Record<string, unknown>> | null;
  readonly now: number;
  readonly zone: Zone;
  readonly channel: string;
  readonly risk: number;
  readonly isFinal: boolean;
}

/** One without a summer time: what its clocks show is a sum. */
interface Zone {
  readonly name: string;
  readonly offsetMinutes: number;
}

const ZONES: readonly [Zone, ...Zone[]] = [
  { name: "UTC", offsetMinutes: 0 },
  { name: "Europe/Moscow", offsetMinutes: 180 },
  { name: "Asia/Kolkata", offsetMinutes: 330 },
  { name: "America/Phoenix", offsetMinutes: -420 },
];
const START = Date.UTC(2026, 10, 1);
const DAYS = 60;

export function makeRequest(chance: Chance): Request {
  const action = chance.pick(ACTIONS);
  const effect = (of: Action) => ({
    class: of,
    target: chance.pick(["orders", "books"]),
    via: chance.pick(["sql", "http"]),
    connector: "",
    step: "one",
  });
  return {
    subject: { user: chance.pick(USERS), role: chance.pick(ROLES), key: chance.pick(["", "key_1"]) },
    skill: chance.pick(IDS),
    tags: chance.pick([[], ["money"], ["money", "staff"]]),
    skillRisk: chance.between(0, 9),
    action,
    effects: [effect(action), effect(chance.pick(ACTIONS))],
    entities: chance.pick([null, 0, 1, 3, 10, 11, 14]),
    costUsd: chance.between(0, 5),
    input: chance.pick([null, {}, { total: chance.between(0, 14), word: chance.pick(["anna", "shop"]) }]),
    now: START + chance.between(0, DAYS * 24 * 60 - 1) * 60_000,
    zone: chance.pick(ZONES),
    channel: chance.pick(CHANNELS),
    risk: chance.between(0, 10),
    isFinal: chance.next() < 0.5,
  };
}
