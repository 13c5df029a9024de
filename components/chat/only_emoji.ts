const ONLY =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f|\s)+$/u;

/** One to six emoji and nothing else: shown large. */
export function isOnlyEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > 40 || !ONLY.test(trimmed)) {
    return false;
  }
  return [...new Intl.Segmenter().segment(trimmed.replace(/\s/g, ""))].length <=
    6;
}
