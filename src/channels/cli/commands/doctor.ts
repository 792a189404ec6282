// `doctor`: looks at everything a start and a run depend on, and says how to mend what is wrong. It mends nothing itself.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { EXIT_CODES } from "../../exit-codes.ts";
import type { Command } from "../command.ts";
import { type Finding, toFinding } from "../doctor/finding.ts";
import { findNode, loadCopyVersion } from "../doctor/node.ts";
import { findServer, loadJson } from "../doctor/server.ts";
import { findVault } from "../doctor/vault.ts";
import { toText } from "../json.ts";
import { type Place, type Shell, toView } from "../shell.ts";
import { DOCTOR_WORDS, type DoctorWords } from "../words/doctor-words.ts";

export const doctor: Command = {
  name: "doctor",
  summary: {
    en: "what is wrong on this computer, and how to mend it",
    ru: "что не так на этом компьютере и как исправить",
  },
  async run(_given, shell) {
    const { place, local } = shell;
    const words = DOCTOR_WORDS[shell.locale];
    const nodes = {
      present: process.versions.node,
      isModern: local.isModern(process.versions.node),
      userAgent: place.environment["npm_config_user_agent"],
      copy: loadCopyVersion(place.root),
    };
    const findings = [
      findNode(nodes, words),
      // Where it is not, the launcher has answered before this.
      toFinding("installation", words.complete),
      findState(place, words),
      findCredentials(place, words),
      await findVault(shell),
      await findSkills(shell, words),
      ...(await findServer(shell, words)),
    ];
    const isHealthy = findings.every(({ isGood }) => isGood);
    if (shell.isJson)
      shell.screen.show([
        JSON.stringify(
          {
            healthy: isHealthy,
            findings: findings.map(({ what, isGood, found, mend }) => ({ what, good: isGood, found, mend })),
          },
          null,
          2,
        ),
      ]);
    else showFindings(findings, shell);
    return isHealthy ? EXIT_CODES.ok : EXIT_CODES.failed;
  },
};

function showFindings(findings: readonly Finding[], shell: Shell): void {
  const { paint } = toView(shell);
  const { names } = DOCTOR_WORDS[shell.locale];
  const width = Math.max(...findings.map(({ what }) => names[what].length));
  shell.screen.show(
    findings.flatMap(({ what, isGood, found, mend }) => [
      `${isGood ? paint("green", "✓") : paint("red", "✗")} ${names[what].padEnd(width)}  ${found}`,
      ...(mend === "" ? [] : [`  ${" ".repeat(width)}  → ${mend}`]),
    ]),
  );
}

function findState({ stateDir }: Place, words: DoctorWords): Finding {
  const what = "state folder";
  if (!existsSync(stateDir)) return toFinding(what, words.madeLater(stateDir));
  if (!statSync(stateDir).isDirectory()) return toFinding(what, words.noFolder(stateDir), words.moveAway);
  try {
    accessSync(stateDir, constants.R_OK | constants.W_OK | constants.X_OK);
    return toFinding(what, stateDir);
  } catch {
    return toFinding(what, words.notWritable(stateDir), words.makeYours);
  }
}

function findCredentials({ stateDir }: Place, words: DoctorWords): Finding {
  const file = join(stateDir, "credentials.json");
  if (!existsSync(file)) return toFinding("key", words.noKey);
  const isReadable = toText(loadJson(file)["api_key"]) !== "";
  if (!isReadable) return toFinding("key", words.brokenKey(file), words.deleteKey);
  const open = PRIVATE.map((name) => join(stateDir, name)).find(isOpen);
  return open === undefined
    ? toFinding("key", words.privateKey)
    : toFinding("key", words.openKey(open), `chmod 600 ${open}`);
}

const PRIVATE = ["credentials.json", "master.key"];

/** To others on this computer. */
function isOpen(file: string): boolean {
  return process.platform !== "win32" && existsSync(file) && (statSync(file).mode & 0o077) !== 0;
}

async function findSkills(shell: Shell, words: DoctorWords): Promise<Finding> {
  const { checkSkillFiles } = await import("../files/skill-files.ts");
  const { skills, mistakes } = checkSkillFiles(shell);
  if (skills === 0 && mistakes.length === 0)
    return toFinding("skills", words.noSkills(shell.place.skillsDir), words.makeSkill);
  const [first] = mistakes;
  const found = words.skills(skills, mistakes.length);
  if (first === undefined) return toFinding("skills", found);
  // Of rules too: what was saved is not what holds.
  return toFinding("skills", `${found}: ${first.at.file}:${first.at.line}`, words.validate);
}
