/**
 * Those whose name fits the words, the best first: the beginning of the name, then of a word in it, then letters in
 * order. Without words all, as they come.
 */
export function ranked<T extends { name: string; about?: string }>(
  choices: readonly T[],
  words: string,
): T[] {
  const wanted = fold(words);
  if (wanted === "") return [...choices];
  return choices.map((choice) => ({
    choice,
    score: Math.max(
      scoreOf(fold(choice.name), wanted),
      scoreOf(fold(choice.about?.replace(/^@/, "") ?? ""), wanted),
    ),
  })).filter(({ score }) => score > 0).sort((a, b) => b.score - a.score)
    .map(({ choice }) => choice);
}

function scoreOf(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 4;
  if (name.split(/[\s-]+/).some((word) => word.startsWith(wanted))) return 3;
  if (name.includes(wanted)) return 2;
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return 0;
  }
  return 1;
}

/** Without case and accents: nobody types them here. */
function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
