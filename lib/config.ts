import { z } from "zod";
import { SECOND } from "./clock.ts";
import type { IceConfig } from "./calls/ice.ts";
import type { S3Options } from "./blobs/s3_bodies.ts";
import type { Limits } from "./realtime/limits.ts";
import { RetentionByKind } from "./realtime/retention.ts";
import { Endpoint, WEBHOOK_TYPES } from "./realtime/webhooks.ts";

/** Raised when the environment is not one the server may start in; the message names the variable. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

const DEVELOPMENT = {
  PUSHER_APP_ID: "1234",
  PUSHER_KEY: "nexora-key",
  PUSHER_SECRET: "nexora-secret",
  CRON_SECRET: "nexora-cron",
} as const;

const flag = z.enum(["0", "1", "true", "false", ""]).optional().transform((v) =>
  v === "1" || v === "true"
);
const text = z.string().trim().optional().transform((v) => v || undefined);

const limit = z.coerce.number().int().min(1).optional();

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8000),
  HOST: z.string().default("127.0.0.1"),
  KV_PATH: text,
  PUSHER_APP_ID: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/).default(
    DEVELOPMENT.PUSHER_APP_ID,
  ),
  PUSHER_KEY: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/).default(
    DEVELOPMENT.PUSHER_KEY,
  ),
  PUSHER_SECRET: z.string().min(1).default(DEVELOPMENT.PUSHER_SECRET),
  CRON_SECRET: z.string().min(1).default(DEVELOPMENT.CRON_SECRET),
  DEMO: flag,
  NEXORA_ENV: z.enum(["production", "development", "test"]).optional(),
  DENO_DEPLOY: text,
  ORIGIN: text,
  WEBHOOKS: text,
  RETENTION: text,
  HEARTBEAT_SECONDS: z.coerce.number().int().min(1).max(60).optional(),
  METRICS_TOKEN: text,
  OTEL_DENO: text,
  LIMIT_CONNECTIONS: limit,
  LIMIT_CONNECTIONS_PER_ADDRESS: limit,
  LIMIT_SUBSCRIPTIONS: limit,
  LIMIT_FRAMES_PER_SECOND: limit,
  AI_BASE_URL: text,
  AI_API_KEY: text,
  AI_MODEL: text,
  AI_DAILY_REQUESTS: limit,
  AI_DAILY_TOKENS: limit,
  STUN_URLS: text,
  TURN_URLS: text,
  TURN_SECRET: text,
  TURN_USERNAME: text,
  TURN_PASSWORD: text,
  SMTP_URL: text.refine(
    (url) => url === undefined || /^smtps?:\/\/[^/]/.test(url),
    "smtp://user:password@host:587 or smtps://…",
  ),
  MAIL_FROM: text,
  VAPID_PUBLIC_KEY: text,
  VAPID_PRIVATE_KEY: text,
  VAPID_SUBJECT: text,
  S3_ENDPOINT: text,
  S3_BUCKET: text,
  S3_REGION: text,
  S3_ACCESS_KEY_ID: text,
  S3_SECRET_ACCESS_KEY: text,
});

/** What the environment says, parsed once. */
export interface Config {
  production: boolean;
  /** Seed the demo world and offer one-click sign-in. */
  demo: boolean;
  host: string;
  port: number;
  /** SQLite path, `:memory:`, a KV Connect URL; `undefined`: the runtime's own database (Deno Deploy). */
  kvPath: string | undefined;
  app: { id: string; key: string; secret: string };
  cronSecret: string;
  /** The site's public origin where a proxy hides it, e.g. `https://nexora.example`. */
  origin: string | undefined;
  /** `RETENTION`: JSON, kind of channel → `{seconds, events}`. */
  retention: RetentionByKind;
  /** Milliseconds between two heartbeats of an isolate; absent: the server's own. */
  heartbeat: number | undefined;
  /** `WEBHOOKS`: a URL, or a JSON array of `{id, url, types}`. */
  webhooks: Endpoint[];
  /** Bearer token of `/metrics`; without it, production asks for `CRON_SECRET`. */
  metricsToken: string | undefined;
  /** `OTEL_DENO` turned Deno's built-in OpenTelemetry on. */
  tracing: boolean;
  limits: Partial<Limits>;
  /** Absent: the agents answer by themselves. */
  ai: {
    baseUrl: string;
    apiKey: string;
    model: string;
    /** A day of UTC, all isolates together. */
    allowance: { requests: number; tokens: number };
  } | undefined;
  /** Servers that help browsers in a call to reach each other. */
  ice: IceConfig;
  smtpUrl: string | undefined;
  mailFrom: string;
  vapid: { publicKey: string; privateKey: string; subject: string } | undefined;
  /** Where blobs lie; without it, in the store itself. */
  s3: S3Options | undefined;
}

