// What a posted form says, as a value: which decision, or which request. Nothing of it is believed before it is parsed here.
import { z } from "zod";
import { isTooDeep } from "../../../kernel/domain/json.ts";
import { toKnown } from "./language.ts";
import type { Locale } from "../../../kernel/domain/text.ts";
import type { Asked } from "./model.ts";

interface Common {
  readonly key: string;
  readonly locale: Locale | null;
}

export type Posted = Common &
  (
    | {
        readonly post: "ask";
        readonly asked: Asked;
        readonly files: ReadonlyMap<string, File>;
        readonly way: Way | null;
      }
    | {
        readonly post: "trial";
        readonly yes: boolean;
        readonly run: string;
        readonly query: string;
        readonly planHash: string;
        readonly exclude: readonly string[];
      }
    | {
        readonly post: "approval";
        readonly yes: boolean;
        readonly id: string;
        readonly exclude: readonly string[];
        /** The operator's, where one is set. */
        readonly token: string;
      }
    | {
        readonly post: "answer";
        readonly run: string;
        readonly input: Readonly<Record<string, unknown>>;
      }
    | { readonly post: "resolve"; readonly run: string; readonly happened: boolean }
  );

/** How a request that failed is sent again. */
export type Way = "again" | "practice" | "stale";

const Carried = z.record(z.string(), z.unknown());

export function parseForm(form: FormData): Posted {
  const read = (name: string): string => toText(form.get(name));
  const common = { key: read("key"), locale: toKnown(read("lang")) };
  const yes = read("do") === "yes";
  const exclude = [...new Set(form.getAll("exclude").map(toText))];
  if (read("approval") !== "")
    return { ...common, post: "approval", yes, id: read("approval"), exclude, token: read("token") };
  if (read("answer") !== "")
    return { ...common, post: "answer", run: read("answer"), input: toAsked(form, read).asked.input };
  if (read("resolve") !== "")
    return { ...common, post: "resolve", run: read("resolve"), happened: read("happened") === "yes" };
  if (read("run") !== "")
    return {
      ...common,
      post: "trial",
      yes,
      run: read("run"),
      query: read("query"),
      planHash: read("plan_hash"),
      exclude,
    };
  return { ...common, post: "ask", ...toAsked(form, read), way: toWay(read("with")) };
}

function toText(value: unknown): string {
  // Browsers send the line ends of a text field as CR LF.
  return typeof value === "string" ? value.replaceAll("\r\n", "\n").trim() : "";
}

function toWay(text: string): Way | null {
  return text === "again" || text === "practice" || text === "stale" ? text : null;
}

function toAsked(
  form: FormData,
  read: (name: string) => string,
): { asked: Asked; files: ReadonlyMap<string, File> } {
  const input: Record<string, unknown> = { ...parseCarried(read("input")) };
  const files = new Map<string, File>();
  for (const [field, value] of form.entries()) {
    if (!field.startsWith("in.")) continue;
    const name = field.slice("in.".length);
    if (typeof value !== "string") {
      if (value.size > 0) files.set(name, value);
    } else if (toText(value) !== "" && toText(value) !== read(`was.${name}`)) input[name] = toText(value);
  }
  return {
    asked: { query: read("query"), skill: read("skill") === "" ? null : read("skill"), input },
    files,
  };
}

function parseCarried(text: string): Readonly<Record<string, unknown>> {
  if (text === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    const parsed = isTooDeep(value) ? null : Carried.safeParse(value);
    return parsed?.success ? parsed.data : {};
  } catch {
    // Somebody edited the hidden member: then nothing was carried along.
    return {};
  }
}
