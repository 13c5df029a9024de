import { createHash } from "node:crypto";
import { z } from "zod";
import { NexoraError } from "../../errors.ts";
import { requireOutbound } from "../../http/public_address.ts";
import {
  commit,
  del,
  keys,
  type Mutation,
  retryConflicts,
  set,
  unchanged,
} from "../../kv/mod.ts";
import type { Deps } from "../../platform.ts";

const base64url = (bytes: number) =>
  z.string().regex(
    new RegExp(`^[A-Za-z0-9_-]{${Math.ceil(bytes * 4 / 3)}}=*$`),
    `${bytes} bytes in base64url`,
  );

/** As `PushSubscription.toJSON()` of a browser gives it. */
export const NewSubscription = z.object({
  endpoint: z.url("An address").max(1_000),
  expirationTime: z.number().nullish(),
  keys: z.object({ p256dh: base64url(65), auth: base64url(16) }),
});
export type NewSubscription = z.infer<typeof NewSubscription>;

/** A browser that takes push messages for somebody. */
export interface Subscription {
  /** Of the endpoint: says nothing about it. */
  hash: string;
  endpoint: string;
  keys: { p256dh: string; auth: string };
  /** Milliseconds. */
  createdAt: number;
  /** As the browser gave it, at most 200 characters. */
  userAgent: string;
  /** Of the session in which it was allowed: who signs out takes it along. */
  tokenHash?: string;
}

/** Nobody has more browsers; beyond it the oldest one makes room. */
export const MAX_SUBSCRIPTIONS = 20;

export function endpointHash(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex").slice(0, 32);
}

export async function listSubscriptions(
  kv: Deno.Kv,
  userId: string,
): Promise<Subscription[]> {
  return await Array.fromAsync(
    kv.list<Subscription>({ prefix: keys.pushSubscriptions(userId) }),
    (row) => row.value,
  );
}

/**
 * The subscriptions of sessions that last. What belongs to one that has ended is forgotten: a browser on which somebody
 * has signed out shows nothing of theirs any more.
 */
export async function liveSubscriptions(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
): Promise<Subscription[]> {
  const live: Subscription[] = [];
  for (const subscription of await listSubscriptions(kv, userId)) {
    const { hash, tokenHash } = subscription;
    const session = tokenHash === undefined
      ? undefined
      : (await kv.get<{ expiresAt: number }>(keys.session(tokenHash))).value;
    if (session === undefined || (session && session.expiresAt > now())) {
      live.push(subscription);
    } else await removeSubscription({ kv }, userId, hash);
  }
  return live;
}

/**
 * Lets a browser take somebody's push messages. A browser belongs to the last who said so on it: whoever had it before
 * gets nothing there any more. The same one again changes nothing.
 *
 * @param replaces endpoint that the browser had before
 * @throws {NexoraError} `bad_request` for an endpoint that is not on the public internet
 */
export async function addSubscription(
  { kv, now }: Pick<Deps, "kv" | "now">,
  userId: string,
  { endpoint, keys: secrets }: NewSubscription,
  given: {
    userAgent: string;
    production: boolean;
    tokenHash?: string;
    replaces?: string;
  },
): Promise<Subscription> {
  try {
    requireOutbound(new URL(endpoint), given);
  } catch (error) {
    if (!(error instanceof NexoraError)) throw error;
    throw new NexoraError("bad_request", undefined, {
      fields: { endpoint: error.message },
    });
  }
  const hash = endpointHash(endpoint);
  return await retryConflicts(async () => {
    const [owner, known] = await kv.getMany<[string, Subscription]>([
      keys.pushEndpoint(hash),
      keys.pushSubscription(userId, hash),
    ]);
    const subscription: Subscription = {
      hash,
      endpoint,
      keys: secrets,
      createdAt: known.value?.createdAt ?? now(),
      userAgent: given.userAgent.slice(0, 200),
      ...given.tokenHash === undefined ? {} : { tokenHash: given.tokenHash },
    };
    const mutations: Mutation[] = [
      set(owner.key, userId),
      set(known.key, subscription),
    ];
    if (owner.value !== null && owner.value !== userId) {
      mutations.push(del(keys.pushSubscription(owner.value, hash)));
    }
    const others = (await listSubscriptions(kv, userId)).filter((s) =>
      s.hash !== hash
    ).sort((a, b) => a.createdAt - b.createdAt);
    const replaced = given.replaces && endpointHash(given.replaces);
    const tooMany = others.length - MAX_SUBSCRIPTIONS + 1;
    for (const [i, old] of others.entries()) {
      if (i < tooMany || old.hash === replaced) {
        mutations.push(...removal(userId, old.hash));
      }
    }
    const committed = await commit(kv, {
      checks: [unchanged(owner), unchanged(known)],
      mutations,
    });
    return committed ? subscription : null;
  });
}

const removal = (userId: string, hash: string): Mutation[] => [
  del(keys.pushSubscription(userId, hash)),
  del(keys.pushEndpoint(hash)),
];

/** Ends a browser's subscription; `false` if it was not this user's. */
export function removeSubscription(
  { kv }: Pick<Deps, "kv">,
  userId: string,
  hash: string,
): Promise<boolean> {
  return retryConflicts<{ removed: boolean }>(async () => {
    const row = await kv.get(keys.pushSubscription(userId, hash));
    if (row.value === null) return { removed: false };
    const committed = await commit(kv, {
      checks: [unchanged(row)],
      mutations: removal(userId, hash),
    });
    return committed ? { removed: true } : null;
  }).then(({ removed }) => removed);
}
