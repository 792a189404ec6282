// The types of what a condition can name: as much as is known before there is a request. Nothing is known of an input's values.

export type ConditionType =
  | { readonly is: "any" }
  | { readonly is: "boolean" }
  | { readonly is: "number" }
  | { readonly is: "text" }
  | { readonly is: "list"; readonly of: ConditionType }
  | { readonly is: "map"; readonly fields: Readonly<Record<string, ConditionType>> };

export const ANY: ConditionType = { is: "any" };
export const BOOLEAN: ConditionType = { is: "boolean" };
export const NUMBER: ConditionType = { is: "number" };
export const TEXT: ConditionType = { is: "text" };

const list = (of: ConditionType): ConditionType => ({ is: "list", of });
const map = (fields: Readonly<Record<string, ConditionType>>): ConditionType => ({ is: "map", fields });

/** Everything that a condition can name. */
export const FACT_TYPES: Readonly<Record<string, ConditionType>> = {
  subject: map({ user: TEXT, role: TEXT, key: TEXT }),
  skill: map({ id: TEXT, domain: TEXT, version: TEXT, tags: list(TEXT), risk: NUMBER }),
  action: TEXT,
  effects: list(map({ class: TEXT, target: TEXT, via: TEXT, connector: TEXT, step: TEXT })),
  amounts: map({ entities: NUMBER, cost_usd: NUMBER }),
  input: ANY,
  time: map({
    date: TEXT,
    year: NUMBER,
    month: NUMBER,
    day: NUMBER,
    weekday: NUMBER,
    hour: NUMBER,
    minute: NUMBER,
  }),
  channel: TEXT,
  risk: NUMBER,
};

/** What functions answer, where it does not depend on what they are given. */
export const ANSWER_TYPES: Readonly<Record<string, ConditionType>> = {
  has: BOOLEAN,
  all: BOOLEAN,
  exists: BOOLEAN,
  exists_one: BOOLEAN,
  contains: BOOLEAN,
  startsWith: BOOLEAN,
  endsWith: BOOLEAN,
  matches: BOOLEAN,
  bool: BOOLEAN,
  hasValue: BOOLEAN,
  size: NUMBER,
  int: NUMBER,
  uint: NUMBER,
  double: NUMBER,
  round: NUMBER,
  floor: NUMBER,
  ceil: NUMBER,
  abs: NUMBER,
  indexOf: NUMBER,
  lastIndexOf: NUMBER,
  string: TEXT,
  type: TEXT,
  trim: TEXT,
  lower: TEXT,
  upper: TEXT,
  lowerAscii: TEXT,
  upperAscii: TEXT,
  replace: TEXT,
  substring: TEXT,
  charAt: TEXT,
  join: TEXT,
  split: list(TEXT),
};

/** Methods of text: called on something else they fail every time. */
export const TEXT_METHODS: ReadonlySet<string> = new Set([
  "startsWith",
  "endsWith",
  "matches",
  "trim",
  "lower",
  "upper",
  "lowerAscii",
  "upperAscii",
  "split",
  "replace",
  "substring",
  "charAt",
]);

/** Forms with a variable of their own: over a list, `list.exists(x, …)`. */
export const LOOPS: ReadonlySet<string> = new Set([
  "all",
  "exists",
  "exists_one",
  "map",
  "filter",
  "sortBy",
  "groupBy",
]);
