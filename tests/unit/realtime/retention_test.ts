import { assertEquals, assertThrows } from "@std/assert";
import { ConfigError, readConfig } from "../../../lib/config.ts";
import {
  longestRetention,
  retentionOf,
} from "../../../lib/realtime/retention.ts";

Deno.test("a kind of channel keeps its own bounds, others the default", () => {
  const { retention } = readConfig({
    RETENTION: '{"guild":{"seconds":600,"events":5000}}',
  });
  const guild = { age: 600_000, count: 5_000 };
  for (const name of ["guild-x", "presence-guild-x"]) {
    assertEquals(retentionOf(name, retention), guild);
  }
  assertEquals(retentionOf("dm-a-b", retention), {
    age: 120_000,
    count: 1_000,
  });
  assertEquals(longestRetention(retention), 600_000);
  assertEquals(longestRetention({}), 120_000);
});

Deno.test("bounds that make no sense stop the start", () => {
  for (
    const RETENTION of [
      "x",
      '{"guild":{"seconds":0,"events":1}}',
      '{"cats":{"seconds":1,"events":1}}',
    ]
  ) {
    assertThrows(() => readConfig({ RETENTION }), ConfigError, "RETENTION");
  }
});

Deno.test("production refuses development secrets and names the variable", () => {
  const own = { PUSHER_KEY: "k", PUSHER_SECRET: "s", CRON_SECRET: "c" };
  for (const name of ["PUSHER_KEY", "PUSHER_SECRET", "CRON_SECRET"]) {
    const env = { ...own, NEXORA_ENV: "production", [name]: undefined };
    assertThrows(() => readConfig(env), ConfigError, name);
  }
  assertEquals(
    readConfig({ ...own, NEXORA_ENV: "production" }).production,
    true,
  );
  assertThrows(() => readConfig({ DENO_DEPLOY: "1" }), ConfigError);
});
