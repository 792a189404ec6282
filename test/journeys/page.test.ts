// The one page in a real browser, without script: ask, answer a question, agree to a deletion, read and take away a result.
import { readFileSync } from "node:fs";
import { request } from "node:http";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureChromium } from "../../scripts/lib/chromium.mjs";
import { Browser, type Visitor } from "./browser.ts";
import { Place } from "./server.ts";

const SERVING = "Stop with Ctrl+C";
const PHONE_WIDTH = 360;
const VIEW_BYTES = 14 * 1024;

const found = await ensureChromium();
const path = "path" in found ? found.path : "";
if ("missing" in found)
  process.stderr.write(`\n!!! THE PAGE IS NOT TESTED IN A BROWSER: ${found.missing}\n!!! 9 tests skipped\n`);

let place: Place | null = null;
let browser: Browser | null = null;
let url = process.env.SKILLOS_TEST_URL ?? "";

async function serve(): Promise<void> {
  place = await Place.make();
  await place.start().says(SERVING);
  url = `http://localhost:${place.port}`;
}

beforeAll(async () => {
  if (path === "") return;
  [browser] = await Promise.all([Browser.launch(path), url === "" ? serve() : null]);
});
afterAll(() => Promise.all([browser?.close(), place?.end()]));

function openPage(visitor: Partial<Visitor> = {}): Promise<Page> {
  if (browser === null) throw new Error("no browser was launched");
  return browser.visit(url, { language: "en-US", width: 1000, colorScheme: "light", ...visitor });
}

async function ask(page: Page, query: string, button = "Ask"): Promise<void> {
  await page.locator("#query").fill(query);
  await page.getByRole("button", { name: button, exact: true }).click();
}

const DELETE = "delete draft quotes older than this year";

describe.skipIf(path === "")("the page in a browser without script", () => {
  it("asks in Russian for what is missing, then answers", async () => {
    const page = await openPage({ language: "ru-RU" });
    await ask(page, "посчитай маржу на 40 кг устриц", "Спросить");
    expect(await page.getByText("из слов").textContent()).toContain("40 кг");
    await page.getByLabel("По какой цене продаёте, ₽ за кг?").fill("1 900");
    await page.getByRole("button", { name: "Дальше" }).click();
    expect(await page.locator(".big").textContent()).toBe("Прибыль 26 200 ₽, маржа 36,3 %");
    expect(await page.locator("#answer").textContent()).toContain("ничего не изменено");
    expect(browser?.complaints).toEqual([]);
  });

  it("asks again when a value does not fit", async () => {
    const page = await openPage();
    await ask(page, "what do I earn on 40 kg of oysters");
    await page.getByLabel("Your price per kg?").fill("cheap");
    await page.keyboard.press("Enter");
    expect(await page.getByRole("alert").textContent()).toContain("cheap");
    await page.getByLabel("Your price per kg?").fill("1900");
    await page.keyboard.press("Enter");
    expect(await page.locator(".big").textContent()).toBe("Profit 26,200 ₽, margin 36.3 %");
  });

  it("shows what would be deleted, and no does nothing", async () => {
    const page = await openPage();
    await ask(page, DELETE);
    expect(await page.locator("#answer").textContent()).toContain("Trial run: nothing was changed");
    expect(await page.getByRole("checkbox").count()).toBe(3);
    await page.getByRole("button", { name: "No", exact: true }).click();
    await ask(page, DELETE);
    expect(await page.getByRole("checkbox").count()).toBe(3);
  });

  it("fits the view of an approval into 14 KB", async () => {
    const page = await openPage();
    await page.locator("#query").fill(DELETE);
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith("/ask")),
      page.getByRole("button", { name: "Ask", exact: true }).click(),
    ]);
    expect((await answer.body()).length).toBeLessThanOrEqual(VIEW_BYTES);
  });

  it("deletes exactly what was agreed to, with one entry left out", async () => {
    const page = await openPage();
    await ask(page, DELETE);
    await page.getByRole("checkbox").nth(1).check();
    await page.getByRole("button", { name: "Yes, delete" }).click();
    expect(await page.locator(".big").textContent()).toContain("Deleted 2");
    await ask(page, DELETE);
    expect(await page.getByRole("checkbox").count()).toBe(1);
    expect(browser?.complaints).toEqual([]);
  });

  it("shows a table and gives it away for Excel; the last runs lead back to it", async () => {
    const page = await openPage();
    await ask(page, "show me the oyster price list");
    expect(await page.locator("#answer tbody tr").count()).toBeGreaterThan(3);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByText("Download for Excel").click(),
    ]);
    const bytes = readFileSync(await download.path());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString("utf8")).toMatch(/;.*\r\n/);
    await page.getByRole("link", { name: "Oyster price list" }).first().click();
    expect(await page.locator("#answer tbody tr").count()).toBeGreaterThan(3);
  });

  it.each(["light", "dark"] as const)("fits a phone, in %s", async (colorScheme) => {
    const page = await openPage({ width: PHONE_WIDTH, colorScheme });
    const width = (): Promise<number> => page.locator("html").evaluate((element) => element.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(PHONE_WIDTH);
    await ask(page, "show me the oyster price list");
    expect(await width()).toBeLessThanOrEqual(PHONE_WIDTH);
    const button = await page.getByRole("button", { name: "Ask", exact: true }).boundingBox();
    expect(button?.height).toBeGreaterThanOrEqual(44);
  });

  it("is for its own forms and this computer's names only", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams({ query: DELETE });
    for (const headers of [
      { ...form, origin: "http://evil.example" },
      { ...form, "sec-fetch-site": "cross-site" },
      form,
    ]) {
      expect((await fetch(`${url}/ask`, { method: "POST", body, headers })).status).toBe(403);
    }
    expect(await statusOf("evil.example")).toBe(403);
    expect(await statusOf(new URL(url).host)).toBe(200);
  });
});

/** `fetch` does not let a test choose the Host header. */
function statusOf(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
