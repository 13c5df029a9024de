import { Monitor, Moon, Sun } from "lucide-preact";
import { usePageReader } from "../lib/i18n/mod.ts";
import type { Theme } from "../lib/pages/mod.ts";

const CHOICES = [
  { theme: "system", label: "theme.system", Icon: Monitor },
  { theme: "light", label: "theme.light", Icon: Sun },
  { theme: "dark", label: "theme.dark", Icon: Moon },
] as const;

/** The colour theme: a form; static/theme.js switches without leaving the page. */
export function ThemeSwitch({ theme, back }: { theme: Theme; back: string }) {
  const { t } = usePageReader();
  return (
    <form method="post" action="/settings/theme" data-theme-switch>
      <input type="hidden" name="back" value={back} />
      <div class="segments" role="group" aria-label={t("theme.label")}>
        {CHOICES.map((choice) => (
          <button
            key={choice.theme}
            type="submit"
            class="segment"
            name="theme"
            value={choice.theme}
            aria-pressed={theme === choice.theme}
          >
            <choice.Icon size={14} aria-hidden="true" />
            {t(choice.label)}
          </button>
        ))}
      </div>
    </form>
  );
}
