import type { PageReader } from "../../i18n/mod.ts";
import { relativeTime } from "../../i18n/mod.ts";
import { DAY } from "../../clock.ts";
import { enumerate } from "../words.ts";
import type { Insight } from "./types.ts";

type Reader = Pick<PageReader, "t" | "locale" | "timeZone" | "now">;

/** An insight in the reader's language: what to do, and why. */
export function insightWords(
  insight: Insight,
  reader: Reader,
): { title: string; why: string } {
  const { t } = reader;
  const ago = (at: number) => relativeTime(at, reader.now(), reader);
  switch (insight.kind) {
    case "review":
    case "changes":
      return {
        title: t(`insight.${insight.kind}`, { title: insight.title }),
        why: t(`insight.${insight.kind}.why`, { when: ago(insight.at) }),
      };
    case "deadline":
    case "vote":
      return {
        title: t(`insight.${insight.kind}`, { title: insight.title }),
        why: t(`insight.${insight.kind}.why`, { when: ago(insight.deadline) }),
      };
    case "invitation":
      return {
        title: t("insight.invitation", { guild: insight.guild }),
        why: t("insight.invitation.why", { when: ago(insight.at) }),
      };
    case "application": {
      const { count, guild, at } = insight;
      return {
        title: t("insight.application", { count, guild }),
        why: t("insight.application.why", { when: ago(at) }),
      };
    }
    case "reply":
      return {
        title: t("insight.reply", { name: insight.name }),
        why: t("insight.reply.why", { when: ago(insight.at) }),
      };
    case "trust": {
      const { delta, days, reason } = insight;
      return {
        title: t(delta > 0 ? "insight.trustUp" : "insight.trustDown", {
          count: Math.abs(delta),
        }),
        why: t("insight.trust.why", {
          days,
          reason: t(`trust.because.${reason}`),
        }),
      };
    }
    case "rank":
      return {
        title: t("insight.rank", { rank: insight.next }),
        why: t("insight.rank.why", {
          what: t(`insights.step.${insight.what}`),
          ...stepNumbers(insight),
        }),
      };
    case "bounty":
      return {
        title: t("insight.bounty", { title: insight.title }),
        why: t("insight.bounty.why", {
          skills: enumerate(insight.skills),
          reward: t("bounties.credits", { count: insight.reward }),
        }),
      };
    case "proposed":
      return {
        title: t("insight.proposed", {
          count: insight.count,
          guild: insight.guild,
        }),
        why: t("insight.proposed.why"),
      };
    case "demand":
      return {
        title: t(insight.rising ? "insight.demandRising" : "insight.demand", {
          skill: insight.skill,
        }),
        why: t("insight.demand.why", { count: insight.open }),
      };
    case "learn": {
      const { skill, near, now, before } = insight;
      return {
        title: t("insight.learn", { skill }),
        why: t("insight.learn.why", { now, before, near }),
      };
    }
    case "skills":
    case "guild":
    case "bio":
      return {
        title: t(`insight.${insight.kind}`),
        why: t(`insight.${insight.kind}.why`),
      };
  }
}

/** Numbers of a step as people say them: days, and ratings with one digit. */
export function stepNumbers(
  { what, has, asked }: { what: string; has: number; asked: number },
): { has: number; asked: number } {
  if (what === "tenure") {
    return { has: Math.floor(has / DAY), asked: Math.ceil(asked / DAY) };
  }
  return { has: Math.floor(has * 10) / 10, asked };
}
