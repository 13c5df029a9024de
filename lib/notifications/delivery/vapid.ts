import { serverSecret } from "./secret.ts";

/** Keys with which push services know this server (RFC 8292). Base64url: the raw public point, and the scalar. */
export interface Vapid {
  publicKey: string;
  privateKey: string;
  /** `mailto:` or `https:`, whom a push service may write to. */
  subject: string;
}

/** The environment's keys, else keys that are made once and kept: changing them ends every subscription. */
export function vapidOf(
  kv: Deno.Kv,
  configured: Vapid | undefined,
  mailFrom: string,
): () => Promise<Vapid> {
  let made: Promise<Vapid> | undefined;
  return () => {
    if (configured) return Promise.resolve(configured);
    return made ??= serverSecret(kv, "vapid", async () => {
      const address = /[^\s<>]+@[^\s<>]+/.exec(mailFrom)?.[0] ??
        "admin@nexora.example";
      return { ...await newVapidKeys(), subject: `mailto:${address}` };
    }).catch((error) => {
      made = undefined;
      throw error;
    });
  };
}

export async function newVapidKeys(): Promise<
  Pick<Vapid, "publicKey" | "privateKey">
> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    { name: "ECDSA", namedCurve: "P-256" },
    true,
    ["sign", "verify"],
  );
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
  const { d } = await crypto.subtle.exportKey("jwk", privateKey);
  const text = btoa(String.fromCharCode(...point));
  return {
    publicKey: text.replaceAll("+", "-").replaceAll("/", "_").replace(
      /=+$/,
      "",
    ),
    privateKey: d!,
  };
}
