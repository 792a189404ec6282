// Everything that the page shows, as data. Drawing it is pure: the same model gives the same bytes.
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Answer, Problem, RecentRun } from "./answer.ts";

/** What was asked so far; every form of the page carries it along, because the server keeps no session. */
export interface Asked {
  readonly query: string;
  readonly skill: string | null;
  /** Values typed into the form, by name. */
  readonly input: Readonly<Record<string, unknown>>;
}

export type View =
  | { readonly view: "home" }
  /** Somebody said no before anything was begun. */
  | { readonly view: "declined" }
  | { readonly view: "answer"; readonly answer: Answer }
  /** What was asked by a link has its answer. */
  | { readonly view: "decided"; readonly isYes: boolean; readonly answer: Answer }
  | { readonly view: "problem"; readonly problem: Problem; readonly again: Answer | null }
  | { readonly view: "code"; readonly code: string };

export interface PageModel {
  readonly locale: Locale;
  readonly view: View;
  readonly asked: Asked;
  readonly recent: readonly RecentRun[];
  /** A new Idempotency-Key: pressing a button of this page twice does the thing once. */
  readonly key: string;
  /** IANA zone in which times are shown. */
  readonly timeZone: string;
  /** Whether this is the owner's own computer. */
  readonly isLocal: boolean;
  /** The page was opened by the link of a question: all that it leads to is under this path. */
  readonly link?: string;
  /** A yes needs the operator's token besides. */
  readonly wantsToken?: boolean;
}

export const NOTHING_ASKED: Asked = { query: "", skill: null, input: {} };
