// Every environment variable: its default, what it does, or why it does nothing here. `skillos config explain` prints this table.
import { OPERATOR } from "../kernel/domain/id.ts";
import { RATE_LIMIT_REQUESTS } from "./settings.ts";

export interface SettingRow {
  readonly name: string;
  readonly fallback: string;
  readonly effect: string;
  /** The variable is accepted and changes nothing. */
  readonly ignoredBecause?: string;
}

export const SETTING_ROWS: readonly SettingRow[] = [
  { name: "PORT", fallback: "8787", effect: "The local port." },
  { name: "SKILLOS_URL", fallback: "", effect: "Another server for the `skillos` command." },
  {
    name: "SKILLOS_PUBLIC_URL",
    fallback: "",
    effect:
      "Where people reach this server: the beginning of the links in mails. Known locally; deployed without it, nobody is mailed.",
  },
  {
    name: "SKILLOS_MAIL_FROM",
    fallback: "skillos@localhost",
    effect: "The sender of mails. Locally each mail is a file in the `mail` folder of the state directory.",
  },
  { name: "SKILLOS_API_KEY", fallback: "", effect: "The key for that server." },
  { name: "SKILLOS_CHROMIUM", fallback: "", effect: "The browser of the page's tests." },
  {
    name: "SKILLOS_OWNER_IDLE_MINUTES",
    fallback: "10",
    effect:
      "A server that the command started in the background ends after this long without requests, unless a schedule stands.",
  },
  {
    name: "SKILLOS_AVIASALES_TOKEN",
    fallback: "",
    effect: "Key of the connector aviasales; any connector's `secret:KEY` is SKILLOS_KEY.",
  },
  {
    name: "SKILLOS_STATE_DIR",
    fallback: ".skillos",
    effect: "Where local state lives; one owner process at a time.",
  },
  { name: "SKILLOS_ROOT", fallback: "skills", effect: "The skills folder that is loaded and watched." },
  {
    name: "SKILLOS_BUDGET_PER_REQUEST",
    fallback: "5",
    effect: "Credits one request may cost (1 credit = $0.01).",
  },
  { name: "SKILLOS_BUDGET_DAILY", fallback: "50", effect: "Credits a day." },
  { name: "SKILLOS_BUDGET_MONTHLY", fallback: "200", effect: "Credits a month." },
  {
    name: "SKILLOS_BUDGET_LOW_REMAINING",
    fallback: "10",
    effect: "Credits: with fewer left of the day or month the cheaper model answers, or `on_low` refuses.",
  },
  { name: "SKILLOS_MODEL_STANDARD", fallback: "mock/script", effect: "The model named `standard`." },
  { name: "SKILLOS_MODEL_CHEAP", fallback: "mock/small", effect: "The model named `cheap`." },
  {
    name: "SKILLOS_MODEL_STANDARD_COST",
    fallback: "1",
    effect: "Credits of a standard call whose real price is unknown.",
  },
  {
    name: "SKILLOS_MODEL_CHEAP_COST",
    fallback: "0.5",
    effect: "Credits of a cheap call whose real price is unknown.",
  },
  {
    name: "SKILLOS_MOCK_PRICE_USD_PER_MTOK",
    fallback: "0",
    effect: "Price of the mock models, of mock/small the half; 1 on a first local start (practice).",
  },
  {
    name: "SKILLOS_OPENAI_BASE_URL",
    fallback: "https://api.openai.com/v1",
    effect: "Base address of the `openai/…` models (any OpenAI-compatible service).",
  },
  { name: "SKILLOS_OPENAI_API_KEY", fallback: "", effect: "Key of the `openai/…` models." },
  {
    name: "SKILLOS_EMBEDDINGS_MODEL",
    fallback: "",
    effect:
      "Embeddings help where routing is unsure, and such requests are sent to their service. `@cf/…`: Workers AI; `mock/characters`: practice; any other: of SKILLOS_EMBEDDINGS_URL. Unset: none.",
  },
  {
    name: "SKILLOS_EMBEDDINGS_URL",
    fallback: "",
    effect: "Base address of an OpenAI-compatible service of embeddings, such as https://api.openai.com/v1.",
  },
  { name: "SKILLOS_EMBEDDINGS_API_KEY", fallback: "", effect: "Key of that service." },
  {
    name: "SKILLOS_EMBEDDINGS_WAIT_MS",
    fallback: "150",
    effect: "How long a request waits for embeddings at most; then it is answered without.",
  },
  {
    name: "SKILLOS_IDEMPOTENCY_TTL_SECONDS",
    fallback: "",
    effect: "Replaces the 24 h of Idempotency-Key and the 96 h of webhook event ids.",
  },
  {
    name: "SKILLOS_RETENTION_DAYS",
    fallback: "90",
    effect: "How long runs, their events and their files are kept. Ledger and audit: seven years.",
  },
  { name: "SKILLOS_WEBHOOK_SECRET", fallback: "", effect: "Secret of webhooks made without one." },
  {
    name: "SKILLOS_WEBHOOK_ALLOW_UNSIGNED",
    fallback: "0",
    effect: "1 accepts unsigned webhooks (local environment only).",
  },
  {
    name: "SKILLOS_MASTER_KEY",
    fallback: "",
    effect:
      "Wraps the keys that everything kept is sealed with: 32 bytes in base64. Deployed: a Worker secret. Unset locally: .skillos/master.key.",
  },
  {
    name: "SKILLOS_MASTER_KEYS_OLD",
    fallback: "",
    effect: "Earlier master keys, separated by commas, until `skillos vault rotate` has replaced them.",
  },
  { name: "SKILLOS_RATE_LIMIT_ENABLED", fallback: "1", effect: "0 turns rate limits off." },
  {
    name: "SKILLOS_RATE_LIMIT_REQUESTS",
    fallback: String(RATE_LIMIT_REQUESTS),
    effect: "Requests per window, per user and per user and skill.",
  },
  { name: "SKILLOS_RATE_LIMIT_WINDOW_SECONDS", fallback: "60", effect: "Length of the window." },
  {
    name: "SKILLOS_RATE_LIMIT_STRICT",
    fallback: "0",
    effect:
      "1 stores each counted request before it is answered, so that a guard that is killed admits no more than its limit.",
  },
  {
    name: "SKILLOS_APPROVAL_TOKEN",
    fallback: "",
    effect: "When set, an approval counts only with the same `approval_token`.",
  },
  { name: "SKILLOS_ATTACHMENT_MAX_SIZE_BYTES", fallback: "10485760", effect: "Largest attachment." },
  {
    name: "SKILLOS_PARALLEL_LIMIT",
    fallback: "4",
    effect: "",
    ignoredBecause: "parallel steps run four at a time",
  },
  {
    name: "SKILLOS_PRIVATE_HOSTS",
    fallback: "",
    effect: "`host:port` list that the door may reach although private (local environment only).",
  },
  {
    name: "SKILLOS_SECRETS_FOR",
    fallback: OPERATOR,
    effect: "Tenants whose connectors may name these variables as secrets; `*` is every tenant.",
  },
  {
    name: "SKILLOS_SHARDS",
    fallback: "2",
    effect:
      "Runner objects per tenant; `npm start` takes 1. Idempotency keys are looked for by it: after a change, one that was used before may run once more, for as long as keys live.",
  },
  { name: "SKILLOS_TIMEZONE", fallback: "Europe/Moscow", effect: "Time zone of a new tenant." },
  { name: "SKILLOS_CURRENCY", fallback: "RUB", effect: "Currency of a new tenant." },
  {
    name: "SKILLOS_JWT_SECRET",
    fallback: "",
    effect: "HS256 secret of accepted JWTs (local), at least 32 bytes.",
  },
  {
    name: "SKILLOS_JWT_JWKS_URL",
    fallback: "",
    effect: "Where the identity provider publishes the keys of accepted JWTs (https).",
  },
  {
    name: "SKILLOS_JWT_ALGORITHMS",
    fallback: "HS256,RS256",
    effect: "Accepted `alg`s, of HS256 (checked with the secret), RS256, ES256, EdDSA (with the key set).",
  },
  { name: "SKILLOS_JWT_ISSUER", fallback: "", effect: "Required `iss`." },
  { name: "SKILLOS_JWT_AUDIENCE", fallback: "skillos", effect: "Required `aud`." },
  {
    name: "SKILLOS_JWT_LEEWAY_SECONDS",
    fallback: "30",
    effect: "How far the issuer's clock may be off, at most 300.",
  },
  {
    name: "SKILLOS_STORAGE_BACKEND",
    fallback: "",
    effect: "",
    ignoredBecause: "state lives in D1 and Durable Objects, locally too",
  },
  {
    name: "SKILLOS_POSTGRES_DSN",
    fallback: "",
    effect: "",
    ignoredBecause: "state lives in D1 and Durable Objects, locally too",
  },
  {
    name: "SKILLOS_POSTGRES_SCHEMA",
    fallback: "",
    effect: "",
    ignoredBecause: "state lives in D1 and Durable Objects, locally too",
  },
  {
    name: "SKILLOS_CACHE_ENABLED",
    fallback: "",
    effect: "",
    ignoredBecause: "compiled catalogues are always kept in memory by version",
  },
  {
    name: "SKILLOS_REDIS_URL",
    fallback: "",
    effect: "",
    ignoredBecause: "counters live in the guard object",
  },
];

const IS_SECRET = /(TOKEN|SECRET|KEY|KEYS_OLD|PASSWORD|DSN)$/;

/** The table with the values in force; a secret only shows that it is set. */
export function toSettingRows(env: object): readonly (SettingRow & { readonly value: string | null })[] {
  const values = new Map(
    Object.entries(env).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  return SETTING_ROWS.map((row) => {
    const value = values.get(row.name) ?? null;
    return { ...row, value: value !== null && value !== "" && IS_SECRET.test(row.name) ? "•••" : value };
  });
}
