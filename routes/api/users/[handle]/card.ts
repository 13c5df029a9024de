import { NexoraError } from "../../../../lib/errors.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { requireUser } from "../../../../lib/http/session.ts";
import { readCard } from "../../../../lib/status/mod.ts";

/** Somebody whose name one presses in a room. */
export const handler = endpoint({
  async GET(ctx) {
    const reader = requireUser(ctx);
    const { platform } = ctx.state;
    const card = await readCard(platform, reader, ctx.params.handle!);
    if (card === null) {
      throw new NexoraError("not_found", "There is nobody with this handle");
    }
    return json({ card });
  },
});
