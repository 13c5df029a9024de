import { z } from "zod";
import { NexoraError } from "../../../../../lib/errors.ts";
import { readQuery } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import { UPLOAD_LIMIT, uploadFile } from "../../../../../lib/uploads/mod.ts";

/** A name as a file system would show it: no path, no control characters. */
const Query = z.object({
  name: z.string().max(1_000).transform((name) =>
    name.toWellFormed().replace(/^.*[\\/]/, "").replace(/\p{Cc}+/gu, " ").trim()
      .slice(0, 120)
  ).pipe(z.string().min(1, "A file has a name")),
});

/** Takes a file for a message to come: its bytes are the body, `?name=` is its name. */
export const handler = endpoint({
  async POST(ctx) {
    const { room, user } = await roomOf(ctx, "upload");
    const { name } = readQuery(ctx.url, Query);
    const { req } = ctx;
    if (Number(req.headers.get("content-length") ?? 0) > UPLOAD_LIMIT) {
      await req.body?.cancel();
      throw new NexoraError(
        "too_large",
        `A file holds at most ${UPLOAD_LIMIT / 1e6} MB`,
      );
    }
    if (req.body === null) {
      throw new NexoraError("bad_request", "The file is empty");
    }
    const attachment = await uploadFile(ctx.state.platform, {
      channel: room.name,
      ownerId: user.id,
      name,
      body: req.body,
    });
    return json({ attachment }, { status: 201 });
  },
});
