/** One acceptance check: the same seed tries the same things. */
export interface Check {
  readonly name: string;
  readonly summary: string;
  run(seed: number, amounts: Amounts, tell: (line: string) => void): Promise<Report>;
}

/** How much of each thing, where the command line says so. */
export type Amounts = Readonly<Record<string, number | undefined>>;

export interface Report {
  readonly figures: Readonly<Record<string, unknown>>;
  /** One sentence each; none: it holds. */
  readonly problems: readonly string[];
}
