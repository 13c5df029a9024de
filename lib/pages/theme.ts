import { parseCookie } from "cookie";

/** What somebody chose; `system` follows the machine. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = typeof THEMES[number];

/** Not HttpOnly: the switch in the page writes it too. Holds no secret. */
export const THEME_COOKIE = "nexora_theme";
/** Seconds. */
export const THEME_LIFE = 365 * 24 * 60 * 60;

export function readTheme(headers: Headers): Theme {
  const value = parseCookie(headers.get("cookie") ?? "")[THEME_COOKIE];
  return THEMES.find((theme) => theme === value) ?? "system";
}

/** `Set-Cookie` of the form without scripts. */
export function themeCookie(theme: Theme): string {
  return `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${THEME_LIFE}; SameSite=Lax`;
}
