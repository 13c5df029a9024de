/** The same files with an S3-compatible store behind them: the app's own process, real HTTP, signatures checked. */
import { assert, assertEquals } from "@std/assert";
import { AppProcess } from "../support/app.ts";
import { pngOf } from "../support/images.ts";
import { startS3Server } from "../support/s3_server.ts";
import { waitFor } from "../support/wait.ts";

const CHANNEL = "guild-demo-guild";
const ROOM = `/api/channels/${CHANNEL}`;

Deno.test("files lie in the S3 store that the environment names, and go with their message", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await using s3 = startS3Server();
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } =
      s3.options;
    await using app = await AppProcess.start({
      kvPath: `${directory}/kv.db`,
      env: {
        S3_ENDPOINT: endpoint,
        S3_BUCKET: bucket,
        S3_REGION: region,
        S3_ACCESS_KEY_ID: accessKeyId,
        S3_SECRET_ACCESS_KEY: secretAccessKey,
      },
    });
    const owner = await app.signIn("demo-owner");
    const before = s3.objects.size;
    const bytes = pngOf(60, 40, [200, 90, 0]);
    const put = await owner.fetch(`${ROOM}/uploads?name=harbour.png`, {
      method: "POST",
      body: bytes,
    });
    assertEquals(put.status, 201);
    const { attachment } = await put.json();
    assert(s3.objects.size > before, "the store has it");
    const said = await owner.fetch(`${ROOM}/messages`, {
      method: "POST",
      json: { content: "From the store", attachments: [attachment.id] },
    });
    const { message } = await said.json();
    const path = `/files/${CHANNEL}/${attachment.id}/harbour.png`;
    const member = await app.signIn("demo-member");
    const got = await member.fetch(path);
    assertEquals(got.headers.get("content-type"), "image/png");
    assertEquals(new Uint8Array(await got.arrayBuffer()), bytes);
    const refused = await (await app.signIn("demo-outsider")).fetch(path);
    await refused.body?.cancel();
    assertEquals(refused.status, 403);
    const gone = await owner.fetch(`${ROOM}/messages/${message.id}`, {
      method: "DELETE",
    });
    await gone.body?.cancel();
    // Its bytes stay some minutes longer, for whoever is reading them just now.
    await waitFor(async () => {
      const after = await member.fetch(path);
      await after.body?.cancel();
      return after.status === 404;
    }, { what: "the file to go with its message" });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
