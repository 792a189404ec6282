// Single fields of answers: what is not there is empty, so that an act can say what is wrong.
import { type Json, toField, toJsonList, toText } from "../../src/channels/cli/json.ts";

/** `textAt(run, "plan", "hash")` */
export const textAt = (value: unknown, ...path: readonly string[]): string => toText(toField(value, ...path));

export const listAt = (value: unknown, ...path: readonly string[]): readonly Json[] =>
  toJsonList(toField(value, ...path));
