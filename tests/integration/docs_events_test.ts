/** `docs/events.md` walked: what each row says is done on a real store, and what it told is compared. */
import { assert, assertEquals } from "@std/assert";
import { NOTIFICATION_DATA } from "../../lib/notifications/mod.ts";
import {
  callChannel,
  disputeChannel,
  dmChannel,
  EVENTS,
  GLOBAL_CHANNEL,
  guildChannel,
  userChannel,
} from "../../lib/realtime/mod.ts";
import { ROOT } from "../support/app.ts";
import { sourcesOf } from "./docs_sources.ts";
import { openDeps, type TestDeps } from "../support/open_deps.ts";
import { bounties } from "./docs_walks/bounties.ts";
import { CALL, calls } from "./docs_walks/calls.ts";
import { DISPUTE, disputes } from "./docs_walks/disputes.ts";
import { guilds } from "./docs_walks/guilds.ts";
import { notifications } from "./docs_walks/notifications.ts";
import { people } from "./docs_walks/people.ts";
import { rooms } from "./docs_walks/rooms.ts";
import { openWorld, toldOf, typesOf, type Walks } from "./docs_walks/world.ts";

const page = await Deno.readTextFile(`${ROOT}docs/events.md`);
const section = (title: string) =>
  page.split(/^## /m).find((text) => text.startsWith(title))!;
const names = (text: string) =>
  [...text.matchAll(/`([a-z]+(?:[:_][a-z_-]+)?)`/g)].map((match) => match[1]!);

const rows = section("Sent today").split("\n").filter((line) =>
  line.startsWith("| `")
).map((line) => {
  const [change, tables, event, channel, notification] = line.split("|")
    .slice(1, -1).map((cell) => cell.trim().replaceAll("`", ""));
  return {
    change: change!,
    tables: tables!,
    event: event!.split(" ")[0]!,
    volatile: event!.includes("volatile"),
    channel: channel!,
    notification: notification!,
  };
});
const sent = {
  events: new Set(rows.map((row) => row.event).filter(Boolean)),
  notifications: new Set(
    rows.map((row) => row.notification).filter((name) =>
      name && name !== "any"
    ),
  ),
};

Deno.test("every event and every notification is in the table or among those not sent yet, in one of them", () => {
  const rest = names(section("Named, and not sent"));
  assertEquals(
    [...sent.events, ...rest.filter((name) => name.includes(":"))].sort(),
    [...EVENTS].sort(),
  );
  assertEquals(
    [...sent.notifications, ...rest.filter((name) => !name.includes(":"))]
      .sort(),
    Object.keys(NOTIFICATION_DATA).sort(),
  );
});

Deno.test("every event that is sent has its data described", () => {
  const described = section("The data").split("\n").filter((line) =>
    line.startsWith("| `")
  ).map((line) => line.split("`")[1]!);
  assertEquals(described.sort(), [...sent.events].sort());
});

Deno.test("code sends what the table says, and nothing else", async () => {
  const events = new Set<string>();
  const notifications = new Set<string>();
  for (const { path, text } of await sourcesOf("lib", "jobs", "routes")) {
    if (/^lib\/(demo|realtime\/client)\//.test(path)) continue;
    for (const [, name] of text.matchAll(/\b(?:event|name): "([^"]+)"/g)) {
      if ((EVENTS as readonly string[]).includes(name!)) events.add(name!);
    }
    for (const [, name] of text.matchAll(/\btype: "([^"]+)"/g)) {
      if (name! in NOTIFICATION_DATA) notifications.add(name!);
    }
  }
  assertEquals([...events].sort(), [...sent.events].sort());
  assertEquals([...notifications].sort(), [...sent.notifications].sort());
});

const WALKS: Walks = {
  ...rooms,
  ...guilds,
  ...bounties,
  ...disputes,
  ...notifications,
  ...people,
  ...calls,
};

/** These take a month of silence, a fraud or a matchmaker to show; tests/unit/jobs and tests/unit/ai do them. */
const ELSEWHERE = ["trustDecayJob", "oracleJob", "registerMatchmaker"];

Deno.test("each row of the table has its walk", () => {
  assertEquals(
    rows.map((row) => row.change).sort(),
    [...Object.keys(WALKS), ...ELSEWHERE].sort(),
  );
});

for (const row of rows) {
  const walk = WALKS[row.change];
  if (!walk) continue;
  Deno.test(`${row.change}: ${row.event} on ${row.channel}, ${row.notification || "no notification"}`, async () => {
    await using deps = await openDeps();
    const before = await openWorld(deps);
    const channels = row.channel.split(", ").map((channel) =>
      ({
        "the room's": dmChannel("ada", "bob"),
        "guild-{id}": guildChannel(before.guild.id),
        "platform-global": GLOBAL_CHANNEL,
        "private-user-{client}": userChannel("carl"),
        "private-user-{raiser}": userChannel("carl"),
        "dispute-{id}": disputeChannel(DISPUTE),
        "presence-call-{id}": callChannel(CALL),
      })[channel] ?? userChannel("ada")
    );
    const volatiles: string[] = [];
    const append = deps.log.append.bind(deps.log);
    deps.log.append = (what) => {
      for (const event of what.events) {
        if (event.volatile) volatiles.push(event.event);
      }
      return append(what);
    };
    const tables = row.tables === "none"
      ? []
      : row.tables.replace(" (dm)", "").split(", ");
    const contents = await Promise.all(
      tables.map((table) => contentOf(deps, table)),
    );
    const earlier = await Promise.all(
      channels.map((name) => deps.events(name)),
    );
    const recipients = await walk(deps, before) ?? [];
    for (const [i, name] of channels.entries()) {
      const later = (await deps.events(name)).slice(earlier[i]!.length)
        .filter(({ event }) =>
          event === row.event || !/^(bounty|dispute):/.test(row.event) ||
          !/^(notification|user):/.test(event)
        );
      assertEquals(later.at(-1)?.event ?? "", row.event, name);
    }
    assertEquals(volatiles.includes(row.event), row.volatile);
    for (const id of recipients) await toldOf(deps, id, row.notification);
    const others = ["ada", "bob", "carl"].filter((id) =>
      !recipients.includes(id)
    );
    if (row.notification && row.notification !== "any") {
      assert(recipients.length > 0);
      for (const id of others) {
        assert(!(await typesOf(deps, id)).includes(row.notification), id);
      }
    }
    for (const [i, table] of tables.entries()) {
      const now = await contentOf(deps, table);
      assert(now !== contents[i], `${table} did not change`);
    }
  });
}

/** The rows of a table with their versions, as one text. */
async function contentOf({ kv }: TestDeps, table: string): Promise<string> {
  const rows = await Array.fromAsync(
    kv.list({ prefix: [table] }),
    ({ key, versionstamp }) => `${key.join(" ")} ${versionstamp}`,
  );
  return rows.join("\n");
}
