import { useState } from "preact/hooks";
import { useAdminReader } from "../../lib/i18n/live_admin.ts";
import type { SeenEvent } from "../../lib/realtime/inspect_types.ts";
import type { EventFeed } from "./use_live.ts";

/** Events as they are committed: filtered, paused, cleared, each opened to its data. */
export function EventStream({ feed }: { feed: EventFeed }) {
  const { t } = useAdminReader();
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const shown = wanted === ""
    ? feed.events
    : feed.events.filter((event) =>
      event.channel.toLowerCase().includes(wanted) ||
      event.event.toLowerCase().includes(wanted)
    );
  return (
    <section class="section" aria-labelledby="live-events">
      <div class="section-head">
        <div>
          <h2 id="live-events">{t("admin.events.title")}</h2>
          <p>{t("admin.events.lead")}</p>
        </div>
      </div>
      <div class="card">
        <div class="events-bar">
          <input
            class="input"
            type="search"
            value={filter}
            placeholder={t("admin.events.filter")}
            aria-label={t("admin.events.filter")}
            onInput={(event) => setFilter(event.currentTarget.value)}
          />
          <button
            type="button"
            class="button"
            aria-pressed={feed.paused}
            onClick={feed.toggle}
          >
            {!feed.paused
              ? t("admin.events.pause")
              : feed.waiting === 0
              ? t("admin.events.resume")
              : t("admin.events.resumeMore", { count: feed.waiting })}
          </button>
          <button type="button" class="button" onClick={feed.clear}>
            {t("admin.events.clear")}
          </button>
        </div>
        {feed.skipped > 0 && (
          <p class="events-skipped">
            {t("admin.events.skipped", { count: feed.skipped })}
          </p>
        )}
        <div
          class="events"
          tabIndex={0}
          role="region"
          aria-labelledby="live-events"
        >
          {shown.length === 0
            ? (
              <div class="empty">
                <strong>
                  {t(wanted ? "admin.events.noMatch" : "admin.events.none")}
                </strong>
                {!wanted && <p>{t("admin.events.noneBody")}</p>}
              </div>
            )
            : (
              <ol onKeyDown={walk}>
                {shown.map((event, i) => (
                  <EventRow key={event.n} event={event} first={i === 0} />
                ))}
              </ol>
            )}
        </div>
      </div>
    </section>
  );
}

/** Arrows go from event to event: with Tab alone, what stands below the list would be hundreds of presses away. */
function walk(event: KeyboardEvent & { currentTarget: HTMLElement }) {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step === undefined) return;
  const rows = [...event.currentTarget.querySelectorAll("summary")];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  rows[at + step]?.focus();
}

/** `first`: the one that Tab leads to. */
function EventRow({ event, first }: { event: SeenEvent; first: boolean }) {
  const { t, locale, timeZone } = useAdminReader();
  const time = new Intl.DateTimeFormat(locale, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone,
  }).format(event.at);
  return (
    <li>
      <details class="event">
        <summary tabIndex={first ? 0 : -1}>
          <time dateTime={new Date(event.at).toISOString()}>{time}</time>
          <span class="event-channel">{event.channel}</span>
          <strong>{event.event}</strong>
          <span class="event-data">{event.data ?? "•••"}</span>
        </summary>
        {event.data === null
          ? (
            <p class="event-note">
              {t("admin.events.hidden", { size: event.size })}
            </p>
          )
          : <pre>{event.data}</pre>}
        <p class="event-note">
          {event.volatile
            ? t("admin.events.volatile")
            : t("admin.events.position", { position: event.position })}
        </p>
      </details>
    </li>
  );
}
