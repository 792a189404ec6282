// What this machine takes for things that nobody can do without: they stand beside the figures that contain them.
import { execFileSync } from "node:child_process";
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { median } from "../lib/statistics.ts";

const WRITES = 200;
const STARTS = 7;
const PAGE = Buffer.alloc(4096, 1);

function time(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** Median milliseconds until one page, appended to a file in `directory`, is on the disk. */
export function measureSyncMs(directory: string): number {
  const path = join(directory, "bench-sync");
  const file = openSync(path, "w");
  try {
    const times = Array.from({ length: WRITES }, () => {
      writeSync(file, PAGE);
      return time(() => fsyncSync(file));
    });
    return median(times);
  } finally {
    closeSync(file);
    rmSync(path);
  }
}

/** Median seconds that the Node of this command takes to start and end. */
export function measureNodeStart(): number {
  const times = Array.from({ length: STARTS }, () => time(() => execFileSync(process.execPath, ["-e", "0"])));
  return median(times) / 1000;
}
