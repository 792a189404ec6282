// The environment variables that do something here, as values: each with its type and its default. Their table for people is setting-rows.ts.
import { z } from "zod";
import { OPERATOR } from "../kernel/domain/id.ts";
import { MICRO_USD_PER_CREDIT } from "../kernel/domain/money.ts";
import type { Limits } from "../kernel/ports/guard.ts";

/** `none` is not among them, and no algorithm is taken from a token. */
export const JWT_ALGORITHMS = ["HS256", "RS256", "ES256", "EdDSA"] as const;

/** What is allowed where nothing is set. */
export const RATE_LIMIT_REQUESTS = 60;

const number = (fallback: number) =>
  z.preprocess(
    (value) => (value === "" || value === undefined ? fallback : Number(value)),
    z.number().nonnegative(),
  );
const text = (fallback: string) =>
  z.preprocess((value) => (value === "" || value === undefined ? fallback : value), z.string());
const flag = (fallback: boolean) =>
  z.preprocess(
    (value) => (value === "" || value === undefined ? fallback : value === "1" || value === "true"),
    z.boolean(),
  );
const list = z.preprocess(
  (value) =>
    typeof value === "string"
      ? value
          .split(",")
          .map((item) => item.trim())
          .filter((item) => item !== "")
      : [],
  z.array(z.string()),
);
const credits = (fallback: number) =>
  number(fallback).transform((value) => Math.round(value * MICRO_USD_PER_CREDIT));

export const Settings = z.object({
  SKILLOS_BUDGET_PER_REQUEST: credits(5),
  SKILLOS_BUDGET_DAILY: credits(50),
  SKILLOS_BUDGET_MONTHLY: credits(200),
  SKILLOS_BUDGET_LOW_REMAINING: credits(10),
  SKILLOS_MODEL_STANDARD: text("mock/script"),
  SKILLOS_MODEL_CHEAP: text("mock/small"),
  SKILLOS_MODEL_STANDARD_COST: credits(1),
  SKILLOS_MODEL_CHEAP_COST: credits(0.5),
  SKILLOS_MOCK_PRICE_USD_PER_MTOK: number(0),
  SKILLOS_OPENAI_BASE_URL: text("https://api.openai.com/v1"),
  SKILLOS_EMBEDDINGS_MODEL: text(""),
  SKILLOS_EMBEDDINGS_URL: text(""),
  SKILLOS_EMBEDDINGS_API_KEY: text(""),
  SKILLOS_EMBEDDINGS_WAIT_MS: number(150),
  SKILLOS_IDEMPOTENCY_TTL_SECONDS: z.preprocess(
    (value) => (value === "" || value === undefined ? null : Number(value)),
    z.number().positive().nullable(),
  ),
  SKILLOS_WEBHOOK_SECRET: text(""),
  SKILLOS_WEBHOOK_ALLOW_UNSIGNED: flag(false),
  SKILLOS_RATE_LIMIT_ENABLED: flag(true),
  SKILLOS_RATE_LIMIT_REQUESTS: z.preprocess(
    (value) => (value === "" || value === undefined ? null : Number(value)),
    z.number().positive().nullable(),
  ),
  SKILLOS_RATE_LIMIT_WINDOW_SECONDS: number(60),
  SKILLOS_RATE_LIMIT_STRICT: flag(false),
  SKILLOS_APPROVAL_TOKEN: text(""),
  SKILLOS_ATTACHMENT_MAX_SIZE_BYTES: number(10_485_760),
  SKILLOS_RETENTION_DAYS: number(90),
  SKILLOS_PRIVATE_HOSTS: list,
  SKILLOS_SECRETS_FOR: text(OPERATOR),
  SKILLOS_SHARDS: number(2),
  SKILLOS_MASTER_KEY: text(""),
  SKILLOS_MASTER_KEYS_OLD: list,
  SKILLOS_PUBLIC_URL: text("").transform((url) => url.replace(/\/+$/, "")),
  SKILLOS_MAIL_FROM: text("skillos@localhost"),
  SKILLOS_TIMEZONE: text("Europe/Moscow"),
  SKILLOS_CURRENCY: text("RUB"),
  SKILLOS_JWT_SECRET: text(""),
  SKILLOS_JWT_JWKS_URL: text(""),
  SKILLOS_JWT_ALGORITHMS: list
    .transform((names) => (names.length === 0 ? ["HS256", "RS256"] : names))
    .pipe(z.array(z.enum(JWT_ALGORITHMS))),
  SKILLOS_JWT_LEEWAY_SECONDS: number(30).pipe(z.number().max(300)),
  SKILLOS_JWT_ISSUER: text(""),
  SKILLOS_JWT_AUDIENCE: text("skillos"),
});

export type Settings = z.infer<typeof Settings>;

/** Null: nowhere that anybody knows of. */
export function toPublicUrl(from: Settings, environment: "local" | "production"): string | null {
  if (from.SKILLOS_PUBLIC_URL !== "") return from.SKILLOS_PUBLIC_URL;
  return environment === "local" ? "http://localhost:8787" : null;
}

/** Of a tenant that has set none. */
export function toTenantLimits(from: Settings): Limits {
  return {
    perRequestMicroUsd: from.SKILLOS_BUDGET_PER_REQUEST,
    dailyMicroUsd: from.SKILLOS_BUDGET_DAILY,
    monthlyMicroUsd: from.SKILLOS_BUDGET_MONTHLY,
    lowRemainingMicroUsd: from.SKILLOS_BUDGET_LOW_REMAINING,
    onLow: "degrade",
    requests: from.SKILLOS_RATE_LIMIT_REQUESTS ?? RATE_LIMIT_REQUESTS,
    windowMs: from.SKILLOS_RATE_LIMIT_WINDOW_SECONDS * 1000,
    burst: 0,
    rateEnabled: from.SKILLOS_RATE_LIMIT_ENABLED,
    timeZone: from.SKILLOS_TIMEZONE,
  };
}
