import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { DAY, HOUR } from "../../../lib/clock.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  changeTrust,
  changeUser,
  getUser,
  getUserByEmail,
  getUserByHandle,
  getUsers,
  Handle,
  handleFrom,
  isHandle,
  noteActive,
  ownUser,
  ProfileChange,
  publicUser,
  rankLevel,
  RANKS,
  updateProfile,
} from "../../../lib/users/mod.ts";
import { userChannel } from "../../../lib/realtime/mod.ts";
import { openDeps } from "../../support/open_deps.ts";

Deno.test("any name makes a valid handle", () => {
  assertEquals(handleFrom("Zoë Ångström"), "zoe-angstrom");
  assertEquals(handleFrom("Admin"), "member");
  assertEquals(handleFrom("李"), "member");
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      (name) => isHandle(handleFrom(name)),
    ),
  );
});

Deno.test("handles are short, plain and not reserved", () => {
  for (const good of ["ab", "a-b", "x1", "a".repeat(32)]) {
    assert(Handle.safeParse(good).success, good);
  }
  for (
    const bad of [
      "a",
      "-a",
      "a-",
      "a--b",
      "a_b",
      "é2",
      "me",
      "everyone",
      "a".repeat(33),
    ]
  ) {
    assertEquals(Handle.safeParse(bad).success, false, bad);
  }
  assertEquals(Handle.parse(" ADA-b "), "ada-b");
});

Deno.test("users are found by id, handle and address, in either case", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada");
  const others = await Promise.all(
    Array.from({ length: 24 }, (_, i) => deps.addUser(`user-${i}`)),
  );
  assertEquals(await getUser(deps.kv, "ada"), ada);
  assertEquals(await getUserByHandle(deps.kv, "ADA"), ada);
  assertEquals(await getUserByEmail(deps.kv, "Ada@Example.com"), ada);
  assertEquals(await getUserByHandle(deps.kv, "bob"), null);
  const ids = others.map((u) => u.id);
  assertEquals(await getUsers(deps.kv, [...ids, "nobody", ids[0]!, "ada"]), [
    ...others,
    ada,
  ]);
});

Deno.test("others do not see what is private, oneself does", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada");
  const seen = publicUser(ada);
  assert(!("email" in seen) && !("role" in seen) && !("lastActiveAt" in seen));
  assertEquals(ownUser(ada).email, "ada@example.com");
});

Deno.test("a profile changes in what is given, and changes at once do not undo each other", async () => {
  await using deps = await openDeps();
  await deps.addUser("ada", { bio: "before" });
  const change = ProfileChange.parse({
    skills: "Deno, , css,DENO",
    timeZone: "Europe/Berlin",
  });
  assertEquals((await updateProfile(deps, "ada", change)).skills, [
    "deno",
    "css",
  ]);
  await Promise.all([
    updateProfile(deps, "ada", { name: "Ada B." }),
    updateProfile(deps, "ada", { bio: "after" }),
    changeUser(deps, "ada", (user) => ({ ...user, trust: user.trust + 1 })),
    changeUser(deps, "ada", (user) => ({ ...user, trust: user.trust + 1 })),
  ]);
  const { name, bio, trust, skills, timeZone } =
    (await getUser(deps.kv, "ada"))!;
  assertEquals([name, bio, trust, skills, timeZone], ["Ada B.", "after", 502, [
    "deno",
    "css",
  ], "Europe/Berlin"]);
  const error = await assertRejects(
    () => updateProfile(deps, "nobody", {}),
    NexoraError,
  );
  assertEquals(error.code, "not_found");
  for (
    const bad of [{ timeZone: "Mars/Base" }, { locale: "not a language" }, {
      name: " ",
    }, { skills: Array(21).fill(0).map((_, i) => `s${i}`) }]
  ) {
    assertEquals(
      ProfileChange.safeParse(bad).success,
      false,
      JSON.stringify(bad),
    );
  }
});

Deno.test("being active is noted once an hour", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada");
  deps.clock.advance(HOUR - 1);
  await noteActive(deps, ada);
  assertEquals((await getUser(deps.kv, "ada"))!.lastActiveAt, ada.lastActiveAt);
  deps.clock.advance(1);
  await noteActive(deps, ada);
  assertEquals((await getUser(deps.kv, "ada"))!.lastActiveAt, deps.now());
});

Deno.test("the ladder has an order, and names that are not on it stand at its foot", () => {
  assertEquals(RANKS.map(rankLevel), RANKS.map((_, i) => i));
  assertEquals(rankLevel("King"), 0);
});

Deno.test("time alone can be what a rank was waiting for: the next visit gives it", async () => {
  await using deps = await openDeps();
  const ada = await deps.addUser("ada", { trust: 600 });
  await changeTrust(deps, "ada", {
    delta: 0,
    reason: "admin",
    cause: "history",
    counts: { completed: 6, rating: 5 },
  });
  const rank = async () => (await getUser(deps.kv, "ada"))!.rank;
  assertEquals(await rank(), "Apprentice");
  deps.clock.advance(14 * DAY);
  await noteActive(deps, ada);
  assertEquals(await rank(), "Journeyman");
  const told = (await deps.events(userChannel("ada"))).at(-1)!;
  assertEquals([told.event, told.json], ["user:rank-changed", {
    userId: "ada",
    rank: "Journeyman",
    previous: "Apprentice",
    direction: "up",
  }]);
});
