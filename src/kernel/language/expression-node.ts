// What the compiler and its macros share: the mistake they raise, what they know of a node, and the forgiving condition.
import type { BothLanguages } from "../domain/text.ts";
import type { ASTNode } from "@marcbachmann/cel-js";
import { ExpressionError } from "./expression-error.ts";
import type { Frame, Run } from "./expression-frame.ts";
import { toBoolean } from "./expression-operators.ts";

/** A use of a root name: what it is followed by, and where it stands (1-based column in the expression). */
export interface Reference {
  readonly root: string;
  readonly member: string | null;
  readonly column: number;
}

/** A mistake found while compiling; caught by compileExpression and nowhere else. */
export class CompileError extends Error {
  readonly text: BothLanguages;
  readonly column: number;
  constructor(node: ASTNode, ru: string, en: string) {
    super(en);
    this.text = { ru, en };
    this.column = node.start + 1;
  }
}

/** What compiling a node needs to know: the loop variables in force, and where to note the roots it meets. */
export interface Compiler {
  readonly locals: ReadonlySet<string>;
  readonly references: Reference[];
  compile(node: ASTNode): Run;
  /** The same with one more loop variable. */
  within(local: string): Compiler;
}

/** A call as the tree holds it. */
export interface CallNode {
  readonly node: ASTNode;
  readonly name: string;
  /** The receiver comes first. */
  readonly args: readonly ASTNode[];
  readonly compiler: Compiler;
}

/** The expression as its author wrote this part of it. */
export function toNodeSource(node: ASTNode): string {
  return node.input.slice(node.start, node.end);
}

export function tryBoolean(run: Run, source: string, frame: Frame): boolean | ExpressionError {
  try {
    return toBoolean(run(frame), source);
  } catch (error) {
    if (error instanceof ExpressionError && error.code !== "limit") return error;
    throw error;
  }
}
