// What a refusal is about, by name: channels have a word for each of them in every language.
export type Thing =
  | "skill"
  | "run"
  | "connector"
  | "policy"
  | "approval"
  | "feedback"
  | "schedule"
  | "webhook"
  | "key"
  | "user"
  | "table"
  | "file"
  | "model"
  | "breaker"
  | "path"
  | "secret"
  | "tenant"
  | "test file"
  | "plan";
/** What may be too large. */
export type Piece =
  | "the body"
  | "the form"
  | "the input"
  | "the payload"
  | "the attachment"
  | "the secret"
  | "the result"
  | "the recording"
  | "the run so far"
  | "the list of changes"
  | `step ${string}`;
