import { asset } from "fresh/runtime";
import { define } from "../lib/http/define.ts";
import { readerOf } from "../lib/i18n/mod.ts";
import { readTheme } from "../lib/pages/mod.ts";

/** In the order of their layers; see static/css/tokens.css. */
const SHEETS = [
  "tokens",
  "base",
  "components",
  "shell",
  "chat",
  "message",
  "room",
  "person-card",
  "threads",
  "notifications",
  "notification-settings",
  "pages",
  "people",
  "home",
  "search",
  "bounties",
  "guilds",
  "disputes",
  "calls",
  "insights",
];

/** Only for those who look after the platform. */
const ADMIN_SHEETS = [
  "admin",
  "admin_live",
  "admin_hooks",
  "admin_oracle",
  "admin_case",
  "admin_jobs",
  "admin_cache",
];

export default define.page(({ Component, req, state }) => {
  const { platform, user } = state;
  const reader = readerOf(
    user,
    req.headers.get("accept-language"),
    platform.now,
  );
  const theme = readTheme(req.headers);
  const sheets = new URL(req.url).pathname.startsWith("/admin")
    ? [...SHEETS, ...ADMIN_SHEETS]
    : SHEETS;
  return (
    <html
      lang={reader.language}
      data-theme={theme === "system" ? undefined : theme}
    >
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover"
        />
        <title>{reader.t("app.name")}</title>
        <meta name="description" content={reader.t("app.description")} />
        <meta name="color-scheme" content="light dark" />
        <meta name="nexora-key" content={platform.config.app.key} />
        <link
          rel="preload"
          href="/fonts/inter-latin.woff2"
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
        {sheets.map((name) => (
          <link key={name} rel="stylesheet" href={asset(`/css/${name}.css`)} />
        ))}
        <script src={asset("/theme.js")} defer />
        <link rel="icon" href={asset("/logo.svg")} type="image/svg+xml" />
        <link rel="manifest" href={asset("/manifest.webmanifest")} />
      </head>
      <body>
        <a class="skip" href="#main">{reader.t("app.skip")}</a>
        <Component />
      </body>
    </html>
  );
});
