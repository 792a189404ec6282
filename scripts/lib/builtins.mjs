// Modules of Node by `require`, each when it is first used. An `import` of one, even of one name, reads all its names, and with
// them what stands behind: 10 ms for node:fs, 20 for node:crypto, 0.1 s and Node's fetch for node:http, at every command.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export const builtins = {
  /** @returns {typeof import("node:child_process")} */
  get childProcess() {
    return require("node:child_process");
  },
  /** @returns {typeof import("node:crypto")} */
  get crypto() {
    return require("node:crypto");
  },
  /** @returns {typeof import("node:fs")} */
  get fs() {
    return require("node:fs");
  },
  /** @returns {typeof import("node:http")} */
  get http() {
    return require("node:http");
  },
  /** @returns {typeof import("node:util")} */
  get util() {
    return require("node:util");
  },
};
