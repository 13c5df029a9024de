import { serveBlob } from "../../../lib/blobs/mod.ts";
import { NexoraError } from "../../../lib/errors.ts";
import { endpoint } from "../../../lib/http/endpoint.ts";
import { findPicture } from "../../../lib/users/mod.ts";

/** People's pictures. The address names the content, so it is kept for ever; an old one leads to today's. */
export const handler = endpoint({
  async GET(ctx) {
    const { blobs } = ctx.state.platform;
    const { userId, name } = ctx.params as { userId: string; name: string };
    const picture = await findPicture(blobs, userId);
    if (!picture) throw new NexoraError("not_found");
    if (picture.name !== name) {
      return new Response(null, {
        status: 302,
        headers: {
          location: `/avatars/${userId}/${picture.name}`,
          "cache-control": "public, max-age=60",
        },
      });
    }
    return serveBlob(ctx.req, blobs, picture.info, {
      cache: "public",
      immutable: true,
    });
  },
});
