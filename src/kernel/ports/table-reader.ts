/** Rows of a file as people send them. Numbers are numbers, what JSON says is true or false too; everything else is text. */
export interface TableReader {
  /** Throws Refused with what is wrong with the file. */
  read(
    bytes: Uint8Array,
    as: TableFormat,
  ): readonly Readonly<Record<string, string | number | boolean | null>>[];
}

export type TableFormat = "csv" | "xlsx" | "json";
