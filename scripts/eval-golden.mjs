// npm run eval:golden [-- --mistakes]: how well requests are understood, on the golden and the development sets.
import { join } from "node:path";
import { becomeModern, ensureInstalled, root } from "./lib/bootstrap.mjs";

ensureInstalled();
becomeModern(join(root, "scripts", "eval-golden.ts"), process.argv.slice(2));
