/** What the crons are told before there is a platform is what the jobs say of themselves. */
import { assertEquals } from "@std/assert";
import { scheduledJobs, SCHEDULES } from "../../../jobs/catalogue.ts";
import { openPlatform } from "../../../lib/platform.ts";
import { readConfig } from "../../../lib/config.ts";

Deno.test("every job has a line in the schedule, and no other line is there", async () => {
  const platform = await openPlatform(readConfig({ KV_PATH: ":memory:" }));
  try {
    const jobs = scheduledJobs(platform);
    assertEquals(
      Object.fromEntries(jobs.map(({ name, schedule }) => [name, schedule])),
      SCHEDULES,
    );
  } finally {
    await platform.close();
  }
});
