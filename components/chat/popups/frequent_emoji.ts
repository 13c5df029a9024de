import { localStore } from "../drafts.ts";
import { EMOJI, type Emoji } from "../../../lib/markdown/emoji.ts";

const KEY = "nexora.emoji";
const SHOWN = 16;

function counts(): Record<string, number> {
  try {
    const kept = JSON.parse(localStore()?.getItem(KEY) ?? "{}");
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

/** Those chosen most often in this browser. */
export function frequentEmoji(): Emoji[] {
  const used = counts();
  const all = EMOJI.flatMap(({ emoji }) => emoji);
  return all.filter(({ char }) => Number(used[char]) > 0)
    .sort((a, b) => used[b.char]! - used[a.char]!).slice(0, SHOWN);
}

export function noteEmoji(char: string): void {
  const used = counts();
  used[char] = (Number(used[char]) || 0) + 1;
  try {
    localStore()?.setItem(KEY, JSON.stringify(used));
  } catch {
    // Full: then nothing is learnt.
  }
}
