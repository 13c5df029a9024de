import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  changePassword,
  findSession,
  listSessions,
  renewSession,
  revokeSession,
  SESSION_LIFE,
  signIn,
  signInDemo,
  signUp,
  SignUpForm,
} from "../../../lib/auth/mod.ts";
import { DAY } from "../../../lib/clock.ts";
import { keys } from "../../../lib/kv/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { listActivity } from "../../../lib/activity/mod.ts";
import { openDeps, type TestDeps } from "../../support/open_deps.ts";

const caller = { address: "192.0.2.1", device: "d0d0", userAgent: "Test" };
const form = SignUpForm.parse({
  name: " Zoë  Ångström ",
  email: "Zoe@Example.com ",
  password: "correct horse",
});
const cheap = (deps: TestDeps) =>
  Object.assign(deps, { passwordCost: { N: 1024, r: 8, p: 1 } });
const errorOf = (work: () => Promise<unknown>) =>
  assertRejects(work, NexoraError);

Deno.test("signing up makes a user with a handle of their name, signed in", async () => {
  await using deps = cheap(await openDeps());
  const { user, session, token } = await signUp(deps, form, caller);
  assertEquals([user.handle, user.name, user.email, user.role], [
    "zoe-angstrom",
    "Zoë Ångström",
    "zoe@example.com",
    "member",
  ]);
  assertEquals((await findSession(deps, token))!.user, user);
  assertEquals(session.expiresAt, deps.now() + SESSION_LIFE);
  const stored = await Array.fromAsync(
    deps.kv.list({ prefix: [] }),
    (row) => JSON.stringify(row),
  );
  assertEquals(
    stored.filter((row) =>
      row.includes(token.split(".")[1]!) || row.includes("correct horse")
    ),
    [],
  );
  const done = await Array.fromAsync(listActivity(deps.kv, 0, deps.now() + 1));
  assertEquals(done.map((a) => [a.kind, a.actorId, a.device]), [[
    "user_registered",
    user.id,
    "d0d0",
  ]]);
});

Deno.test("handles and addresses are nobody's twice, whatever arrives at once", async () => {
  await using deps = cheap(await openDeps());
  const people = await Promise.allSettled(
    Array.from(
      { length: 10 },
      (_, i) =>
        signUp(deps, { ...form, email: `p${i % 5}@example.com` }, {
          ...caller,
          address: `a${i}`,
        }),
    ),
  );
  const made = people.flatMap((p) =>
    p.status === "fulfilled" ? [p.value.user] : []
  );
  assertEquals(made.length, 5);
  assertEquals(new Set(made.map((u) => u.handle)).size, 5);
  assert(made.every((u) => /^zoe-angstrom(-\d+)?$/.test(u.handle)));
  const error = await errorOf(() =>
    signUp(
      deps,
      { ...form, email: "new@example.com", handle: "zoe-angstrom" },
      caller,
    )
  );
  assertEquals([error.code, Object.keys(error.fields!)], ["already_exists", [
    "handle",
  ]]);
});

Deno.test("signing in rotates the session: the one before is worth nothing", async () => {
  await using deps = cheap(await openDeps());
  const first = await signUp(deps, form, caller);
  const second = await signIn(
    deps,
    { email: form.email, password: form.password },
    caller,
    first.session,
  );
  assertNotEquals(second.token, first.token);
  assertEquals(await findSession(deps, first.token), null);
  assertEquals(
    (await findSession(deps, second.token))!.session,
    second.session,
  );
  assertEquals((await listSessions(deps, first.user.id)).map((s) => s.id), [
    second.session.id,
  ]);
});

Deno.test("wrong password and unknown address read the same, and are slowed down", async () => {
  await using deps = cheap(await openDeps());
  await signUp(deps, form, caller);
  const attempt = (email: string, address = caller.address) =>
    errorOf(() =>
      signIn(deps, { email, password: "wrong" }, { ...caller, address })
    );
  const [wrong, unknown] = [
    await attempt(form.email),
    await attempt("nobody@example.com"),
  ];
  assertEquals([wrong.code, wrong.message], [unknown.code, unknown.message]);
  for (let i = 0; i < 4; i++) await attempt(form.email);
  assertEquals(
    (await attempt(form.email, "198.51.100.7")).code,
    "rate_limited",
    "wherever the guesses come from",
  );
  const right = await errorOf(() =>
    signIn(deps, { email: form.email, password: form.password }, caller)
  );
  assertEquals(right.code, "rate_limited");
  deps.clock.advance(right.retryAfter! * 1_000);
  await signIn(deps, { email: form.email, password: form.password }, caller);
});

