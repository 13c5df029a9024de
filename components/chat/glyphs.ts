/** Paths of Lucide's icons (ISC licence), for `Glyph`. */
export const ARROW_DOWN = "M12 5v14M19 12l-7 7-7-7";
export const ARROW_UP = "m5 12 7-7 7 7M12 19V5";
export const LOADER = "M21 12a9 9 0 1 1-6.219-8.56";
