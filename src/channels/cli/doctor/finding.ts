// One thing that the doctor looked at.
import type { DoctorWords } from "../words/doctor-words.ts";

export interface Finding {
  readonly what: keyof DoctorWords["names"];
  readonly isGood: boolean;
  readonly found: string;
  /** Empty when nothing is wrong. */
  readonly mend: string;
}

export function toFinding(what: Finding["what"], found: string, mend = ""): Finding {
  return { what, isGood: mend === "", found, mend };
}
