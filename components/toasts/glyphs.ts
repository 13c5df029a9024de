/** Paths of Lucide's icons (ISC licence), for `Glyph`. */
export const CIRCLE_ALERT =
  "M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20ZM12 8v4M12 16h.01";
export const RADIO =
  "M16.247 7.761a6 6 0 0 1 0 8.478M19.075 4.933a10 10 0 0 1 0 14.134M4.925 19.067a10 10 0 0 1 0-14.134M7.753 16.239a6 6 0 0 1 0-8.478M12 10a2 2 0 1 0 0 4 2 2 0 1 0 0-4Z";
export const X = "M18 6 6 18M6 6l12 12";
