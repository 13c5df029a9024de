import type { Buffer } from "node:buffer";
import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { NexoraError } from "../errors.ts";

/** Cost of scrypt: memory is 128·N·r bytes, time grows with N·r·p. */
export interface ScryptCost {
  N: number;
  r: number;
  p: number;
}

/** 32 MiB and about 230 ms of one core (measured). Source: OWASP Password Storage Cheat Sheet, 2^15/8/3. */
export const PASSWORD_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };

const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** A stored password: `scrypt$N$r$p$salt$key`, base64. */
export async function hashPassword(
  password: string,
  cost: ScryptCost = PASSWORD_COST,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, cost);
  return [
    "scrypt",
    cost.N,
    cost.r,
    cost.p,
    salt.toString("base64"),
    key.toString("base64"),
  ].join("$");
}

/**
 * Whether `password` is the one that `stored` was made from. With `undefined` (there is no such account) it takes as
 * long and says no, so that the time does not tell which addresses have accounts.
 */
export async function verifyPassword(
  password: string,
  stored: string | undefined,
  cost: ScryptCost = PASSWORD_COST,
): Promise<boolean> {
  const parts = stored?.split("$") ?? [];
  if (parts.length !== 6 || parts[0] !== "scrypt") {
    await derive(password, NO_SALT, cost);
    return false;
  }
  const [, N, r, p, salt, key] = parts as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const expected = fromBase64(key);
  const actual = await derive(password, fromBase64(salt), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/** Whether `stored` was made with another cost than is wanted now; then it is made anew at the next sign-in. */
export function needsRehash(
  stored: string,
  cost: ScryptCost = PASSWORD_COST,
): boolean {
  return !stored.startsWith(`scrypt$${cost.N}$${cost.r}$${cost.p}$`);
}

const NO_SALT = new Uint8Array(SALT_BYTES);

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** Each derivation holds 32 MiB: more at once would let a flood of sign-ins take the isolate's memory. */
const AT_ONCE = 4;
const MAX_WAITING = 64;
let running = 0;
const waiting: (() => void)[] = [];

async function derive(
  password: string,
  salt: Uint8Array,
  { N, r, p }: ScryptCost,
): Promise<Buffer> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw new NexoraError("rate_limited", "Too many people are signing in", {
        retryAfter: 5,
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running++;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      // The same letters typed on two keyboards may arrive composed or decomposed.
      scrypt(
        password.normalize("NFKC"),
        salt,
        KEY_BYTES,
        { N, r, p, maxmem: 256 * N * r },
        (error, key) => error ? reject(error) : resolve(key),
      );
    });
  } finally {
    // Hands its place on to the next in line, or gives it up.
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
