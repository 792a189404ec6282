// This computer as commands see it, for tests: nothing is served, and the vault opens with its file.
import type { Local, VaultLook } from "./shell.ts";

export function aLocal(more: Partial<Local> = {}): Local {
  return {
    isModern: () => true,
    parsePort: () => 8787,
    loadBroken: () => ({}),
    lookAtVault: () => aVaultLook(),
    noteMark: () => undefined,
    loadOwner: async () => null,
    listFiles: () => [],
    listTables: () => [],
    ...more,
  };
}

export function aVaultLook(more: Partial<VaultLook> = {}): VaultLook {
  return {
    source: "file",
    mark: "a",
    fileMark: "a",
    needed: "a",
    malformed: null,
    opens: true,
    file: "",
    ...more,
  };
}
