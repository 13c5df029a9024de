import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import {
  ConnectionBanner,
  IncomingCall,
  NotificationBell,
  Toasts,
} from "../../islands/Frame.tsx";
import { SearchBox } from "../search/SearchBox.tsx";
import { Rail } from "./Rail.tsx";
import { Tabs } from "./Tabs.tsx";

export interface ShellProps {
  frame: Frame;
  /** The page's heading. */
  title: string;
  /** A few words after it. */
  about?: ComponentChildren;
  /** In front of the heading. */
  mark?: ComponentChildren;
  /** Buttons in the bar. */
  actions?: ComponentChildren;
  /** What a form post has just done. */
  flash?: string | null;
  /** `page`: one scrolling column; `room`: the page divides its own height. */
  kind?: "page" | "room";
  /** A column as wide as text reads well. */
  narrow?: boolean;
  children: ComponentChildren;
}

/** The frame around a signed-in page. */
export function Shell(props: ShellProps) {
  const {
    frame,
    title,
    about,
    mark,
    actions,
    flash,
    kind = "page",
    narrow,
    children,
  } = props;
  const { t } = usePageReader();
  const me = { id: frame.me.id };
  return (
    <div class="shell">
      <Head>
        <title>{`${title} · ${t("app.name")}`}</title>
      </Head>
      <div class="shell-banner">
        <ConnectionBanner />
      </div>
      <Rail frame={frame} />
      <div class="page">
        <header class="page-bar">
          <div class="page-title">
            {mark}
            <h1>{title}</h1>
            {about && <p>{about}</p>}
          </div>
          <SearchBox here={frame.here} />
          <div class="page-actions">
            {actions}
            <NotificationBell me={me} inbox={frame.inbox} />
          </div>
        </header>
        {kind === "room"
          ? <main id="main" class="room" tabIndex={-1}>{children}</main>
          : (
            <main id="main" class="page-scroll" tabIndex={-1}>
              <div class={narrow ? "page-body narrow" : "page-body"}>
                {children}
              </div>
            </main>
          )}
      </div>
      <Tabs frame={frame} />
      <IncomingCall me={me} />
      <Toasts me={me} inbox={frame.inbox} flash={flash ?? null} />
    </div>
  );
}
