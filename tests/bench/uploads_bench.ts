/** Memory of the server while 20 of the largest pictures are uploaded at once, each with metadata to take out. */
import { AppProcess } from "../support/app.ts";
import { pause, residentBytes } from "./load/measure.ts";

const AT_ONCE = 20;
const SIZE = 24_900_000;

/** A JPEG: an Exif segment, then pixels. */
const picture = new Uint8Array(SIZE).fill(7);
// deno-fmt-ignore
picture.set([
  0xff, 0xd8, 0xff, 0xe1, 0, 22, 0x45, 0x78, 0x69, 0x66, 0, 0,
  0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0xff, 0xda, 0, 2,
]);
picture.set([0xff, 0xd9], SIZE - 2);

const directory = await Deno.makeTempDir();
{
  await using app = await AppProcess.start({ kvPath: `${directory}/kv.db` });
  const who = await app.signIn("demo-owner");
  await pause(2_000);
  const before = residentBytes(app.pid);
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentBytes(app.pid));
  }, 20);
  const began = performance.now();
  const statuses = await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, i) => {
      const answer = await who.fetch(
        `/api/channels/guild-demo-guild/uploads?name=${i}.jpg`,
        { method: "POST", body: picture },
      );
      await answer.body?.cancel();
      return answer.status;
    }),
  );
  clearInterval(watch);
  const mega = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
  console.table([{
    uploads: AT_ONCE,
    each: mega(SIZE),
    taken: statuses.filter((status) => status === 201).length,
    seconds: ((performance.now() - began) / 1_000).toFixed(1),
    before: mega(before),
    most: mega(most),
  }]);
}
await Deno.remove(directory, { recursive: true });
