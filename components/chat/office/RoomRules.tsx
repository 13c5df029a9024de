import { useOfficeReader } from "../../../lib/i18n/live_office.ts";
import { dayTime } from "../../../lib/i18n/day.ts";
import type {
  Mute,
  RoomRole,
  RoomSettings,
} from "../../../lib/messages/moderation/types.ts";
import { call } from "../../../lib/realtime/client/api.ts";
import { getPage } from "../../../lib/realtime/client/page.ts";
import { Avatar } from "../../Avatar.tsx";
import { useAnswer } from "../panels/use_answer.ts";
import { Waiting } from "../panels/Waiting.tsx";
import type { RoomTools } from "../room_tools.ts";
import { complain } from "../use_tools.ts";

const PAUSES = [0, 5, 15, 60, 300, 3_600];
const ROLES: readonly RoomRole[] = ["member", "officer", "owner"];
const RIGHTS = ["write", "react", "mentionEveryone", "pin", "upload"] as const;

type Muted = Mute & { user: { name: string; handle: string } | null };

/** Slow mode, who may do what, and who is muted. Each choice is kept at once. */
export function RoomRules(
  { path, kind }: { path: string; kind: RoomTools["kind"] },
) {
  const { t } = useOfficeReader();
  const settings = useAnswer<RoomSettings>(
    `${path}/settings`,
    (answer) => answer.settings as RoomSettings,
  );
  const { value } = settings;
  if (value === null) return <Waiting {...settings} />;
  const change = async (
    body: Partial<Pick<RoomSettings, "topic" | "slowSeconds" | "permissions">>,
  ) => {
    const before = value;
    settings.set({ ...value, ...body });
    try {
      const env = getPage().env;
      const answer = await call(env, "PATCH", `${path}/settings`, body);
      settings.set(answer.settings as RoomSettings);
    } catch (error) {
      settings.set(before);
      complain(t, error);
    }
  };
  return (
    <div class="office">
      {kind === "guild" && (
        <label class="field">
          <span class="label">{t("office.topic")}</span>
          <input
            class="input"
            maxLength={250}
            value={value.topic}
            placeholder={t("office.topicHint")}
            onChange={(event) =>
              void change({ topic: event.currentTarget.value.trim() })}
          />
        </label>
      )}
      <label class="office-row">
        <span>{t("office.slow")}</span>
        <select
          class="input"
          value={value.slowSeconds}
          onChange={(event) =>
            void change({ slowSeconds: Number(event.currentTarget.value) })}
        >
          {[...new Set([...PAUSES, value.slowSeconds])].sort((a, b) => a - b)
            .map((seconds) => (
              <option key={seconds} value={seconds}>
                {seconds === 0
                  ? t("office.slowOff")
                  : t("office.slowSeconds", { count: seconds })}
              </option>
            ))}
        </select>
      </label>
      <div>
        <h3>{t("office.permissions")}</h3>
        {RIGHTS.map((right) => (
          <label key={right} class="office-row">
            <span>{t(`office.right.${right}`)}</span>
            <select
              class="input"
              value={value.permissions[right]}
              onChange={(event) =>
                void change({
                  permissions: {
                    ...value.permissions,
                    [right]: event.currentTarget.value as RoomRole,
                  },
                })}
            >
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {t(`office.role.${role}`)}
                </option>
              ))}
            </select>
          </label>
        ))}
      </div>
      <Mutes path={path} />
    </div>
  );
}

function Mutes({ path }: { path: string }) {
  const reader = useOfficeReader();
  const { t } = reader;
  const mutes = useAnswer<Muted[]>(
    `${path}/mutes`,
    (answer) => Array.isArray(answer.mutes) ? answer.mutes as Muted[] : [],
  );
  const lift = async ({ userId }: Muted) => {
    try {
      await call(getPage().env, "DELETE", `${path}/mutes/${userId}`);
      mutes.again();
    } catch (error) {
      complain(t, error);
    }
  };
  return (
    <div>
      <h3>{t("office.mutes")}</h3>
      {mutes.value === null
        ? <Waiting {...mutes} />
        : mutes.value.length === 0
        ? <p class="quiet">{t("office.noMutes")}</p>
        : (
          <ul class="office-list">
            {mutes.value.map((mute) => (
              <li key={mute.userId} class="office-row">
                <Avatar
                  id={mute.userId}
                  name={mute.user?.name ?? "?"}
                  size={24}
                />
                <span class="row-main">
                  {mute.user?.name}
                  <small class="quiet">
                    {" "}
                    {mute.until === null
                      ? t("office.untilLifted")
                      : t("office.until", {
                        time: dayTime(mute.until, reader),
                      })}
                  </small>
                </span>
                <button
                  type="button"
                  class="button small"
                  onClick={() => void lift(mute)}
                >
                  {t("office.lift")}
                </button>
              </li>
            ))}
          </ul>
        )}
    </div>
  );
}
