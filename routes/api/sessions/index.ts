import { listSessions, revokeSessions } from "../../../lib/auth/mod.ts";
import { endpoint, json } from "../../../lib/http/endpoint.ts";
import { requireUser } from "../../../lib/http/session.ts";

export const handler = endpoint({
  async GET(ctx) {
    const user = requireUser(ctx);
    const sessions = await listSessions(ctx.state.platform, user.id);
    return json({
      sessions: sessions.map(({ id, createdAt, expiresAt, userAgent }) => ({
        id,
        createdAt,
        expiresAt,
        userAgent,
        current: id === ctx.state.session?.id,
      })),
    });
  },
  /** Signs out everywhere else. */
  async DELETE(ctx) {
    const user = requireUser(ctx);
    const ended = await revokeSessions(
      ctx.state.platform,
      user.id,
      ctx.state.session ?? undefined,
    );
    return json({ ended });
  },
});
