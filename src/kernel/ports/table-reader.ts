/** Rows of a file as people send them. Numbers are numbers; everything else is text. */
export interface TableReader {
  /** Throws Refused with what is wrong with the file. */
  read(bytes: Uint8Array, as: "csv" | "xlsx"): readonly Readonly<Record<string, string | number | null>>[];
}
