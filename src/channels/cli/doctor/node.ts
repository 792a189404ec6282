// Which Node a person has, and which one SkillOS runs on. Under npx they differ: the tools' own stands first in its path.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson, toField, toText } from "../json.ts";
import type { DoctorWords } from "../words/doctor-words.ts";
import { type Finding, toFinding } from "./finding.ts";

const OLDEST_NODE = 20;

interface Nodes {
  /** Of this process. */
  readonly present: string;
  /** Whether the tools run on that one. */
  readonly isModern: boolean;
  /** `npm/10.8.2 node/v20.18.1 linux x64 …`: npm names the Node that it runs on. */
  readonly userAgent: string | undefined;
  /** The copy that npm installed beside the tools; null: there is none. */
  readonly copy: string | null;
}

export function findNode(nodes: Nodes, words: DoctorWords): Finding {
  const yours = /\bnode\/v(\d+\.\d+\.\d+)/.exec(nodes.userAgent ?? "")?.[1] ?? nodes.present;
  const used = nodes.isModern ? nodes.present : nodes.copy;
  const isOld = Number(yours.split(".")[0]) < OLDEST_NODE;
  return toFinding("Node", words.node(yours, used), isOld ? words.oldNode(OLDEST_NODE) : "");
}

export function loadCopyVersion(root: string): string | null {
  const system = process.platform === "win32" ? "win" : process.platform;
  try {
    const file = join(root, "node_modules", `node-${system}-${process.arch}`, "package.json");
    return toText(toField(parseJson(readFileSync(file, "utf8")), "version")) || null;
  } catch {
    return null;
  }
}
