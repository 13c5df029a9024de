import { useEffect, useState } from "preact/hooks";
import { useAdminReader } from "../../lib/i18n/live_admin.ts";
import type {
  ConnectedUser,
  Snapshot,
} from "../../lib/realtime/inspect_types.ts";
import { Avatar } from "../Avatar.tsx";
import { Time } from "../Time.tsx";

export interface UserTableProps {
  snapshot: Snapshot;
  /** Ends somebody's connections; without scripts the form does. */
  onEnd: (user: ConnectedUser) => void;
}

/** Milliseconds in which a second click ends somebody's connections. */
const SURE_FOR = 4_000;

/** Who is connected, over all isolates. */
export function UserTable({ snapshot, onEnd }: UserTableProps) {
  const { t } = useAdminReader();
  const { users, usersTotal, anonymous } = snapshot;
  const [asked, setAsked] = useState<string | null>(null);
  useEffect(() => {
    if (asked === null) return;
    const timer = setTimeout(() => setAsked(null), SURE_FOR);
    return () => clearTimeout(timer);
  }, [asked]);
  const more = usersTotal - users.length;
  return (
    <section class="section" aria-labelledby="live-users">
      <div class="section-head">
        <h2 id="live-users">{t("admin.users.title")}</h2>
        <span class="count-note">{usersTotal}</span>
      </div>
      <div
        class="card table-box"
        tabIndex={0}
        role="region"
        aria-labelledby="live-users"
      >
        {users.length === 0
          ? <p class="table-empty">{t("admin.users.none")}</p>
          : (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{t("admin.users.person")}</th>
                  <th scope="col" class="number if-wide">
                    {t("admin.users.connections")}
                  </th>
                  <th scope="col" class="number if-wide">
                    {t("admin.users.channels")}
                  </th>
                  <th scope="col">
                    <span class="unseen">{t("admin.users.end")}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {users.map((user) => {
                  const name = user.name ?? user.id;
                  const sure = asked === user.id;
                  return (
                    <tr key={user.id} data-user={user.id}>
                      <td>
                        <span class="who">
                          <Avatar id={user.id} name={name} size={24} />
                          <span>
                            {user.handle
                              ? <a href={`/people/${user.handle}`}>{name}</a>
                              : name}
                            <small title={t("admin.users.since")}>
                              {user.handle && `@${user.handle} · `}
                              <Time at={user.since} />
                              <span class="if-narrow">
                                {" · "}
                                {t("admin.now.connections", {
                                  count: user.connections,
                                })}
                              </span>
                            </small>
                          </span>
                        </span>
                      </td>
                      <td class="number if-wide">{user.connections}</td>
                      <td class="number if-wide">{user.channels}</td>
                      <td class="number">
                        <form
                          method="post"
                          action="/admin/live"
                          onSubmit={(event) => {
                            event.preventDefault();
                            if (!sure) return setAsked(user.id);
                            setAsked(null);
                            onEnd(user);
                          }}
                        >
                          <input type="hidden" name="do" value="terminate" />
                          <input type="hidden" name="userId" value={user.id} />
                          <button
                            type="submit"
                            class={`button small ${sure ? "danger" : "quiet"}`}
                            aria-label={t(
                              sure
                                ? "admin.users.sureNamed"
                                : "admin.users.endNamed",
                              { name },
                            )}
                          >
                            {t(sure ? "admin.users.sure" : "admin.users.end")}
                          </button>
                        </form>
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          )}
      </div>
      {more > 0 && (
        <p class="table-note">{t("admin.users.more", { count: more })}</p>
      )}
      {anonymous > 0 && (
        <p class="table-note">
          {t("admin.users.anonymous", { count: anonymous })}
        </p>
      )}
    </section>
  );
}
