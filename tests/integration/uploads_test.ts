/** Files in rooms over real HTTP: looked at, sent with a message, seen by the room alone, gone with the message. */
import { assertEquals, assertMatch } from "@std/assert";
import { AppProcess, type SignedIn } from "../support/app.ts";
import { pngOf } from "../support/images.ts";
import { waitFor } from "../support/wait.ts";

const CHANNEL = "guild-demo-guild";
const ROOM = `/api/channels/${CHANNEL}`;

const put = (who: SignedIn, name: string, body: BodyInit, type = "") =>
  who.fetch(`${ROOM}/uploads?name=${encodeURIComponent(name)}`, {
    method: "POST",
    body,
    headers: type ? { "content-type": type } : {},
  });

async function uploaded(who: SignedIn, name: string, body: BodyInit) {
  const response = await put(who, name, body);
  assertEquals(response.status, 201);
  return (await response.json()).attachment;
}

async function codeOf(response: Response): Promise<[number, string]> {
  return [response.status, (await response.json()).code];
}

Deno.test("files in rooms", async (t) => {
  const directory = await Deno.makeTempDir();
  try {
    await using app = await AppProcess.start({ kvPath: `${directory}/kv.db` });
    const owner = await app.signIn("demo-owner");
    const member = await app.signIn("demo-member");
    const outsider = await app.signIn("demo-outsider");
    const say = (who: SignedIn, json: unknown) =>
      who.fetch(`${ROOM}/messages`, { method: "POST", json });
    const file = (who: SignedIn, id: string, name = "x") =>
      who.fetch(`/files/${CHANNEL}/${id}/${name}`);

    await t.step("what a file is, its content says", async () => {
      const picture = await uploaded(
        owner,
        "plan.txt",
        pngOf(40, 30, [0, 90, 200]),
      );
      assertEquals(
        [picture.type, picture.width, picture.height, picture.name],
        ["image/png", 40, 30, "plan.txt"],
      );
      const script = "<script>alert(1)</script>";
      const page = await put(owner, "pretty.png", script, "image/png");
      const { attachment } = await page.json();
      assertEquals(attachment.type, "text/plain");
      const served = await file(owner, attachment.id);
      assertEquals(
        served.headers.get("content-type"),
        "application/octet-stream",
      );
      assertMatch(served.headers.get("content-disposition")!, /^attachment/);
      assertMatch(served.headers.get("content-security-policy")!, /sandbox/);
      assertEquals(served.headers.get("x-content-type-options"), "nosniff");
      assertEquals(await served.text(), script);
    });

    await t.step("a name is a name, not a path", async () => {
      const { name } = await uploaded(owner, "../../etc/pass\u0007wd", "x");
      assertEquals(name, "pass wd");
    });

    await t.step(
      "it is its owner's alone until a message brings it",
      async () => {
        const bytes = pngOf(8, 8, [0, 90, 200]);
        const { id } = await uploaded(owner, "logo.png", bytes);
        assertEquals(await codeOf(await file(member, id)), [404, "not_found"]);
        const stolen = await say(member, { content: "", attachments: [id] });
        assertEquals(await codeOf(stolen), [404, "not_found"]);
        const sent = await say(owner, {
          content: "",
          clientId: "with-a-logo",
          attachments: [id],
        });
        assertEquals(sent.status, 201);
        const { message } = await sent.json();
        assertEquals(message.attachments.map((a: { id: string }) => a.id), [
          id,
        ]);
        // The same message again, and another one with the same file.
        const again = await say(owner, {
          content: "",
          clientId: "with-a-logo",
          attachments: [id],
        });
        assertEquals([again.status, (await again.json()).message.id], [
          200,
          message.id,
        ]);
        const twice = await say(owner, { content: "again", attachments: [id] });
        assertEquals(await codeOf(twice), [404, "not_found"]);

        const seen = await file(member, id);
        assertEquals(seen.headers.get("content-type"), "image/png");
        assertEquals(new Uint8Array(await seen.arrayBuffer()), bytes);
        assertEquals((await file(outsider, id)).status, 403);

        const gone = await owner.fetch(`${ROOM}/messages/${message.id}`, {
          method: "DELETE",
        });
        await gone.body?.cancel();
        await waitFor(async () => {
          const response = await file(member, id);
          await response.body?.cancel();
          return response.status === 404;
        }, { what: "the file to go with its message" });
      },
    );

    await t.step("a range of a large file, streamed in and out", async () => {
      const bytes = new Uint8Array(3_000_000).map((_, i) => i % 251);
      const { id, size } = await uploaded(
        owner,
        "big.bin",
        ReadableStream.from([
          bytes.slice(0, 1_000_001),
          bytes.slice(1_000_001),
        ]),
      );
      assertEquals(size, bytes.length);
      const part = await owner.fetch(`/files/${CHANNEL}/${id}/big.bin`, {
        headers: { range: "bytes=999990-1000009" },
      });
      assertEquals(part.status, 206);
      assertEquals(
        new Uint8Array(await part.arrayBuffer()),
        bytes.slice(999_990, 1_000_010),
      );
    });

    await t.step("what is refused leaves nothing", async () => {
      assertEquals(await codeOf(await put(outsider, "a", "x")), [
        403,
        "forbidden",
      ]);
      assertEquals(await codeOf(await put(owner, "", "x")), [
        400,
        "bad_request",
      ]);
      assertEquals(await codeOf(await put(owner, "a", "")), [
        400,
        "bad_request",
      ]);
      const endless = new ReadableStream<Uint8Array>({
        pull: (c) => c.enqueue(new Uint8Array(1_000_000)),
      });
      assertEquals(await codeOf(await put(owner, "a", endless)), [
        413,
        "too_large",
      ]);
      assertEquals(await codeOf(await say(owner, { content: " " })), [
        400,
        "bad_request",
      ]);
    });

    await t.step("a file that was not sent can be taken back", async () => {
      const { id } = await uploaded(owner, "oops.txt", "oops");
      const back = (who: SignedIn) =>
        who.fetch(`${ROOM}/uploads/${id}`, { method: "DELETE" });
      assertEquals(await codeOf(await back(member)), [404, "not_found"]);
      assertEquals((await back(owner)).status, 204);
      assertEquals((await file(owner, id)).status, 404);
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});
