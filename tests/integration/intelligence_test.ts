/** The agents in the app as users run it, with the real sentence encoder, over the JSON API. */
import { assert, assertEquals } from "@std/assert";
import { AppProcess } from "../support/app.ts";
import { waitFor } from "../support/wait.ts";

Deno.test("a bounty that is posted is matched by meaning, and insights and trends are served", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using app = await AppProcess.start({ kvPath: `${directory}/kv.db` });
    const owner = await app.signIn("demo-owner");
    const outsider = await app.signIn("demo-outsider");

    // A guild that no word of the bounty leads to.
    const founded = await owner.fetch("/api/guilds", {
      method: "POST",
      json: {
        name: "Seven Tongues",
        description:
          "Translators between German, French, Polish, Arabic and English, with an ear for tone.",
        open: true,
      },
    });
    const { guild } = await founded.json();
    const posted = await outsider.fetch("/api/bounties", {
      method: "POST",
      json: {
        title: "Our app speaks English only",
        description:
          "Four hundred strings for customers in Warsaw, Lyon and Munich. It should not sound like a machine.",
        category: "writing",
        skills: [],
        reward: 900,
        open: true,
      },
    });
    assertEquals(posted.status, 201);
    const { bounty } = await posted.json();
    const matched = await waitFor(async () => {
      const response = await outsider.fetch(`/api/bounties/${bounty.id}`);
      const { bounty: now } = await response.json();
      return now.state === "matched" ? now : null;
    }, { timeout: 120_000, interval: 250, what: "the bounty to be matched" });
    assertEquals(matched.matches[0].guildId, guild.id);
    assert(matched.matches[0].reasons.length > 0);
    await waitFor(async () => {
      const response = await owner.fetch("/api/notifications?limit=100");
      const { notifications } = await response.json();
      return notifications.some((n: { type: string; data: unknown }) =>
        n.type === "bounty_matched" &&
        (n.data as { bountyId: string }).bountyId === bounty.id
      );
    }, { timeout: 60_000, interval: 100, what: "the owner to be told" });

    const insights = await (await owner.fetch("/api/insights")).json();
    assertEquals(insights.engine, "local");
    assert(
      insights.insights.some((one: { id: string; words: { why: string } }) =>
        one.id === `proposed:${guild.id}` && one.words.why.length > 0
      ),
    );
    assertEquals("basis" in insights, false);
    const refreshed = await owner.fetch("/api/insights/refresh", {
      method: "POST",
    });
    assertEquals(refreshed.status, 200);
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) {
      const again = await owner.fetch("/api/insights/refresh", {
        method: "POST",
      });
      statuses.push(again.status);
      await again.body?.cancel();
    }
    assertEquals(statuses.at(-1), 429);

    const trends = await (await outsider.fetch("/api/trending")).json();
    assertEquals(trends.trends.categories.length, 7);
    assert(trends.trends.opened.now > 0);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
