import { Head } from "fresh/runtime";
import CallRoom, { type CallRoomProps } from "../../islands/CallRoom.tsx";
import { usePageReader } from "../../lib/i18n/mod.ts";
import { Logo } from "../Logo.tsx";

export interface CallPageProps extends CallRoomProps {
  /** The guild's or the person's name. */
  place: string;
}

/** A call's own window: no rail, no bell, just the people. */
export function CallPage({ place, ...room }: CallPageProps) {
  const { t } = usePageReader();
  const title = t("call.title", { place });
  return (
    <div class="call-page">
      <Head>
        <title>{`${title} · ${t("app.name")}`}</title>
      </Head>
      <header class="call-bar">
        <a href={room.back} class="wordmark" aria-label={t("call.back")}>
          <Logo />
        </a>
        <h1>{title}</h1>
      </header>
      <main id="main" tabIndex={-1}>
        <noscript>
          <p class="call-note">{t("call.noScript")}</p>
        </noscript>
        <CallRoom {...room} />
      </main>
    </div>
  );
}
