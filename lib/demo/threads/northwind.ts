import type { Thread } from "./types.ts";

/** What was said in Northwind Audit, in order. */
export const NORTHWIND: Thread[] = [
  [
    [
      "diego",
      "New engagement: a bridge, about 6k lines of Solidity and a Go relayer. Kick-off at 15:00 UTC.",
    ],
    ["nora", "Who wrote it?"],
    [
      "diego",
      "A team of four, first audit, very open. They sent their own list of worries, which I love.",
    ],
    ["ravi", "May I shadow on the relayer? I know Go better than Solidity."],
    ["diego", "You will not shadow, you will own it. Nora reviews you."],
    ["ravi", "😬 ok. Thank you."],
  ],
  [
    [
      "nora",
      "First pass: the relayer trusts the block number that the node reports. No confirmation depth.",
    ],
    ["ravi", "I had that in my notes but thought I was missing something."],
    ["nora", "You were not. Write it up, you saw it first. Severity?"],
    ["ravi", "High: a reorg of two blocks pays out twice."],
    ["omar", "I can build a fork test for that in an hour."],
    ["nora", "Please do. A finding with a red test is half fixed already."],
  ],
  [
    ["omar", "The reorg test is red. Two payouts for one deposit, every time."],
    [
      "diego",
      "Clean. Tell the client today, not in the report. This one cannot wait.",
    ],
    ["ravi", "Should I write to them?"],
    ["diego", "Yes. Facts, impact, suggested fix, no adjectives."],
    ["ravi", "Sent. I deleted the word *catastrophic* twice."],
    ["nora", "😂 we all do"],
  ],
  [
    [
      "tomas",
      "Looking at the deployment: the relayer's key lies in an environment variable on a shared runner.",
    ],
    ["diego", "How shared?"],
    ["tomas", "Every contributor's pull request runs there."],
    ["nora", "Oof. That is a critical, and a very short report."],
    [
      "tomas",
      "Proposal: short-lived key from their KMS, runner split in two. I drew it, one page.",
    ],
  ],
  [
    [
      "omar",
      "Fuzzer ran overnight, 2.1 billion calls, nothing. Either they are good or my invariant is wrong.",
    ],
    ["ravi", "Which invariant?"],
    [
      "omar",
      "locked == minted on the other side. Hmm. I never let the fee change.",
    ],
    ["ravi", "What happens if the fee changes between lock and mint?"],
    ["omar", "…give me ten minutes"],
    ["omar", "Broken in 40 calls. Ravi, that is yours."],
    ["ravi", "I only asked!"],
    ["diego", "That is the whole job."],
  ],
  [
    [
      "yuki",
      "The client's Tokyo office asked for a Japanese summary. I can do it from your draft, who checks the terms?",
    ],
    ["nora", "I do not read Japanese, but I can check that no severity moved."],
    [
      "yuki",
      "Then I leave the severities and identifiers in English, and add a glossary of twelve words.",
    ],
    ["diego", "Perfect."],
  ],
  [
    [
      "diego",
      "Report review at 16:00. Rule as always: every finding is read aloud by someone who did not write it.",
    ],
    ["ravi", "Why aloud?"],
    ["nora", "Because you hear where a sentence is guessing."],
    ["ravi", "I just read mine aloud. I was guessing in the third paragraph."],
  ],
  [
    [
      "diego",
      "Report is out: 1 critical, 2 high, 5 medium, 9 low. They thanked us for the tone.",
    ],
    ["nora", "Ravi, your two made the cut unchanged."],
    ["ravi", "Best week in a long time. Thank you for the patience."],
    ["omar", "Next time you bring the coffee"],
  ],
  [
    [
      "tomas",
      "They fixed the runner already. I checked: split, short-lived keys, logs show who asked.",
    ],
    [
      "nora",
      "And the reorg depth is 32 now, with a test that is better than ours.",
    ],
    ["diego", "Good teams are a pleasure. Retest is Thursday, half a day."],
  ],
  [
    [
      "omar",
      "Small tool I made for this one: it lists every external call that can re-enter, with the path.",
    ],
    ["nora", "Does it have false positives?"],
    ["omar", "Plenty, but sorted so that the likely ones come first."],
    ["ravi", "Could we open it up?"],
    ["diego", "After the retest. Clients first, then the world."],
  ],
  [
    [
      "nora",
      "Retest done. All closed except one low, which they accept with a sentence in their docs.",
    ],
    ["diego", "Then we publish on Monday, together with them."],
    ["yuki", "Japanese summary is updated too."],
    ["ravi", "Is it strange that I am a little sad it is over?"],
    ["nora", "No. There is a wallet coming in next week. It is worse."],
    ["ravi", "🙌"],
  ],
  [
    ["diego", "Wallet engagement: mobile, Rust core, custom key derivation."],
    ["omar", "*Custom* key derivation. My favourite two words."],
    [
      "diego",
      "Be kind. Read first. Kick-off tomorrow at 14:00 UTC, notes are in the folder.",
    ],
    ["tomas", "I take the Rust core."],
    [
      "nora",
      "I take the backup flow. People lose money there, not in the curve.",
    ],
  ],
];
