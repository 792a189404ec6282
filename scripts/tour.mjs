// npm run tour: one minute, without network, that shows what SkillOS does with a request, and with a power cut.
import { join } from "node:path";
import { becomeModern, ensureInstalled, root } from "./lib/bootstrap.mjs";

ensureInstalled();
becomeModern(join(root, "scripts", "tour", "index.ts"), process.argv.slice(2));
