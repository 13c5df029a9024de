import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type Bounty,
  BOUNTY_CATEGORIES,
  BOUNTY_STATES,
  type BountyFilter,
  bountyRows,
  listBounties,
  listBountiesForGuilds,
  listBountiesOfClient,
  newBounty,
} from "../../../lib/bounties/mod.ts";
import { commit } from "../../../lib/kv/mod.ts";
import type { Page } from "../../../lib/guilds/mod.ts";
import { WORK } from "./stage.ts";

const SKILLS = ["preact", "sql", "maps"];

const aBounty = fc.record({
  state: fc.constantFrom(...BOUNTY_STATES),
  category: fc.constantFrom(...BOUNTY_CATEGORIES.slice(0, 3)),
  skills: fc.subarray(SKILLS),
  title: fc.constantFrom("Ferry timetable", "Map of wells", "Ferry logo"),
  // Few times, so that some bounties share one.
  createdAt: fc.integer({ min: 1, max: 12 }),
  clientId: fc.constantFrom("ada", "bob"),
  guilds: fc.subarray(["g1", "g2"]),
});

const aFilter = fc.record({
  states: fc.option(fc.subarray([...BOUNTY_STATES], { minLength: 1 }), {
    nil: undefined,
  }),
  category: fc.option(fc.constantFrom(...BOUNTY_CATEGORIES.slice(0, 3)), {
    nil: undefined,
  }),
  skill: fc.option(fc.constantFrom(...SKILLS), { nil: undefined }),
  q: fc.option(fc.constantFrom("ferry", "fer", "map wells", "none"), {
    nil: undefined,
  }),
});

async function allPages(
  list: (cursor?: string) => Promise<Page<Bounty>>,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.cursor ?? undefined;
  } while (cursor);
  return ids;
}

const newest = (bounties: Bounty[]) =>
  bounties.toSorted((a, b) =>
    b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1)
  ).map(({ id }) => id);

function fits(bounty: Bounty, { states, category, skill, q }: BountyFilter) {
  const text = `${bounty.title} ${bounty.skills.join(" ")}`.toLowerCase()
    .split(" ");
  return bounty.state !== "draft" &&
    (!states || states.includes(bounty.state)) &&
    (!category || bounty.category === category) &&
    (!skill || bounty.skills.includes(skill)) &&
    (!q ||
      q.split(" ").every((word) => text.some((one) => one.startsWith(word))));
}

Deno.test("every list is what a look at all bounties finds, whatever the page size, and stays so when they change", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(aBounty, aBounty), { maxLength: 14 }),
      aFilter,
      fc.integer({ min: 1, max: 5 }),
      async (given, filter, limit) => {
        const kv = await Deno.openKv(":memory:");
        try {
          const bounties: Bounty[] = [];
          for (const [i, versions] of given.entries()) {
            let before: Bounty | null = null;
            for (const { guilds, ...version } of versions) {
              const after: Bounty = newBounty({
                ...WORK,
                description: "x",
                ...version,
                // Who posted it and when does not change.
                clientId: versions[0].clientId,
                createdAt: versions[0].createdAt,
                id: `B${String(i).padStart(2, "0")}`,
                matches: guilds.map((guildId) => ({
                  guildId,
                  score: 1,
                  reasons: [],
                })),
              });
              await commit(kv, { mutations: bountyRows(before, after) });
              before = after;
            }
            bounties.push(before!);
          }
          assertEquals(
            await allPages((cursor) =>
              listBounties(kv, { ...filter, cursor, limit })
            ),
            newest(bounties.filter((bounty) => fits(bounty, filter))),
          );
          assertEquals(
            await allPages((cursor) =>
              listBountiesOfClient(kv, "ada", { cursor, limit })
            ),
            newest(bounties.filter(({ clientId }) => clientId === "ada")),
          );
          assertEquals(
            await allPages((cursor) =>
              listBountiesForGuilds(kv, ["g1", "g2"], { cursor, limit })
            ),
            newest(
              bounties.filter(({ state, matches }) =>
                state === "matched" && matches.length > 0
              ),
            ),
          );
        } finally {
          kv.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});
