import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { NexoraError } from "../../../lib/errors.ts";
import { openStore } from "../../../lib/kv/mod.ts";
import { ROOT } from "../../support/app.ts";
import { Child } from "../../support/child.ts";

/** A new file in which somebody has begun to write: `Deno.openKv` refuses it at once with `database is locked`. */
async function withLockedFile(
  test: (path: string, release: () => void) => Promise<void>,
) {
  const dir = await Deno.makeTempDir();
  const path = `${dir}/new.db`;
  const holder = new DatabaseSync(path);
  holder.exec("BEGIN IMMEDIATE");
  try {
    await test(path, () => holder.exec("ROLLBACK"));
  } finally {
    holder.close();
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("a file that somebody else has locked is waited for", async () => {
  await withLockedFile(async (path, release) => {
    const refused = await Deno.openKv(path).then(
      (kv) => kv.close(),
      (error: Error) => error.message,
    );
    assertMatch(String(refused), /locked/);
    const opening = openStore(path);
    // Once a later one, which tries once only, has been refused, this one has been refused as well.
    await openStore(path, 0).then((s) => s.close(), () => {});
    release();
    const store = await opening;
    await store.kv.set(["answers"], 1);
    assertEquals((await store.kv.get(["answers"])).value, 1);
    store.close();
  });
});

Deno.test("a file that stays locked is given up with a sentence that names it", async () => {
  await withLockedFile(async (path) => {
    const error = await assertRejects(() => openStore(path, 60), NexoraError);
    assertEquals(error.code, "store_unavailable");
    assertMatch(error.message, /new\.db stayed locked .* another program/);
    assertMatch(String((error.cause as Error).message), /locked/);
  });
});

Deno.test("what is not a matter of waiting fails at once", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/text.db`, "not a database ".repeat(400));
    const error = await assertRejects(() => openStore(`${dir}/text.db`), Error);
    assertMatch(error.message, /not a database/);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("six processes open and close one new file at once, again and again", async () => {
  const dir = await Deno.makeTempDir();
  const children = Array.from({ length: 6 }, () =>
    new Child({
      args: [
        "run",
        "-A",
        "--no-check",
        "tests/support/open_worker.ts",
        dir,
        "15",
      ],
      cwd: ROOT,
    }));
  try {
    await Promise.all(children.map((child) => child.printed(/ready/)));
    await Deno.writeTextFile(`${dir}/go`, String(Date.now() + 200));
    for (const child of children) await child.printed(/opened 15/, 60_000);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
    await Deno.remove(dir, { recursive: true });
  }
});
