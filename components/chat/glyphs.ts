/** Paths of Lucide's icons (ISC licence), for `Glyph`. */
export const ARROW_DOWN = "M12 5v14M19 12l-7 7-7-7";
export const ARROW_UP = "m5 12 7-7 7 7M12 19V5";
export const LOADER = "M21 12a9 9 0 1 1-6.219-8.56";
export const CHECK = "M20 6 9 17l-5-5";
export const COPY =
  "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H10a2 2 0 0 1-2-2V10a2 2 0 0 1 2-2zM4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2";
