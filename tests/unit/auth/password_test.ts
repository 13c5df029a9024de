import { assert, assertEquals, assertNotEquals } from "@std/assert";
import {
  hashPassword,
  needsRehash,
  PASSWORD_COST,
  verifyPassword,
} from "../../../lib/auth/password.ts";

const CHEAP = { N: 2 ** 10, r: 8, p: 1 };

Deno.test("a password is verified against its hash, and only it", async () => {
  const stored = await hashPassword("correct horse", CHEAP);
  assert(!stored.includes("correct"));
  assertEquals(await verifyPassword("correct horse", stored, CHEAP), true);
  assertEquals(await verifyPassword("correct hors", stored, CHEAP), false);
  assertEquals(await verifyPassword("", stored, CHEAP), false);
});

Deno.test("the same password is stored differently each time", async () => {
  assertNotEquals(
    await hashPassword("same", CHEAP),
    await hashPassword("same", CHEAP),
  );
});

Deno.test("composed and decomposed letters are the same password", async () => {
  const stored = await hashPassword("caf\u00e9", CHEAP);
  assertEquals(await verifyPassword("cafe\u0301", stored, CHEAP), true);
});

Deno.test("an account that is not there or a row that is not a hash never matches", async () => {
  assertEquals(await verifyPassword("x", undefined, CHEAP), false);
  assertEquals(await verifyPassword("x", "plain$x", CHEAP), false);
  assertEquals(await verifyPassword("x", "scrypt$1024$8$1$$", CHEAP), false);
});

Deno.test("a hash of another cost is to be made anew", async () => {
  const stored = await hashPassword("x", CHEAP);
  assertEquals(needsRehash(stored, CHEAP), false);
  assertEquals(needsRehash(stored), true);
  assert(PASSWORD_COST.N >= 2 ** 15);
});

Deno.test("many sign-ins at once wait for each other, and a flood is refused", async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 200 }, () => verifyPassword("x", undefined, CHEAP)),
  );
  const refused = results.filter((r) => r.status === "rejected");
  assert(
    refused.length > 0 &&
      refused.every((r) => r.reason.code === "rate_limited"),
  );
  assertEquals(results.length - refused.length >= 64, true);
  assertEquals(
    await verifyPassword("x", undefined, CHEAP),
    false,
    "afterwards there is room again",
  );
});
