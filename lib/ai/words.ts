/** `a`, `a and b`, `a, b and c`. */
export function enumerate(words: readonly string[]): string {
  return words.length < 2
    ? words.join("")
    : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** At most `length` characters, cut between words. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const short = text.slice(0, length - 1);
  const space = short.lastIndexOf(" ");
  return `${short.slice(0, space > length / 2 ? space : undefined)}…`;
}
