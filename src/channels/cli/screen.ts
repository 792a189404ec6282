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
  // Whoever reads may have enough of it (`| head`): that is no mistake, and what was asked for goes on.
  for (const stream of [output, errors]) stream.on("error", ignoreClosed);
  const progress = errors.isTTY ? new Progress(errors) : null;
  return {
    paint: toPaint(output.isTTY, environment),
    // Some terminals say 0: they do not know.
    width: output.isTTY && output.columns > 0 ? output.columns : null,
    show: (lines) => write(output, lines),
    warn: (lines) => write(errors, lines),
    during: (label, work) => progress?.during(label, work) ?? work,
  };
}

function ignoreClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

/** One line, whatever goes on at once: it names the work that began last. */
class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #labels: string[] = [];
  #timer: ReturnType<typeof setInterval> | undefined;
  #isShown = false;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  async during<T>(label: string, work: Promise<T>): Promise<T> {
    this.#labels.push(label);
    const started = Date.now();
    this.#timer ??= setInterval(() => this.#draw(Date.now() - started), FRAME_MS);
    try {
      return await work;
    } finally {
      this.#labels.splice(this.#labels.indexOf(label), 1);
      if (this.#labels.length === 0) this.#clear();
    }
  }

  #draw(ms: number): void {
    if (ms < PROGRESS_AFTER_MS) return;
    this.#isShown = true;
    const frame = FRAMES[Math.floor(ms / FRAME_MS) % FRAMES.length] ?? "";
    this.#stream.write(`${CLEAR_LINE}${frame} ${this.#labels.at(-1) ?? ""} · ${(ms / 1000).toFixed(0)} s`);
  }

  #clear(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#isShown) this.#stream.write(CLEAR_LINE);
    this.#isShown = false;
  }
}
