// One browser and one page for a file of tests: each test begins without cookies, with the language and the screen that it
// asks for. A process of its own per test showed nothing more and took most of the time. Scripts are off: the page must
// work without.
import { type Browser as Chromium, chromium, type Page } from "playwright-core";
import { CHROMIUM_FLAGS } from "../../scripts/lib/chromium.mjs";

export interface Visitor {
  readonly language: string;
  readonly width: number;
  readonly colorScheme: "light" | "dark";
}

export class Browser {
  readonly page: Page;
  /** What the browser complained about since the visitor came: errors of the console, refused resources. */
  complaints: string[] = [];
  readonly #chromium: Chromium;

  private constructor(browser: Chromium, page: Page) {
    this.#chromium = browser;
    this.page = page;
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(message.text());
    });
    page.on("pageerror", (error) => this.complaints.push(error.message));
  }

  static async launch(path: string): Promise<Browser> {
    const browser = await chromium.launch({ executablePath: path, args: CHROMIUM_FLAGS });
    const context = await browser.newContext({ javaScriptEnabled: false, acceptDownloads: true });
    return new Browser(browser, await context.newPage());
  }

  /** Somebody who was never here opens the page. */
  async visit(url: string, { language, width, colorScheme }: Visitor): Promise<Page> {
    const context = this.page.context();
    await context.clearCookies();
    await context.setExtraHTTPHeaders({ "accept-language": language });
    await this.page.setViewportSize({ width, height: 760 });
    await this.page.emulateMedia({ colorScheme });
    this.complaints = [];
    await this.page.goto(url);
    return this.page;
  }

  close(): Promise<void> {
    return this.#chromium.close();
  }
}