Deno.test("many accounts from one address are slowed down too", async () => {
  await using deps = cheap(await openDeps());
  const codes: string[] = [];
  for (let i = 0; i < 31; i++) {
    codes.push(
      (await errorOf(() =>
        signIn(deps, { email: `p${i}@example.com`, password: "wrong" }, caller)
      )).code,
    );
  }
  assertEquals(codes.indexOf("rate_limited"), 30);
});

Deno.test("sign-ins that succeed do not count against their address", async () => {
  await using deps = cheap(await openDeps());
  await signUp(deps, form, caller);
  for (let i = 0; i < 40; i++) {
    await signIn(deps, { email: form.email, password: form.password }, caller);
  }
  await errorOf(() =>
    signIn(deps, { email: "nobody@example.com", password: "wrong" }, caller)
  );
  const row = await deps.kv.get<{ count: number }>(
    keys.attempts("sign-in-address", caller.address),
  );
  assertEquals(row.value!.count, 1);
});

Deno.test("a session ends when it is over, though its row may linger, and is prolonged by use", async () => {
  await using deps = cheap(await openDeps());
  const { token, session } = await signUp(deps, form, caller);
  assertEquals(await renewSession(deps, session), null);
  deps.clock.advance(SESSION_LIFE - DAY);
  const renewed = await renewSession(
    deps,
    (await findSession(deps, token))!.session,
  );
  assertEquals(renewed!.expiresAt, deps.now() + SESSION_LIFE);
  deps.clock.advance(SESSION_LIFE - 1);
  assert(await findSession(deps, token));
  deps.clock.advance(1);
  assertEquals(await findSession(deps, token), null);
});

Deno.test("a session is revoked by its id, one's own sessions only", async () => {
  await using deps = cheap(await openDeps());
  const zoe = await signUp(deps, form, caller);
  const bob = await signUp(deps, {
    ...form,
    name: "Bob",
    email: "bob@example.com",
  }, caller);
  assertEquals(await revokeSession(deps, bob.user.id, zoe.session.id), false);
  assertEquals(await revokeSession(deps, zoe.user.id, zoe.session.id), true);
  assertEquals(await findSession(deps, zoe.token), null);
  assertEquals(await renewSession(deps, zoe.session), null);
  assert(await findSession(deps, bob.token));
});

Deno.test("a token that is not one finds nothing", async () => {
  await using deps = cheap(await openDeps());
  const { user, token } = await signUp(deps, form, caller);
  const other = await deps.addUser("other");
  const wrong = [
    "",
    ".",
    `${user.id}.`,
    `${user.id}.x`,
    `${other.id}.${token.split(".")[1]}`,
    "x".repeat(5_000),
  ];
  for (const text of wrong) {
    assertEquals(await findSession(deps, text), null, text);
  }
});

Deno.test("changing the password ends the other sessions and needs the present one", async () => {
  await using deps = cheap(await openDeps());
  const first = await signUp(deps, form, caller);
  const second = await signIn(deps, {
    email: form.email,
    password: form.password,
  }, caller);
  const change = { current: "wrong", password: "a new one here" };
  assertEquals(
    (await errorOf(() =>
      changePassword(deps, second.user, second.session, change)
    )).code,
    "bad_credentials",
  );
  await changePassword(deps, second.user, second.session, {
    ...change,
    current: form.password,
  });
  assertEquals(await findSession(deps, first.token), null);
  assert(await findSession(deps, second.token));
  await signIn(deps, { email: form.email, password: "a new one here" }, caller);
  assertEquals(
    (await errorOf(() =>
      signIn(deps, { email: form.email, password: form.password }, caller)
    )).code,
    "bad_credentials",
  );
});

Deno.test("a hash of an older cost is replaced at sign-in", async () => {
  await using deps = cheap(await openDeps());
  await signUp(deps, form, caller);
  const stronger = Object.assign(Object.create(deps), {
    passwordCost: { N: 2048, r: 8, p: 1 },
  });
  const { user } = await signIn(stronger, {
    email: form.email,
    password: form.password,
  }, caller);
  const row =
    (await deps.kv.get<{ password: string }>(keys.credential(user.id))).value!;
  assert(row.password.startsWith("scrypt$2048$"));
  await signIn(
    stronger,
    { email: form.email, password: form.password },
    caller,
  );
});

Deno.test("one click enters demo users and nobody else", async () => {
  await using deps = cheap(await openDeps());
  await deps.addUser("demo-owner", { demo: true });
  await deps.addUser("ada");
  assertEquals(
    (await signInDemo(deps, "demo-owner", caller)).user.handle,
    "demo-owner",
  );
  assertEquals(
    (await errorOf(() => signInDemo(deps, "ada", caller))).code,
    "not_found",
  );
  assertEquals(
    (await errorOf(() => signInDemo(deps, "nobody", caller))).code,
    "not_found",
  );
});
