// npm run eval:routing -- --data DIR --split dev --out FILE: how good the router is, on labelled requests. It trains nothing that stays.
import { join } from "node:path";
import { becomeModern, ensureInstalled, root } from "./lib/bootstrap.mjs";

ensureInstalled();
becomeModern(join(root, "scripts", "eval-routing.ts"), process.argv.slice(2));
