// What a statement does, told from its text: the words outside comments, strings and quoted names. It decides what the
// door asks for; the store holds a statement to its class and to the tables named here, whatever this file thought.
import type { EffectClass } from "../../kernel/domain/effect.ts";
import { toSmall } from "../../kernel/domain/statement-names.ts";
import { findTables } from "./sql-tables.ts";
import { findIllegal, isSign, isWord, toTokens, type Tokens, withoutComments } from "./sql-tokens.ts";

export type SqlMeaning =
  | {
      readonly means: EffectClass;
      /** The one that a write changes; null of a read. */
      readonly table: string | null;
      /** All that it touches, that one first. */
      readonly tables: readonly string[];
      readonly statement: string;
    }
  | NoMeaning;

export interface NoMeaning {
  readonly means: "nothing";
  /** `unclear`: which tables it touches cannot be told. */
  readonly why: "empty" | "several" | "keyword" | "unclear";
  readonly keyword: string;
}

/** A write names its one table plainly, first: what cannot be read by this cannot be shown to a person either. */
const PLAIN_WRITE =
  /^(?:delete\s+from|insert\s+(?:or\s+\w+\s+)?into|replace\s+into|update(?:\s+or\s+\w+)?)\s+("?)(?<table>[\p{L}][\p{L}\p{N}_]*)\1(?=[ \t\n\f\r("])/iu;

const CLASS_BY_KEYWORD: Readonly<Record<string, EffectClass>> = {
  select: "read",
  values: "read",
  insert: "write",
  replace: "write",
  update: "write",
  delete: "delete",
};

export function parseSql(text: string): SqlMeaning {
  const tokens = dropEnd(toTokens(text));
  if (tokens.length === 0) return toNothing("empty", "");
  if (tokens.some((token) => isSign(token, ";"))) return toNothing("several", ";");
  return classify(tokens, withoutComments(text));
}

/** One statement's meaning by its verb: what it may do, its tables, and the text that is run. */
function classify(tokens: Tokens, statement: string): SqlMeaning {
  const [first] = tokens;
  const keyword = first?.kind === "word" ? first.text : "";
  const verb = keyword === "with" ? findVerb(tokens) : keyword;
  const means = CLASS_BY_KEYWORD[verb];
  if (means === undefined) return toNothing("keyword", keyword || (first?.text ?? ""));
  const foul = findFoul(tokens, keyword, means);
  if (foul !== null) return toNothing("keyword", foul);
  if (means === "read") return toMeaning(tokens, { means, table: null, statement });
  const table = findChanged(statement);
  return table === null ? toNothing("keyword", verb) : toMeaning(tokens, { means, table, statement });
}

function toMeaning(tokens: Tokens, known: Omit<Exclude<SqlMeaning, NoMeaning>, "tables">): SqlMeaning {
  const { table } = known;
  const unclear = findIllegal(tokens);
  const named = unclear === null ? findTables(tokens) : { unclear };
  if ("unclear" in named) return toNothing("unclear", named.unclear);
  const tables = table === null ? named.tables : [...new Set([table, ...named.tables])];
  return { ...known, tables };
}

function toNothing(why: NoMeaning["why"], keyword: string): NoMeaning {
  return { means: "nothing", why, keyword };
}

function findChanged(statement: string): string | null {
  const table = PLAIN_WRITE.exec(`${statement} `)?.groups?.["table"];
  return table === undefined ? null : toSmall(table);
}

/** What no statement may hold, told while it is written: the store looks at what a statement really reaches. */
function findFoul(tokens: Tokens, keyword: string, means: EffectClass): string | null {
  if (keyword === "with" && isWord(tokens[1], "recursive")) return "with recursive";
  if (keyword === "with" && means !== "read") return "with … a write";
  const own = tokens.find(
    ({ kind, text }) => (kind === "word" || kind === "name") && /^(_|sqlite_|pragma_)/i.test(text),
  );
  return own ? own.text : null;
}

/** A semicolon at the very end ends the one statement. */
function dropEnd(tokens: Tokens): Tokens {
  const last = tokens.findLastIndex((token) => !isSign(token, ";"));
  return tokens.slice(0, last + 1);
}

/** `with a as (…), b as (…) delete from …`: the first verb outside the brackets. */
function findVerb(tokens: Tokens): string {
  // A name may be spelt like a verb: `with replace as (…)`. The verb is what no `as` follows.
  return (
    tokens.find(
      (token, index) =>
        token.kind === "word" &&
        token.depth === 0 &&
        CLASS_BY_KEYWORD[token.text] !== undefined &&
        !isWord(tokens[index + 1], "as"),
    )?.text ?? ""
  );
}
