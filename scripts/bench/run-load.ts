import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Load, Measured } from "./load.ts";

const run = promisify(execFile);

/** Measures in a process of its own. An answer that is no success makes the figure worthless, so it throws. */
export async function runLoad(load: Load): Promise<Measured> {
  const script = join(import.meta.dirname, "load.ts");
  const { stdout } = await run(process.execPath, [script, JSON.stringify(load)]);
  const measured = JSON.parse(stdout) as Measured; // Printed by load.ts.
  if (measured.errors > 0 || measured.answers === 0)
    throw new Error(
      `${measured.errors} of ${measured.answers} answers to ${load.path} failed: ${measured.firstError}`,
    );
  return measured;
}
