import { assert, assertEquals, assertRejects } from "@std/assert";
import { createBlobs, kvBodies } from "../../../lib/blobs/mod.ts";
import { createCache } from "../../../lib/cache/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import {
  findPicture,
  getProfile,
  getProfileByHandle,
  PICTURE_LIMIT,
  removePicture,
  setPicture,
  updateProfile,
} from "../../../lib/users/mod.ts";
import { pngOf } from "../../support/images.ts";
import { openDeps } from "../../support/open_deps.ts";

async function open() {
  const deps = await openDeps();
  const cache = createCache({ ...deps, watchKv: deps.kv });
  const blobs = createBlobs({ ...deps, bodies: kvBodies(deps) });
  return Object.assign(deps, { cache, blobs });
}

Deno.test("a picture has an address of its own, and the profile names it at once", async () => {
  await using deps = await open();
  await deps.addUser("ada");
  assertEquals((await getProfile(deps, "ada"))!.picture, undefined);
  await deps.cache.idle();
  const red = await setPicture(deps, "ada", pngOf(4, 4, [255, 0, 0]));
  assertEquals((await getProfile(deps, "ada"))!.picture, red.picture);
  await deps.cache.idle();
  const blue = await setPicture(deps, "ada", pngOf(4, 4, [0, 0, 255]));
  assert(red.picture !== blue.picture);
  assertEquals((await findPicture(deps.blobs, "ada"))!.name, blue.picture);
  const again = await setPicture(deps, "ada", pngOf(4, 4, [255, 0, 0]));
  assertEquals(again.picture, red.picture);
  await deps.cache.idle();
  await removePicture(deps, "ada");
  assertEquals(await findPicture(deps.blobs, "ada"), null);
  assertEquals((await getProfile(deps, "ada"))!.picture, undefined);
  await deps.cache.close();
});

Deno.test("what is no picture, or too large, changes nothing", async () => {
  await using deps = await open();
  await deps.addUser("ada");
  const large = new Uint8Array(PICTURE_LIMIT + 1);
  large.set(pngOf(1, 1, [0, 0, 0]));
  for (
    const [bytes, code] of [
      [new TextEncoder().encode("<svg/>"), "unsupported_media_type"],
      [large, "too_large"],
    ] as const
  ) {
    const error = await assertRejects(
      () => setPicture(deps, "ada", bytes),
      NexoraError,
    );
    assertEquals(error.code, code);
  }
  assertEquals((await getProfile(deps, "ada"))!.picture, undefined);
  assertEquals(await findPicture(deps.blobs, "ada"), null);
  await deps.cache.close();
});

Deno.test("profiles come from the cache, and are fresh after a change, in every isolate", async () => {
  await using deps = await open();
  await using other = await deps.fork();
  const cache = createCache({ ...other, watchKv: other.kv });
  const there = { ...other, cache };
  const ada = await deps.addUser("ada", { name: "Ada" });
  assertEquals((await getProfileByHandle(deps, "ada"))!.name, "Ada");
  assertEquals((await getProfileByHandle(there, "ada"))!.name, "Ada");
  await deps.cache.idle();
  await updateProfile(deps, ada.id, { name: "Augusta" });
  assertEquals((await getProfile(deps, "ada"))!.name, "Augusta");
  for (let i = 0; i < 200; i++) {
    if ((await getProfile(there, "ada"))!.name === "Augusta") break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assertEquals((await getProfile(there, "ada"))!.name, "Augusta");
  assertEquals(await getProfileByHandle(deps, "nobody"), null);
  await Promise.all([deps.cache.close(), cache.close()]);
});
