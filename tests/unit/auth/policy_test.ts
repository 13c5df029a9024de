import { assertEquals } from "@std/assert";
import {
  type Actor,
  createPolicy,
  type Right,
} from "../../../lib/auth/policy.ts";
import { DEFAULT_PERMISSIONS } from "../../../lib/auth/room_rights.ts";
import { commit, keys, set } from "../../../lib/kv/mod.ts";
import { parseChannel } from "../../../lib/realtime/mod.ts";

const people: Record<string, Actor> = {
  nobody: null,
  outsider: { id: "outsider", role: "member" },
  member: { id: "member", role: "member" },
  officer: { id: "officer", role: "member" },
  owner: { id: "owner", role: "member" },
  juror: { id: "juror", role: "member" },
  mediator: { id: "mediator", role: "member" },
  admin: { id: "admin", role: "admin" },
};

/** Channel → right → who has it. */
const TABLE: Record<
  string,
  Record<Extract<Right, "see" | "write" | "administer">, string[]>
> = {
  "guild-g": {
    see: ["member", "officer", "owner", "admin"],
    write: ["member", "officer", "owner", "admin"],
    administer: ["officer", "owner", "admin"],
  },
  "guild-nowhere": { see: [], write: [], administer: [] },
  "dm-member-owner": {
    see: ["member", "owner"],
    write: ["member", "owner"],
    administer: [],
  },
  "dm-owner-member": { see: [], write: [], administer: [] },
  "dm-member": { see: [], write: [], administer: [] },
  "dm-": { see: [], write: [], administer: [] },
  "dispute-d": {
    see: ["juror", "mediator", "admin"],
    write: ["juror", "mediator", "admin"],
    administer: ["mediator", "admin"],
  },
  "private-user-member": { see: ["member"], write: [], administer: [] },
  "platform-global": {
    see: Object.keys(people),
    write: ["admin"],
    administer: ["admin"],
  },
  "user-member": { see: [], write: [], administer: [] },
  "private-anything": { see: [], write: [], administer: [] },
  "#server-to-user-member": { see: [], write: [], administer: [] },
};

Deno.test("who may see, write and administer what, whatever the prefix", async () => {
  using kv = await Deno.openKv(":memory:");
  await commit(kv, {
    mutations: [
      set(keys.guild("g"), { id: "g" }),
      set(keys.dispute("d"), { id: "d" }),
      ...["member", "officer", "owner"].map((role) =>
        set(keys.guildMember("g", role), { role })
      ),
      ...["juror", "mediator"].map((role) =>
        set(keys.disputeParty("d", role), { role })
      ),
    ],
  });
  const policy = createPolicy({ kv });
  for (const [name, rights] of Object.entries(TABLE)) {
    const plain = !/^(private-|#)/.test(name);
    const twins = plain
      ? [
        name,
        `private-${name}`,
        `presence-${name}`,
        `private-encrypted-${name}`,
        `cache-${name}`,
      ]
      : [name];
    for (const twin of twins) {
      // `user-…` is somebody's inbox only with a prefix; see `parseChannel`.
      if (
        name === "user-member" && twin !== name && !twin.startsWith("cache-")
      ) continue;
      const channel = parseChannel(twin)!;
      for (const right of ["see", "write", "administer"] as const) {
        const may: string[] = [];
        for (const [who, actor] of Object.entries(people)) {
          if (await policy.may(actor, right, channel)) may.push(who);
        }
        assertEquals(
          may,
          Object.keys(people).filter((who) => rights[right].includes(who)),
          `${right} ${twin}`,
        );
      }
    }
  }
});

Deno.test("in a room the officers' settings, mutes and blocks decide, and say why not", async () => {
  using kv = await Deno.openKv(":memory:");
  let at = 1_000;
  await commit(kv, {
    mutations: [
      set(keys.guild("g"), { id: "g" }),
      ...["member", "officer", "owner"].map((role) =>
        set(keys.guildMember("g", role), { role })
      ),
    ],
  });
  const policy = createPolicy({ kv, now: () => at });
  const guild = parseChannel("presence-guild-g")!;
  const may = async (right: Right) => {
    const those: string[] = [];
    for (const [who, actor] of Object.entries(people)) {
      if (await policy.may(actor, right, guild)) those.push(who);
    }
    return those;
  };
  assertEquals(await may("pin"), ["officer", "owner", "admin"]);
  assertEquals(await may("mentionEveryone"), ["officer", "owner", "admin"]);
  assertEquals(await may("upload"), ["member", "officer", "owner", "admin"]);
  await kv.set(keys.roomSettings("guild-g"), {
    permissions: {
      write: "officer",
      mentionEveryone: "owner",
      pin: "member",
      upload: "member",
    },
  });
  assertEquals(await may("write"), ["officer", "owner", "admin"]);
  assertEquals(await may("mentionEveryone"), ["owner", "admin"]);
  assertEquals(
    await may("pin"),
    ["officer", "owner", "admin"],
    "who may not write may not pin",
  );
  // The stored rules are from before there was this right.
  assertEquals(
    await may("react"),
    ["member", "officer", "owner", "admin"],
    "in a room where only officers write, everybody reacts",
  );
  await kv.set(keys.roomSettings("guild-g"), {
    permissions: { ...DEFAULT_PERMISSIONS, react: "officer" },
  });
  assertEquals(await may("react"), ["officer", "owner", "admin"]);
  assertEquals(await may("write"), ["member", "officer", "owner", "admin"]);
  await kv.set(keys.mute("guild-g", "officer"), { until: 2_000 });
  assertEquals(await policy.refusal(people.officer!, "write", guild), {
    reason: "muted",
    until: 2_000,
  });
  assertEquals(await policy.may(people.officer!, "see", guild), true);
  assertEquals(await policy.may(people.officer!, "react", guild), false);
  at = 2_000;
  assertEquals(await policy.may(people.officer!, "write", guild), true);
  const dm = parseChannel("dm-member-owner")!;
  assertEquals(await policy.may(people.member!, "pin", dm), true);
  await kv.set(keys.block("owner", "member"), 1);
  for (const who of [people.member!, people.owner!]) {
    assertEquals(await policy.refusal(who, "write", dm), { reason: "blocked" });
    assertEquals(await policy.may(who, "see", dm), true);
  }
});
