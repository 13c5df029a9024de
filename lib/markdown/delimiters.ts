/** Where a run of exactly `length` backticks begins at or after `from`; -1 when there is none. */
export function closingTicks(
  text: string,
  from: number,
  length: number,
): number {
  for (let at = text.indexOf("`", from); at >= 0;) {
    const end = endOfRun(text, at);
    if (end - at === length) return at;
    at = text.indexOf("`", end);
  }
  return -1;
}

/**
 * Where the delimiter begins that closes `mark` (`*`, `**`, `_`, `__`, `~~`) opened before `from`; -1 when none does.
 * Code and escapes are passed over, and so is emphasis of the other strength.
 */
export function closingDelimiter(
  text: string,
  from: number,
  mark: string,
): number {
  const letter = mark[0]!;
  for (let at = from; at < text.length; at++) {
    const here = text[at]!;
    if (here === "\\") at++;
    else if (here === "`") {
      const run = endOfRun(text, at) - at;
      const close = closingTicks(text, at + run, run);
      at = (close < 0 ? at : close) + run - 1;
    } else if (here === letter) {
      const end = endOfRun(text, at);
      if (closes(text, at, end, mark)) return end - mark.length;
      at = end - 1;
    }
  }
  return -1;
}

function closes(text: string, at: number, end: number, mark: string): boolean {
  const run = end - at;
  const fits = mark.length === 1 ? run !== 2 : run >= 2;
  if (!fits || /\s/.test(text[at - 1]!)) return false;
  return mark[0] !== "_" || !/[\p{L}\p{N}_]/u.test(text[end] ?? "");
}

function endOfRun(text: string, at: number): number {
  let end = at;
  while (text[end] === text[at]) end++;
  return end;
}
