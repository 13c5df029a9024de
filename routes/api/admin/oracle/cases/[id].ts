import { decideCase, readCaseFile } from "../../../../../jobs/oracle/mod.ts";
import { readBody } from "../../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../../lib/http/endpoint.ts";
import { CaseDecision } from "../../../../../lib/http/oracle_forms.ts";
import { requireUser } from "../../../../../lib/http/session.ts";

/** A case with its evidence, graph and people; `POST {action, note}` decides it. */
export const handler = endpoint({
  GET: async (ctx) =>
    json(await readCaseFile(ctx.state.platform, ctx.params.id ?? "")),
  POST: async (ctx) => {
    const { action, note } = await readBody(ctx.req, CaseDecision);
    const by = requireUser(ctx).id;
    const decided = await decideCase(
      ctx.state.platform,
      ctx.params.id ?? "",
      { action, note, by },
    );
    return json({ case: decided });
  },
});
