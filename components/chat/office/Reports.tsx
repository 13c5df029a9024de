import { useState } from "preact/hooks";
import { useOfficeReader } from "../../../lib/i18n/live_office.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import type { Report } from "../../../lib/messages/moderation/types.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { Glyph } from "../../Glyph.tsx";
import { FLAG } from "../popups/glyphs.ts";
import { MessageText } from "../MessageText.tsx";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import { question } from "../room_state.ts";
import type { RoomTools } from "../room_tools.ts";
import { complain } from "../use_tools.ts";

/** What members reported and nobody has answered, with what stood around it. */
export function Reports({ path, tools }: { path: string; tools: RoomTools }) {
  const { t } = useOfficeReader();
  const reports = useAnswer<Report[]>(
    `${path}/reports?state=open`,
    (answer) => Array.isArray(answer.reports) ? answer.reports as Report[] : [],
  );
  if (reports.value === null) return <Waiting {...reports} />;
  if (reports.value.length === 0) {
    return (
      <div class="side-empty">
        <Glyph d={FLAG} size={22} />
        <p>{t("office.noReports")}</p>
      </div>
    );
  }
  return (
    <ul class="side-list">
      {reports.value.map((report) => (
        <ReportCard
          key={report.id}
          report={report}
          tools={tools}
          done={async (state, resolution) => {
            try {
              await call(
                getPage().env,
                "PATCH",
                `${path}/reports/${report.id}`,
                { state, resolution },
              );
              reports.again();
            } catch (error) {
              complain(t, error);
            }
          }}
        />
      ))}
    </ul>
  );
}

function ReportCard(
  { report, tools, done }: {
    report: Report;
    tools: RoomTools;
    done: (
      state: "resolved" | "dismissed",
      resolution: string,
    ) => Promise<void>;
  },
) {
  const reader = useOfficeReader();
  const { t } = reader;
  const [words, setWords] = useState("");
  const about = report.context.find(({ id }) => id === report.messageId);
  return (
    <li class="side-card">
      <div class="side-card-head">
        <span class="chip bad">{t(`room.reason.${report.reason}`)}</span>
        <time dateTime={new Date(report.at).toISOString()}>
          {dayTime(report.at, reader)}
        </time>
      </div>
      {report.note && <p>{report.note}</p>}
      <ol class="versions">
        {report.context.map(({ id, author, content }) => (
          <li key={id} aria-current={id === report.messageId}>
            <strong>{author.name}</strong>
            <MessageText content={content} />
          </li>
        ))}
      </ol>
      <input
        class="input"
        value={words}
        maxLength={500}
        aria-label={t("office.resolution")}
        placeholder={t("office.resolution")}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <div class="side-card-actions">
        <button
          type="button"
          class="button small primary"
          onClick={() => void done("resolved", words.trim())}
        >
          {t("office.resolve")}
        </button>
        <button
          type="button"
          class="button small"
          onClick={() => void done("dismissed", words.trim())}
        >
          {t("office.dismiss")}
        </button>
        <button
          type="button"
          class="button small quiet"
          onClick={() => tools.show(report.messageId)}
        >
          {t("room.toMessage")}
        </button>
        {about && about.authorId !== tools.me.id && (
          <button
            type="button"
            class="button small quiet danger"
            onClick={() => {
              const { authorId: userId, author: { name } } = about;
              question.value = { kind: "mute", userId, name };
            }}
          >
            {t("room.mute")}
          </button>
        )}
      </div>
    </li>
  );
}
