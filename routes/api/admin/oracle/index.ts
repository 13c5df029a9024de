import { readOracle } from "../../../../jobs/oracle/mod.ts";
import { readQuery } from "../../../../lib/http/body.ts";
import { endpoint, json } from "../../../../lib/http/endpoint.ts";
import { CaseQuery } from "../../../../lib/http/oracle_forms.ts";

/** Health of the last 90 days and the cases of one state. */
export const handler = endpoint({
  GET: async (ctx) => {
    const { state } = readQuery(ctx.url, CaseQuery);
    return json(await readOracle(ctx.state.platform, state));
  },
});
