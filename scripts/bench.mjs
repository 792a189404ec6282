// npm run bench: what SkillOS costs on this machine, each figure beside its reference of the same minute. Writes
// bench/results.json, or `--out FILE`. `--markdown` prints a table for a document; `--short` only proves that it runs.
import { join } from "node:path";
import { becomeModern, ensureInstalled, root } from "./lib/bootstrap.mjs";

ensureInstalled();
becomeModern(join(root, "scripts", "bench", "index.ts"), process.argv.slice(2));
