import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { commit, keys, set } from "../../../lib/kv/mod.ts";
import {
  editMessage,
  exportRoom,
  getChain,
  removeMessage,
  type RoomExport,
  sendMessage,
  verifyExport,
} from "../../../lib/messages/mod.ts";
import { dmChannel, parseChannel } from "../../../lib/realtime/mod.ts";
import { ROOT } from "../../support/app.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

async function talk(deps: TestDeps, channel: string) {
  const ada = await deps.addUser("ada");
  const bob = await deps.addUser("bob");
  const ids: string[] = [];
  for (let n = 0; n < 8; n++) {
    const { message } = await sendMessage(deps, {
      channel,
      author: n % 2 ? ada : bob,
      content: `<b>${n}</b> & more`,
      parentId: n === 5 ? ids[0] : undefined,
      quote: n === 6 ? { channel, id: ids[1]! } : undefined,
    });
    ids.push(message.id);
  }
  for (const content of ["First", "Second"]) {
    await editMessage(deps, { channel, id: ids[1]!, author: ada, content });
  }
  await removeMessage(deps, { channel, id: ids[1]!, by: ada });
  await removeMessage(deps, { channel, id: ids[6]!, by: bob });
  await editMessage(deps, {
    channel,
    id: ids[3]!,
    author: ada,
    content: "Edited",
  });
  return { ada };
}

async function exported(
  deps: TestDeps,
  channel: string,
  format: "json" | "html",
) {
  const room = parseChannel(channel)!;
  const by = (await deps.kv.get(keys.user("ada"))).value as Parameters<
    typeof exportRoom
  >[2];
  return await new Response(await exportRoom(deps, room, by, format)).text();
}

Deno.test("an export holds everything in order, and can be checked", async () => {
  await using deps = await openDeps();
  const channel = dmChannel("ada", "bob");
  await talk(deps, channel);
  const value: RoomExport = JSON.parse(await exported(deps, channel, "json"));
  const { hash, entries } = await getChain(deps, channel);
  const checked = verifyExport(value, hash);
  assertEquals([checked.intact, checked.problems], [true, []]);
  assertEquals([checked.entries, entries], [13, 13]);
  // Four words of two deleted messages: one was said and changed twice.
  assertEquals(checked.withheld, 4);
  assertEquals(
    value.entries.filter((e) => e.kind === "edit").map((e) => e.words?.content),
    [undefined, undefined, "Edited"],
  );
  assertEquals(verifyExport(value, "0".repeat(64)).intact, false);
});

Deno.test("in a dispute the export has the words that were deleted", async () => {
  await using deps = await openDeps();
  await commit(deps.kv, {
    mutations: [
      set(keys.dispute("d"), { id: "d", state: "raised", guildId: null }),
      set(keys.disputeParty("d", "ada"), { role: "raiser" }),
      set(keys.disputeParty("d", "bob"), { role: "accused" }),
    ],
  });
  await talk(deps, "dispute-d");
  const value: RoomExport = JSON.parse(
    await exported(deps, "dispute-d", "json"),
  );
  const checked = verifyExport(value);
  assertEquals([checked.intact, checked.problems, checked.withheld], [
    true,
    [],
    0,
  ]);
  assertEquals(
    value.entries.filter((e) => e.kind === "edit").map((e) => e.words?.content),
    ["First", "Second", "Edited"],
  );
});

Deno.test("whatever one changes in an export, it is no longer intact", async () => {
  await using deps = await openDeps();
  const channel = dmChannel("ada", "bob");
  await talk(deps, channel);
  const text = await exported(deps, channel, "json");
  const size = (JSON.parse(text) as RoomExport).entries.length;
  fc.assert(
    fc.property(fc.nat(size - 1), fc.nat(5), (at, what) => {
      const value = JSON.parse(text) as RoomExport;
      const entry = value.entries[at]!;
      if (what === 0) value.entries.splice(at, 1);
      else if (what === 1) entry.byId = "mallory";
      else if (what === 2) entry.at += 1;
      else if (what === 3) {
        if (entry.words === null) return;
        entry.words.content += "!";
      } else if (what === 4) {
        const other = value.entries[(at + 1) % size]!;
        [value.entries[at], value.entries[(at + 1) % size]] = [other, entry];
      } else entry.digest = "0".repeat(64);
      assert(!verifyExport(value).intact);
    }),
    { numRuns: 200 },
  );
});

Deno.test("the page to read shows what people wrote as text", async () => {
  await using deps = await openDeps();
  const channel = dmChannel("ada", "bob");
  await talk(deps, channel);
  const html = await exported(deps, channel, "html");
  assert(!html.includes("<b>"));
  assert(html.includes("&lt;b&gt;0&lt;/b&gt; &amp; more"));
  assert(html.includes((await getChain(deps, channel)).hash));
});

Deno.test("deno task verify-export says whether a file is intact", async () => {
  await using deps = await openDeps();
  const channel = dmChannel("ada", "bob");
  await talk(deps, channel);
  const text = await exported(deps, channel, "json");
  const file = await Deno.makeTempFile({ suffix: ".json" });
  const verify = async (content: string) => {
    await Deno.writeTextFile(file, content);
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--allow-read",
        "--allow-env",
        "jobs/verify_export_cli.ts",
        file,
      ],
      cwd: ROOT,
    }).output();
    return [code, new TextDecoder().decode(stdout).split(":")[0]];
  };
  try {
    assertEquals(await verify(text), [0, "Intact"]);
    assertEquals((await verify(text.replace("more", "less")))[0], 1);
    assertEquals((await verify("[]"))[0], 2);
  } finally {
    await Deno.remove(file);
  }
});
