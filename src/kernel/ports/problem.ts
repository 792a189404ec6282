// How a refusal is told to people: the table of channels/refusals.ts, as the kernel sees it.
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

export type DescribeRefusal = (refusal: Refusal, locale: Locale, requestId: string) => Problem;
