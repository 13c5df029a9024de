/** Bounties over real HTTP: what is answered, what is refused and how, and what two isolates make of a race. */
import { assert, assertEquals } from "@std/assert";
import { appOfFile, type SignedIn } from "../support/app.ts";

const app = await appOfFile({ isolates: 2 });
const owner = await app.signIn("demo-owner");
const ines = await app.signIn("ines-duarte");
const diego = await app.signIn("diego-ramos");
const client = await app.signIn("demo-outsider");

const ask = (
  who: SignedIn,
  path: string,
  json?: unknown,
  method = json === undefined ? "GET" : "POST",
) => who.ask(method, `/api/bounties${path}`, json);

const WORK = {
  title: "  A ferry   timetable ",
  description: "For the dead spots.\r\nOffline.",
  category: "engineering",
  skills: ["Preact", "preact ", "maps"],
  reward: 800,
};

async function post(open = true): Promise<string> {
  const { status, body } = await ask(client, "", { ...WORK, open });
  assertEquals(status, 201);
  return body.bounty.id;
}

Deno.test("a bounty is made, found, changed, accepted, handed in, reviewed and paid", async () => {
  const made = await ask(client, "", WORK);
  const { bounty } = made.body;
  assertEquals(
    [made.status, made.headers.get("location")],
    [201, `/api/bounties/${bounty.id}`],
  );
  assertEquals(
    [bounty.title, bounty.description, bounty.skills, bounty.state],
    ["A ferry timetable", "For the dead spots.\nOffline.", [
      "preact",
      "maps",
    ], "draft"],
  );
  const path = `/${bounty.id}`;
  assertEquals((await ask(owner, path)).status, 404, "a draft is its client's");
  const opened = await ask(client, `${path}/open`, {});
  assertEquals([opened.status, opened.body.bounty.state], [200, "open"]);
  const changed = await ask(client, path, { reward: 850 }, "PATCH");
  assertEquals([changed.status, changed.body.bounty.reward], [200, 850]);
  const found = await ask(
    owner,
    "?state=available&category=engineering&skill=maps&q=ferry&limit=5",
  );
  assert(
    found.body.bounties.some(({ id }: { id: string }) => id === bounty.id),
  );

  const accepted = await ask(owner, `${path}/accept`, {
    guildId: "demo-guild",
  });
  assertEquals([accepted.status, accepted.body.bounty.workerId], [
    200,
    "demo_owner",
  ]);
  const submitted = await ask(owner, `${path}/submit`, {
    note: "Done",
    url: "https://example.org/1",
  });
  assertEquals(submitted.body.bounty.state, "submitted");
  const reviewed = await ask(client, `${path}/review`, {
    outcome: "accepted",
    rating: 5,
  });
  assertEquals(
    [reviewed.body.bounty.state, reviewed.body.bounty.payout.amount],
    ["completed", 850],
  );
});

Deno.test("of two guilds in two isolates one wins, the other is told which", async () => {
  for (let round = 0; round < 6; round++) {
    const id = await post();
    const answers = await Promise.all([
      ask(owner, `/${id}/accept`, { guildId: "demo-guild" }),
      ask(diego, `/${id}/accept`, { guildId: "northwind-audit" }),
      ask(ines, `/${id}/accept`, { guildId: "demo-guild" }),
    ]);
    const won = answers.filter(({ status }) => status === 200);
    assertEquals(won.length, 1);
    const name = won[0]!.body.bounty.guildId === "demo-guild"
      ? "Lantern Works"
      : "Northwind Audit";
    for (const { status, headers, body } of answers) {
      if (status === 200) continue;
      assertEquals(
        [status, headers.get("content-type"), body.code, body.detail],
        [
          409,
          "application/problem+json; charset=utf-8",
          "illegal_transition",
          `${name} has accepted this bounty`,
        ],
      );
    }
  }
});

Deno.test("what is not to be is refused with its reason, and changes nothing", async () => {
  const id = await post();
  const before = (await ask(client, `/${id}`)).body.bounty;
  const refused: [SignedIn, string, unknown, number, string][] = [
    [client, "/accept", { guildId: "demo-guild" }, 403, "forbidden"],
    [owner, "/accept", { guildId: "nowhere" }, 403, "forbidden"],
    [owner, "/accept", {}, 400, "bad_request"],
    [owner, "/submit", { note: "x" }, 403, "forbidden"],
    [client, "/open", {}, 409, "illegal_transition"],
    [
      client,
      "/review",
      { outcome: "accepted", rating: 3 },
      409,
      "illegal_transition",
    ],
    [client, "/review", { outcome: "accepted" }, 400, "bad_request"],
    [client, "/review", { outcome: "changes" }, 400, "bad_request"],
    [owner, "/cancel", {}, 403, "forbidden"],
  ];
  for (const [who, action, json, status, code] of refused) {
    const answer = await ask(who, `/${id}${action}`, json);
    assertEquals([answer.status, answer.body.code], [status, code], action);
  }
  const gone = await ask(owner, "/none/accept", { guildId: "demo-guild" });
  assertEquals(gone.status, 404);
  for (
    const [field, value] of Object.entries({
      title: " ",
      category: "gardening",
      skills: Array.from({ length: 11 }, (_, i) => `s${i}`),
      reward: 1.5,
      deadline: 1,
    })
  ) {
    const { status, body } = await ask(client, "", { ...WORK, [field]: value });
    assertEquals([status, Object.keys(body.fields)], [400, [field]]);
  }
  assertEquals((await ask(client, "?cursor=!!")).status, 400);
  assertEquals((await ask(client, "?state=none")).status, 400);
  const after = (await ask(client, `/${id}`)).body.bounty;
  // The matchmaker may have come by.
  assert(["open", "matched"].includes(after.state));
  assertEquals([after.title, after.reward, after.guildId], [
    before.title,
    before.reward,
    null,
  ]);
});

Deno.test("the list goes on where it ended", async () => {
  const seen: string[] = [];
  let cursor = "";
  do {
    const { body } = await ask(
      owner,
      `?limit=4${cursor && `&cursor=${cursor}`}`,
    );
    seen.push(...body.bounties.map(({ id }: { id: string }) => id));
    assert(body.bounties.length <= 4);
    cursor = body.cursor;
  } while (cursor);
  assertEquals(new Set(seen).size, seen.length);
  assert(seen.includes("demo-bounty-kiosk") && seen.length > 15);
  assert(!seen.includes("demo-bounty-posters"), "no drafts");
});
