// Processes that run beside the server while it is measured; they end with this one.
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

export interface Beside {
  readonly port: number;
  readonly child: ChildProcess;
}

export async function startBeside(name: "mock" | "reference", ...given: string[]): Promise<Beside> {
  const child = fork(join(import.meta.dirname, `${name}.ts`), given);
  const port = await new Promise<number>((ready, failed) => {
    child.once("message", (message: { port: number }) => ready(message.port));
    child.once("exit", () => failed(new Error(`${name} did not start`)));
  });
  return { port, child };
}
