// A browser with a profile of its own, that goes with the test. Scripts are off: the page must work without.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { CHROMIUM_FLAGS } from "../../scripts/lib/chromium.mjs";

export interface BrowserWish {
  readonly path: string;
  readonly locale: string;
  readonly width: number;
  readonly colorScheme: "light" | "dark";
}

export class Browser {
  readonly #directory: string;
  readonly #context: BrowserContext;
  /** What the browser complained about: errors of the console, refused resources. */
  readonly complaints: string[] = [];

  private constructor(directory: string, context: BrowserContext) {
    this.#directory = directory;
    this.#context = context;
  }

  static async open({ path, locale, width, colorScheme }: BrowserWish): Promise<Browser> {
    const directory = mkdtempSync(join(tmpdir(), "skillos-browser-"));
    const context = await chromium.launchPersistentContext(directory, {
      executablePath: path,
      args: CHROMIUM_FLAGS,
      javaScriptEnabled: false,
      locale,
      colorScheme,
      viewport: { width, height: 760 },
      acceptDownloads: true,
    });
    return new Browser(directory, context);
  }

  async newPage(): Promise<Page> {
    const page = await this.#context.newPage();
    page.setDefaultTimeout(15_000);
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
    return page;
  }

  async close(): Promise<void> {
    await this.#context.close();
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}
