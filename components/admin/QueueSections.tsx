import RelativeTime from "../../islands/RelativeTime.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Backlog, DeadLetterPage } from "../../lib/queue/mod.ts";
import { CountTable } from "./CountTable.tsx";
import { duration } from "./duration.ts";

/** How much the queue holds, and what it gave up. */
export function QueueSections(
  { backlog, dead }: { backlog: Backlog; dead: DeadLetterPage },
) {
  const { t } = usePageReader();
  const figures = [
    ["waiting", backlog.waiting],
    ["running", backlog.running],
    ["scheduled", backlog.scheduled],
  ] as const;
  return (
    <>
      <section class="section" aria-labelledby="queue-depth">
        <div class="section-head">
          <div>
            <h2 id="queue-depth">{t("admin.queue.title")}</h2>
            {backlog.truncated && <p>{t("admin.queue.truncated")}</p>}
          </div>
        </div>
        <dl class="card queue-figures">
          {figures.map(([name, count]) => (
            <div key={name}>
              <dt>{t(`admin.queue.${name}`)}</dt>
              <dd>{count}</dd>
            </div>
          ))}
          <div>
            <dt>{t("admin.queue.oldest")}</dt>
            <dd>
              {backlog.waiting === 0 ? "–" : duration(backlog.oldest)}
            </dd>
          </div>
        </dl>
      </section>
      {Object.keys(backlog.kinds).length > 0 && (
        <CountTable
          id="queue-kinds"
          title={t("admin.queue.kinds")}
          heads={[t("admin.queue.kind"), t("admin.queue.jobs")]}
          rows={Object.entries(backlog.kinds).sort(([, a], [, b]) => b - a)}
          none=""
        />
      )}
      <section class="section" aria-labelledby="queue-dead">
        <div class="section-head">
          <div>
            <h2 id="queue-dead">{t("admin.queue.dead")}</h2>
            <p>{t("admin.queue.deadLead")}</p>
          </div>
          {dead.items.length > 1 && (
            <form method="post" action="/admin/jobs">
              <button
                type="submit"
                name="do"
                value="replayAll"
                class="button small"
              >
                {t("admin.queue.replayAll")}
              </button>
            </form>
          )}
        </div>
        {dead.items.length === 0
          ? <p class="card table-empty">{t("admin.queue.deadNone")}</p>
          : (
            <ul class="card rows">
              {dead.items.map((letter) => (
                <li key={letter.id} class="row hook">
                  <div class="row-main">
                    <strong>{letter.kind}</strong>
                    <p class="row-line">
                      {letter.lastError ?? t("admin.queue.noError")} ·{" "}
                      {t("admin.hooks.attempts", { count: letter.attempts })}
                      {" · "}
                      <RelativeTime at={letter.diedAt} />
                    </p>
                    <details class="letter">
                      <summary>{t("admin.queue.payload")}</summary>
                      <pre>{JSON.stringify(letter.payload, null, 2).slice(0, 4_000)}</pre>
                    </details>
                  </div>
                  <form method="post" action="/admin/jobs" class="hook-actions">
                    <input type="hidden" name="id" value={letter.id} />
                    <button
                      type="submit"
                      name="do"
                      value="replay"
                      class="button small"
                    >
                      {t("admin.queue.replay")}
                    </button>
                    <button
                      type="submit"
                      name="do"
                      value="discard"
                      class="button small quiet"
                    >
                      {t("admin.hooks.discard")}
                    </button>
                  </form>
                </li>
              ))}
            </ul>
          )}
        {dead.cursor && (
          <p class="table-note">
            <a href={`/admin/jobs?dead=${encodeURIComponent(dead.cursor)}`}>
              {t("admin.queue.older")}
            </a>
          </p>
        )}
      </section>
    </>
  );
}
