import type { GuildStanding } from "../../guilds/mod.ts";
import { cosine } from "../embedding/embedder.ts";
import { type Fit } from "../matching/fit.ts";
import { type Profile, sentencesOf } from "../matching/profile.ts";
import { skillAffinity } from "../matching/skills.ts";
import { cut, enumerate } from "../words.ts";

/** A notification takes 200 characters. */
const LONGEST = 180;
/** A part of an offer that is nearer than this to what is needed is worth quoting. */
const NEAR = 0.45;

/** Why a guild suits a bounty: up to three plain sentences, the most convincing first; every one of them is so. */
export function guildReasons(
  need: Profile,
  offer: Profile,
  fit: Fit,
  standing: GuildStanding,
): string[] {
  const reasons: string[] = [];
  const exact = need.skills.filter((skill) => offer.skills.includes(skill));
  if (exact.length > 0) {
    reasons.push(
      exact.length === need.skills.length && exact.length > 1
        ? `Its members have every skill that is asked for: ${enumerate(exact)}.`
        : `Its members know ${enumerate(exact)}, which is asked for.`,
    );
  } else {
    const near = nearSkill(need, offer);
    if (near) {
      reasons.push(
        `Its members know ${near.has}, which is close to ${near.wanted}.`,
      );
    }
  }
  const said = nearestSentence(need, offer);
  if (said) reasons.push(`It says of itself: “${said}”`);
  if (standing.completed > 0) {
    const { completed, ratingCount, ratingSum } = standing;
    const times = completed === 1 ? "one bounty" : `${completed} bounties`;
    reasons.push(
      ratingCount > 0
        ? `It has completed ${times}, rated ${
          (ratingSum / ratingCount).toFixed(1)
        } of 5 on average.`
        : `It has completed ${times}.`,
    );
  }
  if (reasons.length === 0) {
    reasons.push(
      fit.words > 0.3
        ? "Its description shares words with yours."
        : "Its work is near to what is described.",
    );
  }
  return reasons.slice(0, 3).map((reason) => cut(reason, LONGEST));
}

/** Why a bounty is for a person, in one sentence. */
export function personReason(
  skills: readonly string[],
  wanted: number,
): string {
  return cut(
    skills.length === wanted
      ? `You have the skills that are asked for: ${enumerate(skills)}.`
      : `You know ${enumerate(skills)}, which is asked for.`,
    LONGEST,
  );
}

function nearSkill(
  need: Profile,
  offer: Profile,
): { wanted: string; has: string } | null {
  for (const wanted of need.skills) {
    const has = offer.skills.find((skill) => skillAffinity(wanted, skill) > 0);
    if (has) return { wanted, has };
  }
  return null;
}

/** The sentence of the offer's own words that is nearest to the whole of the need. */
function nearestSentence(need: Profile, offer: Profile): string | null {
  if (!need.whole) return null;
  const sentences = sentencesOf(offer.text);
  let best: { text: string; value: number } | null = null;
  for (let i = 0; i < Math.min(sentences.length, offer.parts.length); i++) {
    const value = cosine(need.whole, offer.parts[i]!);
    if (value > NEAR && value > (best?.value ?? 0)) {
      best = { text: sentences[i]!, value };
    }
  }
  return best && cut(best.text, 140);
}
