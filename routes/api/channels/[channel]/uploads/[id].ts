import { NexoraError } from "../../../../../lib/errors.ts";
import { endpoint, noContent } from "../../../../../lib/http/endpoint.ts";
import { roomOf } from "../../../../../lib/http/room.ts";
import { dropFile } from "../../../../../lib/uploads/mod.ts";

/** Takes back a file that was not sent. */
export const handler = endpoint({
  async DELETE(ctx) {
    const { room, user } = await roomOf(ctx, "see");
    const dropped = await dropFile(
      ctx.state.platform,
      room.name,
      ctx.params.id!,
      { unsent: true, ownerId: user.id },
    );
    if (!dropped) throw new NexoraError("not_found", "There is no such file");
    return noContent();
  },
});
