import { useState } from "preact/hooks";
import { Monitor, Moon, Sun } from "../components/icons.ts";
import { useReader } from "../lib/i18n/live.ts";

type Theme = "system" | "light" | "dark";

const CHOICES = [
  { theme: "system", label: "theme.system", Icon: Monitor },
  { theme: "light", label: "theme.light", Icon: Sun },
  { theme: "dark", label: "theme.dark", Icon: Moon },
] as const;

/** The colour theme: a form that posts without scripts, a switch at once with them. Kept in a cookie, so that the next page comes in the right colours. */
export default function ThemeToggle(
  { theme: initial, back }: { theme: Theme; back: string },
) {
  const { t } = useReader();
  const [theme, setTheme] = useState(initial);
  const choose = (event: SubmitEvent) => {
    event.preventDefault();
    const chosen = (event.submitter as HTMLButtonElement).value as Theme;
    setTheme(chosen);
    document.documentElement.dataset.theme = chosen;
    document.cookie =
      `nexora_theme=${chosen}; Path=/; Max-Age=31536000; SameSite=Lax`;
  };
  return (
    <form method="post" action="/settings/theme" onSubmit={choose}>
      <input type="hidden" name="back" value={back} />
      <div class="segments" role="group" aria-label={t("theme.label")}>
        {CHOICES.map((choice) => (
          <button
            type="submit"
            key={choice.theme}
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
