// What is different in a list of rows that somebody agreed to.

export interface DriftRow {
  readonly id: string;
  readonly label: string;
  readonly was?: Readonly<Record<string, unknown>> | undefined;
  readonly now?: Readonly<Record<string, unknown>> | undefined;
}

/** Rows that came, went and became different; `counts` of all, told or not. */
export interface DriftRows {
  readonly added: readonly DriftRow[];
  readonly gone: readonly DriftRow[];
  readonly changed: readonly DriftRow[];
  readonly counts: { readonly added: number; readonly gone: number; readonly changed: number };
}
