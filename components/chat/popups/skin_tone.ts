import { localStore } from "../drafts.ts";

const KEY = "nexora.skin-tone";

/** The modifiers of Unicode, the lightest first; empty: the yellow that emoji have without one. */
export const TONES = [
  { name: "none", tone: "" },
  { name: "light", tone: "🏻" },
  { name: "mediumLight", tone: "🏼" },
  { name: "medium", tone: "🏽" },
  { name: "mediumDark", tone: "🏾" },
  { name: "dark", tone: "🏿" },
] as const;
export type Tone = typeof TONES[number]["tone"];

/** What was chosen in this browser. */
export function keptTone(): Tone {
  try {
    const kept = localStore()?.getItem(KEY);
    return TONES.find(({ tone }) => tone === kept)?.tone ?? "";
  } catch {
    return "";
  }
}

export function keepTone(tone: Tone): void {
  try {
    localStore()?.setItem(KEY, tone);
  } catch {
    // Full: then it holds until the picker closes.
  }
}

/** A hand or a person in that tone; anything else as it is. */
export function inTone(char: string, tone: Tone): string {
  const [first, ...rest] = char;
  if (tone === "" || !/^\p{Emoji_Modifier_Base}/u.test(char)) return char;
  // The modifier takes the place of the selector that asks for colour.
  return first + tone + rest.join("").replace(/^\ufe0f/, "");
}
