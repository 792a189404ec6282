// Questions to the person at the terminal. Without one (a pipe, --json) there is no Asker, and nothing is ever asked.
import { createInterface } from "node:readline/promises";
import type { Paint } from "./paint.ts";

export interface Asker {
  /** The answer, trimmed. Throws Interrupted on Ctrl+C and at the end of the input. */
  ask(question: string): Promise<string>;
  /** The same without showing what is typed. */
  askSecret(question: string): Promise<string>;
}

export class Interrupted extends Error {}

interface Terminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly paint: Paint;
}

export function toAsker(terminal: Terminal): Asker {
  return {
    ask: (question) => askLine(terminal, `${terminal.paint("cyan", "?")} ${question}  `),
    askSecret: (question) => askHidden(terminal, `${terminal.paint("cyan", "?")} ${question}  `),
  };
}

async function askLine({ input, output }: Terminal, prompt: string): Promise<string> {
  const lines = createInterface({ input, output });
  const stopped = new Promise<never>((_, reject) => {
    lines.once("close", () => reject(new Interrupted()));
    lines.once("SIGINT", () => lines.close());
  });
  try {
    return (await Promise.race([lines.question(prompt), stopped])).trim();
  } finally {
    stopped.catch(() => undefined);
    lines.close();
  }
}

const ENTER = new Set(["\r", "\n"]);
const STOP = new Set(["\u0003", "\u0004"]);
const ERASE = new Set(["\u007F", "\b"]);

function askHidden({ input, output }: Terminal, prompt: string): Promise<string> {
  output.write(prompt);
  input.setRawMode(true);
  input.setEncoding("utf8");
  return new Promise((resolve, reject) => {
    let typed = "";
    const finish = (settle: () => void): void => {
      input.setRawMode(false);
      input.off("data", onData);
      input.pause();
      output.write("\n");
      settle();
    };
    const onData = (piece: string): void => {
      for (const key of piece) {
        if (ENTER.has(key)) return finish(() => resolve(typed.trim()));
        if (STOP.has(key)) return finish(() => reject(new Interrupted()));
        typed = ERASE.has(key) ? typed.slice(0, -1) : typed + key;
      }
    };
    input.on("data", onData);
    input.resume();
  });
}
