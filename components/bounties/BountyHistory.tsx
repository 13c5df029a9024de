import type { BountyVerb } from "../../lib/bounties/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import type { BountyView } from "../../lib/pages/mod.ts";
import {
  Banknote,
  CircleCheck,
  CircleDot,
  CircleSlash,
  CircleX,
  Hourglass,
  Inbox,
  Megaphone,
  Pencil,
  RotateCcw,
  Scale,
  Target,
} from "lucide-preact";
import { Stars } from "./Stars.tsx";
import { When } from "./When.tsx";

const ICONS = {
  edit: Pencil,
  open: Megaphone,
  match: Target,
  accept: CircleDot,
  submit: Inbox,
  approve: CircleCheck,
  askChanges: RotateCcw,
  reject: CircleX,
  cancel: CircleSlash,
  expire: Hourglass,
  dispute: Scale,
  release: Scale,
  award: Scale,
  deny: Scale,
} as const satisfies Record<BountyVerb, unknown>;

/** Everything that happened, the earliest first, as one reads it. */
export function BountyHistory({ view }: { view: BountyView }) {
  const { t } = usePageReader();
  const { steps, guild, worker } = view;
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="bounty-history" class="course">
      <h3 id="bounty-history">{t("bounty.history")}</h3>
      <ol>
        {steps.toReversed().map((step) => {
          const Icon = ICONS[step.verb];
          return (
            <li key={step.revision} class={`course-step step-${step.verb}`}>
              <span class="course-icon">
                <Icon size={14} aria-hidden="true" />
              </span>
              <div>
                <p class="course-line">
                  <strong>
                    {step.actor?.name ??
                      t(
                        step.actorId === null
                          ? "bounties.platform"
                          : "bounties.someone",
                      )}
                  </strong>{" "}
                  {step.verb === "accept"
                    ? t("step.accept", {
                      guild: guild?.name ?? t("bounties.aGuild"),
                    })
                    : t(`step.${step.verb}`)} <When at={step.at} />
                </p>
                {step.rating !== null && <Stars rating={step.rating} />}
                {(step.note || step.url) && (
                  <div class="course-note">
                    {step.note && <p class="prose">{step.note}</p>}
                    {step.url && (
                      <p>
                        <a href={step.url} rel="noreferrer nofollow ugc">
                          {step.url}
                        </a>
                      </p>
                    )}
                  </div>
                )}
                {step.amount !== null && (
                  <p class="course-paid">
                    <Banknote size={15} aria-hidden="true" />
                    {t("step.paid", {
                      amount: t("bounties.credits", { count: step.amount }),
                      name: worker?.name ?? t("bounties.someone"),
                    })}
                  </p>
                )}
              </div>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
