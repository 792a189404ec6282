// A question as it reaches a person: a mail in the folder of this computer, its link on a phone without script and without a key.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ensureChromium } from "../../scripts/lib/chromium.mjs";
import { Browser } from "./browser.ts";
import { Place } from "./server.ts";

const SERVING = "Stop with Ctrl+C";
const PHONE = { language: "ru-RU", width: 390, colorScheme: "light" } as const;
const MAIL_WITHIN_MS = 60_000;
const VIEW_BYTES = 14_336;

const found = await ensureChromium();
let place: Place;
let browser: Browser | null = null;

beforeAll(async () => {
  place = await Place.make();
  await place.start().says(SERVING);
  if ("path" in found) browser = await Browser.launch(found.path);
});
afterAll(() => Promise.all([browser?.close(), place.end()]));

type Body = Readonly<Record<string, unknown>>;

async function ask(route: string, json: object): Promise<Body> {
  const [method = "GET", path = "/"] = route.split(" ");
  const answer = await fetch(`${place.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${place.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify(json),
  });
  return (await answer.json()) as Body;
}

async function mail(): Promise<string> {
  const folder = join(place.stateDir, "mail");
  for (const end = Date.now() + MAIL_WITHIN_MS; Date.now() < end; await pause(50)) {
    const [name] = existsSync(folder) ? readdirSync(folder).filter((one) => one.endsWith(".eml")) : [];
    if (name === undefined) continue;
    const text = readFileSync(join(folder, name), "utf8");
    return Buffer.from(text.slice(text.indexOf("\r\n\r\n")), "base64").toString("utf8");
  }
  throw new Error("no mail came");
}

describe.skipIf("missing" in found)("the link of a mail on a phone", () => {
  it("shows what would be deleted, leaves one out, and is good for one yes", async () => {
    if (browser === null) throw new Error("no browser was launched");
    await ask("PUT /users/owner", { email: "owner@example.com" });
    const query = "удали черновики КП старше этого года";
    const waiting = await ask("POST /run", { query, execute: true });
    expect(waiting).toMatchObject({ status: "waiting", waiting_for: "approval" });
    const link = /http:\/\/localhost:\d+\/approve\/\w+/.exec(await mail())?.[0] ?? "";
    const first = await fetch(link, { headers: { "accept-language": "ru" } });
    expect((await first.arrayBuffer()).byteLength).toBeLessThanOrEqual(VIEW_BYTES);

    const page = await browser.visit(link, PHONE);
    expect(await page.locator("h3").first().textContent()).toContain("УДАЛЯЕТ");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(PHONE.width);
    await page.getByRole("checkbox").nth(1).check();
    await page.getByRole("button", { name: "Да, удалить" }).click();
    expect(await page.locator("h2").first().textContent()).toContain("Вы согласились");
    expect(await page.locator(".big").textContent()).toContain("2");
    await page.goto(link);
    expect(await page.locator("#answer").textContent()).toContain("уже ответили");
    // The browser itself notes that the second look is answered with 409, and complains of nothing else.
    expect(browser.complaints.filter((text) => !text.includes("409"))).toEqual([]);
  });
});
