// node scripts/generate-docs.ts: makes the documents that follow from the code. `--check` fails when one is outdated.
import { join } from "node:path";
import { toErrorPages } from "./generate-docs/error-pages.ts";
import { toPermissionsPage } from "./generate-docs/permissions.ts";
import { toSkillSchema } from "./generate-docs/skill-schema.ts";
import { toTelemetryFiles } from "./generate-docs/telemetry.ts";
import { findOutdated, writeFiles } from "./generate-docs/write.ts";

const root = join(import.meta.dirname, "..");
const files = [...toErrorPages(), ...toTelemetryFiles(), toSkillSchema(), toPermissionsPage()];
const outdated = findOutdated(root, files);

if (process.argv.includes("--check")) {
  if (outdated.length > 0) {
    console.error(`Outdated: ${outdated.join(", ")}. Run: node scripts/generate-docs.ts`);
    process.exit(1);
  }
  console.log(`${files.length} generated documents are up to date`);
} else {
  writeFiles(root, files);
  console.log(
    outdated.length === 0 ? `${files.length} documents, nothing changed` : `Wrote ${outdated.join(", ")}`,
  );
}
