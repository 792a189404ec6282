// node scripts/build-word-table.ts --data DIR: makes the table of word meanings that the router ships, from public requests. To be run
// again when words are cut, stemmed or merged in another way: the table knows them by what they became.
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { loadSets } from "./eval-routing/data.ts";
import { WORD_TABLE_FILE } from "./lib/word-table.ts";
import { makeWordTable } from "./word-table/make.ts";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    out: { type: "string", default: WORD_TABLE_FILE },
    without: { type: "string" },
  },
});
if (!values.data) {
  console.error("usage: node scripts/build-word-table.ts --data DIR [--out FILE] [--without SET,SET]");
  process.exit(2);
}
const bytes = makeWordTable(loadSets(values.data, "dev"), values.without?.split(",") ?? []);
writeFileSync(values.out, bytes);
console.log(`${values.out}: ${bytes.length} bytes`);
