import { between, type Random } from "./random.ts";
import type { Line, Thread } from "./threads/types.ts";

/** What people of a guild do all day, for their morning notes. */
const WORK: Record<string, readonly string[]> = {
  "demo-guild": [
    "the delay banner",
    "receipts by e-mail",
    "the importer's report",
    "focus order in the ticket form",
    "the offline page",
    "icons for the island lines",
    "notes from Leila's interviews",
    "the print stylesheet",
    "flaky test in the seat picker",
    "copy for the refund page",
    "the festival load test",
    "dark theme on the kiosk",
  ],
  "northwind-audit": [
    "the relayer's retry loop",
    "access control of the bridge",
    "proof of concept for the fee bug",
    "the report's executive summary",
    "threat model of the backup flow",
    "the key rotation scripts",
    "reading the deployment logs",
    "invariants for the fuzzer",
    "the retest checklist",
    "dependency review",
  ],
  "open-canvas": [
    "poster two, the lamp",
    "the reading map's legend",
    "subtitles for the loop",
    "proofs from the printer",
    "the glossary",
    "captions in plain language",
    "the sea monster's eyebrows",
    "the open table's agenda",
  ],
};

const SHAPES: readonly ((done: string, next: string) => string)[] = [
  (done, next) => `Morning! Yesterday ${done}, today ${next}.`,
  (done, next) => `Yesterday: ${done} (done). Today: ${next}.`,
  (_, next) => `Today ${next}, out from 15:00 for the dentist.`,
  (done, next) => `Finished ${done} last night. On to ${next}.`,
  (done) => `Still on ${done}, half a day more.`,
  (done, next) => `${upper(done)} is in review, I continue with ${next}.`,
  (_, next) =>
    `Good morning. ${upper(next)} today, shout if something else burns.`,
];

const REPLIES: readonly string[] = [
  "👍",
  "Can review that before lunch.",
  "Ping me when it is up, I want to see it.",
  "Nice.",
  "Good luck with that one 😅",
  "Same here, shall we pair at eleven?",
  "Thanks, that unblocks me.",
  "☕ first, then yes",
];

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The morning notes of one day: some people say what they are at, now and then somebody answers. */
export function morningNotes(
  random: Random,
  guildId: string,
  members: readonly string[],
): Thread {
  const pick = <T>(list: readonly T[]) =>
    list[between(random, 0, list.length - 1)]!;
  const work = WORK[guildId] ?? WORK["demo-guild"]!;
  const people = [...members];
  const lines: Line[] = [];
  for (let n = between(random, 1, 3); n > 0 && people.length > 1; n--) {
    const [speaker] = people.splice(between(random, 0, people.length - 1), 1);
    const done = pick(work);
    let next = pick(work);
    while (next === done) next = pick(work);
    lines.push([speaker!, pick(SHAPES)(done, next)]);
    if (random() < 0.4) lines.push([pick(people), pick(REPLIES)]);
  }
  return lines;
}
