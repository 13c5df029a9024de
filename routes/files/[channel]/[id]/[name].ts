import { z } from "zod";
import { serveBlob } from "../../../../lib/blobs/mod.ts";
import { NexoraError } from "../../../../lib/errors.ts";
import { readQuery } from "../../../../lib/http/body.ts";
import { endpoint } from "../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../lib/http/room.ts";
import { findFile } from "../../../../lib/uploads/mod.ts";

const Query = z.object({ download: z.string().optional() });

/** A file of a room, for those who may read the room. The name in the address is for people alone. */
export const handler = endpoint({
  async GET(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const { download } = readQuery(ctx.url, Query);
    const { platform } = ctx.state;
    const info = await findFile(platform, room.name, ctx.params.id!, user.id);
    if (!info) throw new NexoraError("not_found", "There is no such file");
    return serveBlob(ctx.req, platform.blobs, info, {
      cache: "private",
      immutable: true,
      download: download !== undefined,
    });
  },
});
