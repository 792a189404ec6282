// The list of step kinds. Adding one: its file, its test, its line here.
import type { StepKind } from "../kernel/domain/step-kind.ts";
import { file } from "./file.ts";
import { form } from "./form.ts";
import { http } from "./http.ts";
import { llm } from "./llm.ts";
import { message } from "./message.ts";
import { parallel } from "./parallel.ts";
import { set } from "./set.ts";
import { skill } from "./skill.ts";
import { sql } from "./sql.ts";

export const STEP_KINDS: readonly StepKind<unknown>[] = [
  set,
  http,
  sql,
  llm,
  skill,
  parallel,
  file,
  form,
  message,
];
