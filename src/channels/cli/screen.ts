// Where words go: results to standard output, progress and mistakes to standard error. A progress line appears after a
// second, on a terminal only, and leaves nothing behind.
import { type Paint, toPaint } from "./paint.ts";

const PROGRESS_AFTER_MS = 1_000;
const FRAME_MS = 100;
const FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const CLEAR_LINE = "\r\u001B[2K";

export interface Screen {
  readonly paint: Paint;
  /** Columns; null when this is no terminal. */
  readonly width: number | null;
  show(lines: readonly string[]): void;
  warn(lines: readonly string[]): void;
  during<T>(label: string, work: Promise<T>): Promise<T>;
}

export function toScreen(
  output: NodeJS.WriteStream,
  errors: NodeJS.WriteStream,
  environment: NodeJS.ProcessEnv,
): Screen {
  const write = (stream: NodeJS.WriteStream, lines: readonly string[]): void => {
    if (lines.length > 0) stream.write(`${lines.join("\n")}\n`);
  };
  return {
    paint: toPaint(output.isTTY, environment),
    width: output.isTTY ? output.columns : null,
    show: (lines) => write(output, lines),
    warn: (lines) => write(errors, lines),
    during: (label, work) => (errors.isTTY ? withProgress(errors, label, work) : work),
  };
}

async function withProgress<T>(stream: NodeJS.WriteStream, label: string, work: Promise<T>): Promise<T> {
  const started = Date.now();
  let isShown = false;
  const timer = setInterval(() => {
    const ms = Date.now() - started;
    if (ms < PROGRESS_AFTER_MS) return;
    isShown = true;
    stream.write(
      `${CLEAR_LINE}${FRAMES[Math.floor(ms / FRAME_MS) % FRAMES.length] ?? ""} ${label} · ${(ms / 1000).toFixed(0)} s`,
    );
  }, FRAME_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (isShown) stream.write(CLEAR_LINE);
  }
}
