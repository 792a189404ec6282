// What is kept for a time only. Each call deletes a bounded number of rows: what is left waits for the next.
import type { TenantId } from "../domain/id.ts";

/** What is older than its moment goes. */
export interface Horizons {
  /** Of runs, their events and other records of what tenants did. */
  readonly contents: number;
  /** Of money and of decisions. */
  readonly books: number;
  /** Of webhook events: until then a repeat is known. */
  readonly eventIds: number;
}

export interface KeptFile {
  readonly tenant: TenantId;
  readonly sha256: string;
}

export interface Retention {
  /** Tables that grow with every run. The oldest rows are the first ones, so that looking costs nothing. */
  sweepLogs(horizons: Horizons): Promise<number>;
  /** Tables that grow with what people do: looked through, so not every minute. */
  sweepRecords(horizons: Horizons): Promise<number>;
  /** Those that a schedule does not name. Their rows are deleted. */
  dropFiles(files: readonly KeptFile[]): Promise<readonly KeptFile[]>;
}

/** The bytes of files. */
export interface FileSweep {
  /** Some of those that were stored before this moment; it goes on where it stopped the last time. */
  listOld(before: number): Promise<readonly KeptFile[]>;
  drop(files: readonly KeptFile[]): Promise<void>;
  /** Last good answers of services that nobody has asked since. */
  dropOldAnswers(before: number): Promise<void>;
}
