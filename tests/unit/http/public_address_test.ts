import { assertEquals, assertRejects } from "@std/assert";
import { NexoraError } from "../../../lib/errors.ts";
import {
  isPublicAddress,
  requirePublic,
} from "../../../lib/http/public_address.ts";

Deno.test("only addresses of the public internet are public", () => {
  const is = (address: string) => [address, isPublicAddress(address)];
  for (
    const address of [
      "0.0.0.0",
      "10.255.0.1",
      "100.64.0.1",
      "127.0.0.1",
      "169.254.169.254",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "198.18.0.1",
      "224.0.0.1",
      "255.255.255.255",
      "256.1.1.1",
      "::",
      "::1",
      "::ffff:10.0.0.1",
      "::ffff:7f00:1",
      "64:ff9b::a00:1",
      "2002:7f00:1::",
      "2001:db8::1",
      "2001:0:4136:e378::1",
      "fc00::1",
      "fd12:3456::1",
      "fe80::1%eth0",
      "ff02::1",
      "1::2::3",
      "push.example.com",
      "",
    ]
  ) assertEquals(is(address), [address, false]);
  for (
    const address of [
      "1.1.1.1",
      "9.255.255.255",
      "11.0.0.0",
      "172.15.255.255",
      "172.32.0.0",
      "192.167.255.255",
      "223.255.255.255",
      "2606:4700:4700::1111",
      "::ffff:1.1.1.1",
      "64:ff9b::101:101",
      "2a00:1450:4001:82a::200e",
    ]
  ) assertEquals(is(address), [address, true]);
});

Deno.test("a name counts by what it stands for, all of it", async () => {
  const check = (addresses: string[]) =>
    requirePublic(new URL("https://push.example.com/x"), {
      production: true,
      resolve: () => Promise.resolve(addresses),
    });
  await check(["1.1.1.1", "2606:4700:4700::1111"]);
  const mixed = await assertRejects(
    () => check(["1.1.1.1", "10.0.0.1"]),
    NexoraError,
  );
  assertEquals(mixed.code, "bad_request");
  const none = await assertRejects(() => check([]), NexoraError);
  assertEquals(none.code, "timed_out", "another try may find it");
});
