// Where somebody works at the command line: a folder of his own, and a place that SkillOS keeps its state in.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { Place } from "./server.ts";
import { runPlain, runTyped, type Said } from "./terminal.ts";

export class Desk {
  readonly cwd = mkdtempSync(join(tmpdir(), "skillos-desk-"));
  #place: Place | undefined;

  /** There while the tests of a file run. */
  static use(): Desk {
    const desk = new Desk();
    beforeAll(async () => {
      desk.#place = await Place.make();
    });
    afterAll(async () => {
      await desk.#place?.end();
      rmSync(desk.cwd, { recursive: true, force: true });
    });
    return desk;
  }

  get place(): Place {
    if (!this.#place) throw new Error("the tests of this file have not begun");
    return this.#place;
  }

  readonly run = (...args: readonly string[]): Promise<Said> => runPlain(args, this.#around());

  readonly type = (answers: readonly string[], ...args: readonly string[]): Promise<Said> =>
    runTyped(args, answers, this.#around());

  #around(): { cwd: string; environment: NodeJS.ProcessEnv } {
    return { cwd: this.cwd, environment: this.place.environment };
  }
}
