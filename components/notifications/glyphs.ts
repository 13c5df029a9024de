/** Paths of Lucide's icons (ISC licence), for `Glyph`. */
export const ARCHIVE =
  "M3 3h18a1 1 0 0 1 1 1v3a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1ZM4 8v11a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8M10 12h4";
export const CHECK = "M20 6 9 17l-5-5";
export const CIRCLE_ALERT =
  "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20ZM12 8v4M12 16h.01";
export const ELLIPSIS =
  "M12 11a1 1 0 1 0 0 2 1 1 0 1 0 0-2ZM19 11a1 1 0 1 0 0 2 1 1 0 1 0 0-2ZM5 11a1 1 0 1 0 0 2 1 1 0 1 0 0-2Z";
export const INBOX =
  "M22 12h-6l-2 3h-4l-2-3H2M5.45 5.11 2 12v6a2 2 0 0 0 2 2h16a2 2 0 0 0 2-2v-6l-3.45-6.89A2 2 0 0 0 16.76 4H7.24a2 2 0 0 0-1.79 1.11Z";
export const MAIL_OPEN =
  "M21.2 8.4c.5.38.8.97.8 1.6v10a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V10a2 2 0 0 1 .8-1.6l8-6a2 2 0 0 1 2.4 0l8 6ZM22 10l-8.97 5.7a1.94 1.94 0 0 1-2.06 0L2 10";
