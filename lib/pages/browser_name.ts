const BROWSERS = [
  [/Edg(?:A|iOS)?\/\d/, "Edge"],
  [/OPR\/\d/, "Opera"],
  [/(?:Firefox|FxiOS)\/\d/, "Firefox"],
  [/(?:Chrome|CriOS|HeadlessChrome)\/\d/, "Chrome"],
  [/Version\/[\d.]+.*Safari\//, "Safari"],
] as const;

const SYSTEMS = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
] as const;

/** `Firefox · Linux`: enough for people to recognise a browser of theirs; `null` when it does not say. */
export function browserName(userAgent: string): string | null {
  const name = (list: typeof BROWSERS | typeof SYSTEMS) =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [name(BROWSERS), name(SYSTEMS)].filter(Boolean).join(" · ") || null;
}