/**
 * Reads the environment.
 *
 * @throws {ConfigError} when a variable is malformed, or a development default is used for a secret in production
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new ConfigError(
      `${issue.path.join(".")} is not valid: ${issue.message}`,
    );
  }
  const e = parsed.data;
  const production = e.NEXORA_ENV === "production" ||
    (e.DENO_DEPLOY !== undefined && e.NEXORA_ENV === undefined);
  if (production) {
    for (
      const name of ["PUSHER_KEY", "PUSHER_SECRET", "CRON_SECRET"] as const
    ) {
      if (e[name] === DEVELOPMENT[name]) {
        throw new ConfigError(
          `${name} has its development default, set a value of your own to start in production`,
        );
      }
    }
  }
  return {
    production,
    demo: e.DEMO,
    host: e.HOST,
    port: e.PORT,
    kvPath: e.KV_PATH ??
      (e.DENO_DEPLOY === undefined ? ".data/nexora.db" : undefined),
    app: { id: e.PUSHER_APP_ID, key: e.PUSHER_KEY, secret: e.PUSHER_SECRET },
    cronSecret: e.CRON_SECRET,
    origin: e.ORIGIN,
    webhooks: readWebhooks(e.WEBHOOKS),
    retention: readRetention(e.RETENTION),
    heartbeat: e.HEARTBEAT_SECONDS && e.HEARTBEAT_SECONDS * SECOND,
    metricsToken: e.METRICS_TOKEN ?? (production ? e.CRON_SECRET : undefined),
    tracing: e.OTEL_DENO === "true" || e.OTEL_DENO === "1",
    limits: defined({
      connections: e.LIMIT_CONNECTIONS,
      connectionsPerAddress: e.LIMIT_CONNECTIONS_PER_ADDRESS,
      subscriptions: e.LIMIT_SUBSCRIPTIONS,
      framesPerSecond: e.LIMIT_FRAMES_PER_SECOND,
    }),
    ai: e.AI_BASE_URL
      ? {
        baseUrl: e.AI_BASE_URL,
        apiKey: e.AI_API_KEY ?? "",
        model: e.AI_MODEL ?? "gpt-4o-mini",
        allowance: {
          requests: e.AI_DAILY_REQUESTS ?? 1_000,
          tokens: e.AI_DAILY_TOKENS ?? 1_000_000,
        },
      }
      : undefined,
    ice: {
      stun: list(e.STUN_URLS),
      turn: list(e.TURN_URLS),
      turnSecret: e.TURN_SECRET,
      turnUsername: e.TURN_USERNAME,
      turnPassword: e.TURN_PASSWORD,
    },
    smtpUrl: e.SMTP_URL,
    mailFrom: e.MAIL_FROM ?? "Nexora <no-reply@nexora.example>",
    vapid: e.VAPID_PUBLIC_KEY && e.VAPID_PRIVATE_KEY
      ? {
        publicKey: e.VAPID_PUBLIC_KEY,
        privateKey: e.VAPID_PRIVATE_KEY,
        subject: e.VAPID_SUBJECT ?? "mailto:admin@nexora.example",
      }
      : undefined,
    s3: readS3(e),
  };
}

/** All of it or nothing: a bucket without its key would lose what people upload. */
function readS3(e: z.infer<typeof Environment>): S3Options | undefined {
  const given = {
    endpoint: e.S3_ENDPOINT,
    bucket: e.S3_BUCKET,
    accessKeyId: e.S3_ACCESS_KEY_ID,
    secretAccessKey: e.S3_SECRET_ACCESS_KEY,
  };
  const missing = Object.entries(given).filter(([, value]) => !value);
  if (missing.length === Object.keys(given).length) return undefined;
  if (missing.length > 0) {
    throw new ConfigError(
      "S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together, set all or none of them",
    );
  }
  return { ...given, region: e.S3_REGION ?? "us-east-1" } as S3Options;
}

/** What stands between commas. */
function list(value: string | undefined): string[] {
  return (value ?? "").split(",").map((one) => one.trim()).filter(Boolean);
}

function readRetention(value: string | undefined): RetentionByKind {
  if (value === undefined) return {};
  try {
    return RetentionByKind.parse(JSON.parse(value));
  } catch {
    throw new ConfigError(
      'RETENTION is not valid: JSON like {"guild":{"seconds":600,"events":5000}}',
    );
  }
}

/** A plain URL gets every type of event. */
function readWebhooks(value: string | undefined): Endpoint[] {
  if (value === undefined) return [];
  try {
    const endpoints = value.startsWith("[")
      ? JSON.parse(value)
      : [{ id: "environment", url: value, types: [...WEBHOOK_TYPES] }];
    return z.array(Endpoint).parse(endpoints);
  } catch {
    throw new ConfigError(
      "WEBHOOKS is not valid: a URL, or a JSON array of {id, url, types}",
    );
  }
}

function defined<T extends object>(
  values: T,
): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(
    Object.entries(values).filter(([, v]) => v !== undefined),
  ) as never;
}
