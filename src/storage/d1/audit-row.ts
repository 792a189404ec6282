// An audit row as it is read. Whatever somebody made of it, it can be read: what is wrong with it, its hash tells.
import { z } from "zod";
import type { ChainedEntry } from "../../kernel/ports/audit.ts";

const Text = z.string().catch("");
const Whole = z.number().int().catch(-1);
const Body = z.record(z.string(), z.unknown());

const Row = z.object({
  id: Text,
  at: Whole,
  user: Text,
  action: Text,
  target: Text,
  outcome: Text,
  body: z.unknown(),
  position: Whole,
  previous: Text,
  hash: Text,
});

export function toEntry(row: Readonly<Record<string, unknown>>): ChainedEntry {
  const read = Row.parse(row);
  return { ...read, body: parseBody(read.body) };
}

function parseBody(text: unknown): Readonly<Record<string, unknown>> {
  const unreadable = { unreadable: String(text) };
  try {
    return Body.catch(unreadable).parse(JSON.parse(String(text)));
  } catch {
    return unreadable;
  }
}
