// The local runtime is told by hand what wrangler.toml says: both serve the same Worker on the same rows.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import { z } from "zod";
import { toMiniflareOptions } from "../../scripts/lib/runtime-wish.mjs";
import { root } from "./sources.ts";

const bundle = mkdtempSync(join(tmpdir(), "skillos-"));
afterAll(() => rmSync(bundle, { recursive: true }));

/** The part of a configuration that both name. */
const Told = z.object({
  name: z.string(),
  compatibility_date: z.string(),
  compatibility_flags: z.array(z.string()),
  d1_databases: z.array(z.object({ binding: z.string(), database_id: z.string() })),
  r2_buckets: z.array(z.object({ binding: z.string(), bucket_name: z.string() })),
  durable_objects: z.object({
    bindings: z.array(z.object({ name: z.string(), class_name: z.string() })),
  }),
  queues: z.object({
    producers: z.array(z.object({ binding: z.string(), queue: z.string() })),
    consumers: z.array(
      z.object({
        queue: z.string(),
        max_batch_size: z.number(),
        max_batch_timeout: z.number(),
        max_retries: z.number().optional(),
        dead_letter_queue: z.string().optional(),
      }),
    ),
  }),
});

const told = Told.parse(unstable_readConfig({ config: join(root, "wrangler.toml") }));
const { workers } = toMiniflareOptions({ bundle, settings: {}, secret: "" });
const served = workers.find(({ config }) => config.name === told.name)?.config;

it("serves with the date and the flags of wrangler.toml", () => {
  expect(served).toMatchObject({
    compatibilityDate: told.compatibility_date,
    compatibilityFlags: told.compatibility_flags,
  });
});

it("has the bindings of wrangler.toml, and each to the same thing", () => {
  const [database] = told.d1_databases;
  const [bucket] = told.r2_buckets;
  const [producer] = told.queues.producers;
  const objects = told.durable_objects.bindings.map(({ name, class_name }) => [
    name,
    { type: "durable-object", worker: told.name, exportName: class_name },
  ]);
  expect(served).toMatchObject({
    env: {
      ...Object.fromEntries(objects),
      [database?.binding ?? ""]: { type: "d1", id: database?.database_id },
      [bucket?.binding ?? ""]: { type: "r2", name: bucket?.bucket_name },
      [producer?.binding ?? ""]: { type: "queue", name: producer?.queue },
    },
  });
});

it("takes as much from its queues at a time, and as often, as wrangler.toml says", () => {
  const consumers = told.queues.consumers.map((one) => ({
    type: "queue",
    name: one.queue,
    maxBatchSize: one.max_batch_size,
    maxBatchTimeout: one.max_batch_timeout,
    maxRetries: one.max_retries,
    deadLetterQueue: one.dead_letter_queue,
  }));
  expect(served).toEqual(expect.objectContaining({ triggers: consumers }));
});
