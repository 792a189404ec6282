// What a glob names, for each that decides by one: the matcher of keys and policies, and the query of runs.
export interface GlobCase {
  readonly glob: string;
  /** A key may have it; then a query decides by it too. */
  readonly isOfKey: boolean;
  readonly names: readonly string[];
  readonly leaves: readonly string[];
}

export const GLOB_CASES: readonly GlobCase[] = [
  { glob: "a/b", isOfKey: true, names: ["a/b"], leaves: ["a/bb", "aa/b", "a/c", "b/a"] },
  { glob: "*/*", isOfKey: true, names: ["a/b", "travel/find_hotel", "x1/y-2"], leaves: [] },
  {
    glob: "travel/*",
    isOfKey: true,
    names: ["travel/x", "travel/find_hotel"],
    leaves: ["travels/x", "trav/x"],
  },
  {
    glob: "travel/find_*",
    isOfKey: true,
    names: ["travel/find_", "travel/find_hotel"],
    leaves: ["travel/find", "travel/findx", "travels/find_x"],
  },
  { glob: "tr*/x", isOfKey: true, names: ["tr/x", "travel/x"], leaves: ["travel/xx", "t/x", "tr/y"] },
  { glob: "*/pay", isOfKey: true, names: ["fin/pay", "shop/pay"], leaves: ["fin/pay2", "pay/fin"] },
  { glob: "tr*/f*", isOfKey: true, names: ["travel/find", "tr/f"], leaves: ["travel/x", "x/find"] },
  { glob: "a_b/c-d", isOfKey: true, names: ["a_b/c-d"], leaves: ["axb/c-d", "a_b/c_d"] },
  { glob: "*", isOfKey: false, names: ["a/b", "travel/find_hotel"], leaves: [] },
  { glob: "*_report", isOfKey: false, names: ["fin/day_report"], leaves: ["fin/report", "fin/day_reports"] },
  { glob: "?hop/look", isOfKey: false, names: ["shop/look"], leaves: ["hop/look", "sshop/look"] },
  { glob: "shop/s*l", isOfKey: false, names: ["shop/sell", "shop/sl"], leaves: ["shop/sells"] },
  { glob: "fin.pay", isOfKey: false, names: ["fin/pay"], leaves: ["finxpay", "fin/payx"] },
];
