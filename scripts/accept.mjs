// npm run accept -- NAME --seed S …: one check of what must survive; exit code 0 means that it holds. Writes accept/NAME.json.
import { join } from "node:path";
import { becomeModern, ensureInstalled, root } from "./lib/bootstrap.mjs";

ensureInstalled();
becomeModern(join(root, "scripts", "accept", "index.ts"), process.argv.slice(2));
