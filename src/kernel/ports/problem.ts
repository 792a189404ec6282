// How a refusal is told to people: the table of channels/refusals.ts, as the kernel sees it.
import type { MicroUsd } from "../domain/money.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Locale } from "../domain/text.ts";

/** RFC 9457, with what SkillOS adds. */
export interface Problem {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly fix: string;
  readonly retryable: boolean;
  readonly request_id: string;
  readonly step?: string | undefined;
  readonly [fact: string]: unknown;
}

/** What the teller knows beside the refusal itself. Each is optional: a row claims nothing that it was not told. */
export interface Around {
  readonly requestId?: string | undefined;
  /** IANA zone of the tenant, for the time at which a budget starts again. */
  readonly timeZone?: string | undefined;
  readonly skill?: string | undefined;
  /** The short id of the run that failed. */
  readonly run?: string | undefined;
  /** What the run had cost when it stopped; absent before a run starts. */
  readonly spentMicroUsd?: MicroUsd | undefined;
  /** How many writes were done when it stopped. */
  readonly changes?: number | undefined;
}

export type DescribeRefusal = (refusal: Refusal, locale: Locale, around: Around) => Problem;
