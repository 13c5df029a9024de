import { useState } from "preact/hooks";
import { useOfficeReader } from "../../../lib/i18n/live_office.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import { exactTime } from "../../../lib/i18n/time.ts";
import type { AuditEntry } from "../../../lib/messages/moderation/types.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import type { RoomTools } from "../room_tools.ts";
import { complain } from "../use_tools.ts";

type Entry = AuditEntry & { actor?: { name: string } | null };

interface Page {
  entries: Entry[];
  cursor: string | null;
}

const read = (answer: Record<string, unknown>): Page => ({
  entries: Array.isArray(answer.entries) ? answer.entries as Entry[] : [],
  cursor: typeof answer.cursor === "string" ? answer.cursor : null,
});

/** What officers did in the room, the latest first. Nobody can change it. */
export function AuditLog({ path, tools }: { path: string; tools: RoomTools }) {
  const reader = useOfficeReader();
  const { t } = reader;
  const first = useAnswer<Page>(`${path}/audit`, read);
  const [later, setLater] = useState<Page | null>(null);
  if (first.value === null) return <Waiting {...first} />;
  const entries = [...first.value.entries, ...later?.entries ?? []];
  const cursor = later ? later.cursor : first.value.cursor;
  const more = async () => {
    try {
      const query = new URLSearchParams({ cursor: cursor! });
      const env = getPage().env;
      const page = read(await call(env, "GET", `${path}/audit?${query}`));
      setLater({
        entries: [...later?.entries ?? [], ...page.entries],
        cursor: page.cursor,
      });
    } catch (error) {
      complain(t, error);
    }
  };
  return (
    <div class="office">
      <p class="quiet">{t("office.auditAbout")}</p>
      {entries.length === 0 && <p class="quiet">{t("office.noAudit")}</p>}
      <ol class="audit">
        {entries.map(({ id, at, actor, actorId, action, targetId, detail }) => (
          <li key={id}>
            <span>
              <strong>
                {actor?.name ?? tools.nameOf(actorId) ?? t("chat.someone")}
              </strong>{" "}
              {t(`office.did.${action}`)}
              {targetId && tools.nameOf(targetId) &&
                `: ${tools.nameOf(targetId)}`}
              {action === "topic_changed" && detail.topic !== "" &&
                `: ${detail.topic}`}
            </span>
            <time
              dateTime={new Date(at).toISOString()}
              title={exactTime(at, reader)}
            >
              {dayTime(at, reader)}
            </time>
          </li>
        ))}
      </ol>
      {cursor !== null && (
        <button type="button" class="button small" onClick={more}>
          {t("room.more")}
        </button>
      )}
    </div>
  );
}
