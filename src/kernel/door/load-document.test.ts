import { describe, expect, it } from "vitest";
import { NOW } from "../../../test/builders.ts";
import type { Outgoing } from "../ports/outbound.ts";
import { loadDocument } from "./load-document.ts";

/** What the world answers, by address; and what was asked of it. */
function aWorld(answers: Readonly<Record<string, () => Response>>, privateHosts: readonly string[] = []) {
  const asked: string[] = [];
  const fetch = async ({ url }: Outgoing) => {
    asked.push(url.href);
    return answers[url.href]?.() ?? new Response("", { status: 404 });
  };
  const clock = { now: () => NOW, after: () => () => undefined };
  const load = (url: string) =>
    loadDocument({ outbound: { fetch, privateHosts }, clock }, { tenant: "ten_local", url });
  return { asked, load };
}

const KEYS = "https://issuer.example/keys";
const toRedirect = (to: string) => () => new Response(null, { status: 302, headers: { location: to } });

describe("a document of the system's own", () => {
  it("is read as JSON", async () => {
    expect(await aWorld({ [KEYS]: () => Response.json({ keys: [] }) }).load(KEYS)).toEqual({ keys: [] });
  });

  it("is read at no private address, by no redirect either, and never in the clear", async () => {
    for (const to of ["https://127.0.0.1/keys", "https://169.254.169.254/", "http://issuer.example/keys"]) {
      const world = aWorld({ [KEYS]: toRedirect(to), [to]: () => Response.json({ keys: [] }) });
      await expect(world.load(to)).rejects.toMatchObject({ refusal: { reason: "address_forbidden" } });
      await expect(world.load(KEYS)).rejects.toMatchObject({ refusal: { reason: "address_forbidden" } });
      expect(world.asked).toEqual([KEYS]);
    }
  });

  it("may lie on this computer where the operator said so", async () => {
    const url = "http://127.0.0.1:99/keys";
    expect(await aWorld({ [url]: () => Response.json([]) }, ["127.0.0.1:99"]).load(url)).toEqual([]);
  });

  it.each([
    ["missing", () => new Response("", { status: 404 })],
    ["no JSON", () => new Response("<html>")],
    ["far too large", () => new Response(`"${"x".repeat(300_000)}"`)],
  ])("that is %s is a fault", async (_, answer) => {
    await expect(aWorld({ [KEYS]: answer }).load(KEYS)).rejects.toMatchObject({ code: "document" });
  });
});
