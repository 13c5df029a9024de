import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { NexoraError } from "../../errors.ts";
import type { Deps } from "../../platform.ts";
import { changePreferences } from "../preferences/store.ts";
import { NOTIFICATION_DATA, type NotificationType } from "../types.ts";
import { serverSecret } from "./secret.ts";

/** What a link below an e-mail ends: e-mails of one type, or all. */
const Scope = z.object({
  userId: z.string(),
  type: z.enum(
    Object.keys(NOTIFICATION_DATA) as [NotificationType, ...NotificationType[]],
  ).nullable(),
});
export type UnsubscribeScope = z.infer<typeof Scope>;

async function signature(kv: Deno.Kv, payload: string): Promise<Uint8Array> {
  const secret = await serverSecret(
    kv,
    "unsubscribe",
    () => crypto.getRandomValues(new Uint8Array(32)),
  );
  return createHmac("sha256", secret).update(payload).digest();
}

/** A token that works without signing in, for ever: it can only end e-mails (RFC 8058), and begin them again. */
export async function unsubscribeToken(
  kv: Deno.Kv,
  { userId, type }: UnsubscribeScope,
): Promise<string> {
  const payload = bufferText(JSON.stringify([userId, type]));
  const signed = await signature(kv, payload);
  return `${payload}.${bufferText(signed)}`;
}

function bufferText(value: string | Uint8Array): string {
  const bytes = typeof value === "string"
    ? new TextEncoder().encode(value)
    : value;
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-")
    .replaceAll("/", "_").replace(/=+$/, "");
}

function bytesOf(text: string): Uint8Array {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

/** What a token ends. @throws {NexoraError} `not_found` when it is none of ours */
export async function readUnsubscribeToken(
  kv: Deno.Kv,
  token: string,
): Promise<UnsubscribeScope> {
  try {
    const [payload, signed] = token.split(".") as [string, string];
    const expected = await signature(kv, payload);
    const given = bytesOf(signed);
    if (given.length === expected.length && timingSafeEqual(given, expected)) {
      const [userId, type] = JSON.parse(
        new TextDecoder().decode(bytesOf(payload)),
      );
      return Scope.parse({ userId, type });
    }
  } catch (error) {
    if (error instanceof NexoraError) throw error;
  }
  throw new NexoraError(
    "not_found",
    "This link is not whole: copy it from the e-mail again",
  );
}

/** Ends the e-mails that a token is about, or begins them again. */
export async function setSubscribed(
  deps: Pick<Deps, "kv">,
  { userId, type }: UnsubscribeScope,
  subscribed: boolean,
): Promise<void> {
  await changePreferences(deps, userId, (before) => {
    if (type === null) {
      const every = subscribed ? "notification" : "never";
      return { ...before, email: { ...before.email, every } };
    }
    return {
      ...before,
      types: {
        ...before.types,
        [type]: { ...before.types[type], email: subscribed },
      },
    };
  });
}
