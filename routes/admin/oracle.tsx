import { type Context, page } from "fresh";
import {
  OraclePage,
  type OraclePageProps,
} from "../../components/admin/OraclePage.tsx";
import {
  decideCase,
  readCaseFile,
  readOracle,
  reportAnomalies,
} from "../../jobs/oracle/mod.ts";
import { readOracleWords } from "../../lib/ai/mod.ts";
import { parseFields, readQuery } from "../../lib/http/body.ts";
import { define, type State } from "../../lib/http/define.ts";
import { CaseDecision, CaseQuery } from "../../lib/http/oracle_forms.ts";
import { requireUser } from "../../lib/http/session.ts";
import { readerOf } from "../../lib/i18n/mod.ts";
import {
  formFailure,
  orErrorPage,
  readForm,
  readFrame,
  seeOther,
} from "../../lib/pages/mod.ts";

const DONE = ["acknowledge", "dismiss", "reopen"] as const;

export const handler = define.handlers({
  GET: async (ctx) => page(await readPage(ctx, {})),
  /** A decision about the case that the query names. */
  async POST(ctx) {
    const form = await readForm(ctx.req);
    const caseId = String(form.get("case") ?? "");
    try {
      const given = parseFields(CaseDecision, Object.fromEntries(form));
      const by = requireUser(ctx).id;
      await decideCase(ctx.state.platform, caseId, { ...given, by });
      const query = new URLSearchParams({ case: caseId, done: given.action });
      const state = ctx.url.searchParams.get("state");
      if (state) query.set("state", state);
      return seeOther(`/admin/oracle?${query}`);
    } catch (error) {
      const failure = formFailure(error, form);
      return page(await readPage(ctx, { failure }, caseId), {
        status: failure.status,
      });
    }
  },
});

async function readPage(
  ctx: Context<State>,
  given: Partial<OraclePageProps>,
  caseId = ctx.url.searchParams.get("case"),
): Promise<OraclePageProps> {
  const { platform, user } = ctx.state;
  const { t } = readerOf(user, null, platform.now);
  const done = DONE.find((one) => one === ctx.url.searchParams.get("done"));
  return await orErrorPage(async () => {
    // A link to a case shows it whatever became of it since.
    const asked = ctx.url.searchParams.get("state");
    const file = caseId ? await readCaseFile(platform, caseId) : null;
    const { state } = asked || !file
      ? readQuery(ctx.url, CaseQuery.pick({ state: true }))
      : { state: file.case.state };
    const [frame, overview] = await Promise.all([
      readFrame(ctx, requireUser(ctx)),
      readOracle(platform, state),
    ]);
    const { latest } = overview;
    // Whoever looks at one case has read the summary.
    const words = latest && !file
      ? await readOracleWords(platform, latest.runId, {
        health: latest.health,
        activities: latest.activities,
        anomalies: await reportAnomalies(platform, latest.runId),
      })
      : null;
    return {
      frame,
      overview,
      words,
      filter: state,
      file,
      failure: null,
      flash: done ? t(`admin.oracle.done.${done}`) : null,
      ...given,
    };
  });
}

export default define.page<typeof handler>(({ data }) => (
  <OraclePage {...data} />
));
