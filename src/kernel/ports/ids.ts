/** Chance comes from outside. */
export interface Ids {
  /** 26 characters, sortable by time (https://github.com/ulid/spec), lower case. */
  ulid(): string;
  /** At least 160 bits, for keys and tokens. */
  secret(): string;
}
