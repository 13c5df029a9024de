import { Ellipsis, Search } from "lucide-preact";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { AccountItems } from "./AccountItems.tsx";
import { placesOf, tabsOf, within } from "./places.ts";

/** The bar at the bottom of a phone, in the place of the rail: four places, and a sheet with all the others. */
export function Tabs({ frame }: { frame: Frame }) {
  const { t } = usePageReader();
  const tabs = tabsOf(frame);
  return (
    <nav class="tabbar" aria-label={t("nav.label")}>
      {tabs.map(({ href, label, Icon, at }) => (
        <a
          key={href}
          class="tab"
          href={href}
          aria-current={at}
          data-place={href.slice(1)}
        >
          <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
          {t(label === "nav.browseGuilds" ? "nav.guilds" : label)}
        </a>
      ))}
      <More frame={frame} elsewhere={!tabs.some(({ at }) => at === "page")} />
    </nav>
  );
}

/** The last tab and what it opens: a native popover, so it needs no script. */
function More(
  { frame, elsewhere }: {
    frame: Frame;
    /** No other tab is where one is. */
    elsewhere: boolean;
  },
) {
  const { t } = usePageReader();
  const shown = new Set(tabsOf(frame).map(({ href }) => href));
  const places = [
    {
      href: "/search",
      label: "search.title" as const,
      Icon: Search,
      at: within(frame.here, "/search"),
    },
    ...placesOf(frame).filter(({ href }) => !shown.has(href)),
  ];
  return (
    <>
      <button
        type="button"
        class="tab"
        popovertarget="more"
        aria-current={elsewhere ? "true" : "false"}
        data-place="more"
      >
        <Ellipsis size={20} strokeWidth={1.8} aria-hidden="true" />
        {t("nav.more")}
      </button>
      <div
        id="more"
        popover="auto"
        class="popover menu more"
        role="group"
        aria-label={t("nav.more")}
      >
        <ul class="more-places">
          {places.map(({ href, label, Icon, at }) => (
            <li key={href}>
              <a
                class="more-place"
                href={href}
                aria-current={at}
                data-place={href.slice(1)}
              >
                <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
                {t(label)}
              </a>
            </li>
          ))}
        </ul>
        <hr />
        <AccountItems frame={frame} />
      </div>
    </>
  );
}
