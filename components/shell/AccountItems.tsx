import { LogOut, Settings, SmilePlus, User } from "lucide-preact";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Frame } from "../../lib/pages/mod.ts";
import { ThemeSwitch } from "../ThemeSwitch.tsx";

/** What concerns oneself, in the rail's menu and in a phone's sheet: profile, settings, theme, signing out. */
export function AccountItems(
  { frame: { me, theme, here } }: { frame: Frame },
) {
  const { t } = usePageReader();
  return (
    <>
      <a class="menu-item" href={`/people/${me.handle}`}>
        <User size={15} aria-hidden="true" />
        {t("nav.profile")}
      </a>
      <a class="menu-item" href="/settings" data-opens="status">
        <SmilePlus size={15} aria-hidden="true" />
        {t("nav.status")}
      </a>
      <a class="menu-item" href="/settings">
        <Settings size={15} aria-hidden="true" />
        {t("nav.settings")}
      </a>
      <hr />
      <ThemeSwitch theme={theme} back={here} />
      <hr />
      <form method="post" action="/sign-out">
        <button type="submit" class="menu-item">
          <LogOut size={15} aria-hidden="true" />
          {t("nav.signOut")}
        </button>
      </form>
    </>
  );
}
