// A large catalogue that was changed: it answers before it is measured, and nobody sees a half-made index stored.
import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { toPlatform, toVault } from "../../src/compose/compose.ts";
import type { TenantId } from "../../src/kernel/domain/id.ts";
import type { IndexStore } from "../../src/kernel/ports/index-store.ts";
import { applyFiles } from "../../src/operations/skills/registry-files.ts";
import { D1Catalogue } from "../../src/storage/d1/catalogue.ts";
import { R2Indexes } from "../../src/storage/r2/indexes.ts";
import { serve } from "./platform.ts";

/** A catalogue to which a handful of texts is many. `gate`: what is measured is stored, and taken, no sooner. */
async function serveLarge(gate: Promise<unknown> = Promise.resolve()) {
  const work: Promise<unknown>[] = [];
  const vault = toVault(env);
  const stored = new R2Indexes(env.BLOBS, vault);
  const indexes: IndexStore = {
    load: (tenant, hash) => stored.load(tenant, hash),
    save: (tenant, hash, blob) => gate.then(() => stored.save(tenant, hash, blob)),
  };
  const catalogue = new D1Catalogue(env.DB, { indexes, vault, manyTexts: 1 }, (one) => work.push(one));
  const { platform, tenant } = await serve({ ...toPlatform(env), catalogue });
  const load = async () => catalogue.loadIndex(tenant, await toVersion(tenant));
  const peek = () => catalogue.loadIndex(tenant, 0);
  const save = (name: string, ...words: string[]) =>
    applyFiles(platform, tenant, {
      files: [
        { path: `test/${name}.yaml`, text: SKILL },
        { path: `test/${name}.phrases.yaml`, text: toPhrases(words) },
      ],
      complete: false,
      origin: "http",
      by: null,
    });
  return { load, peek, save, tenant, settle: async () => Promise.all(work.splice(0)) };
}

const SKILL = `description: { en: "About it", ru: "О нём" }
steps:
  - id: one
    set: { done: true }
output: { done: "\${{ one.done }}" }
`;

function toPhrases(words: readonly string[]): string {
  const said = words.flatMap((word) => [`polish the ${word}`, `is my ${word} polished`, `${word} again`]);
  return `ru: [почисть, протри, отполируй, натри]\nen: [${said.join(", ")}]\n`;
}

async function toVersion(tenant: TenantId): Promise<number> {
  const row = await env.DB.prepare("select registry_version from tenants where id = ?").bind(tenant).first();
  return Number(row?.["registry_version"]);
}

const countStored = async (tenant: TenantId): Promise<number> =>
  (await env.BLOBS.list({ prefix: `indexes/${tenant}/` })).objects.length;

it("answers as sure as before, and is measured and stored when whoever waited has been answered", async () => {
  const { load, save, settle, tenant } = await serveLarge();
  await save("oyster", "oyster", "pearl", "shell");
  await save("lamp", "lamp", "lighthouse", "lantern");
  const before = await load();
  await settle();
  const stored = await countStored(tenant);
  await save("telescope", "telescope", "comet", "lens");

  const changed = await load();
  expect(changed.index.calibration).toEqual(before.index.calibration);
  expect(changed.index.skills.map(({ id }) => id)).toContain("test/telescope");
  expect(await countStored(tenant)).toBe(stored);

  await settle();
  const measured = await load();
  expect(measured.index.calibration).not.toEqual(before.index.calibration);
  expect(await countStored(tenant)).toBe(stored + 1);
});

it("what was measured of a catalogue that has changed meanwhile does not come back", async () => {
  const gate = Promise.withResolvers<void>();
  const { load, peek, save, settle } = await serveLarge(gate.promise);
  await save("oyster", "oyster", "pearl", "shell");
  await load();
  await save("lamp", "lamp", "lighthouse", "lantern");
  await load();
  const outdated = settle();
  await save("telescope", "telescope", "comet", "lens");
  const last = await load();
  gate.resolve();
  await outdated;
  expect((await peek()).index.skills).toEqual(last.index.skills);
});
