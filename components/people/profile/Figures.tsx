import { shortDate, usePageReader } from "../../../lib/i18n/mod.ts";
import {
  averageRating,
  type PublicUser,
  type Standing,
} from "../../../lib/users/mod.ts";

/** What somebody has done, in numbers. */
export function Figures(
  { person, standing }: { person: PublicUser; standing: Standing },
) {
  const reader = usePageReader();
  const { t, locale } = reader;
  const rating = averageRating(standing);
  const figures: [label: string, value: string, more?: string][] = [
    [
      t("person.trust"),
      person.trust.toLocaleString(locale),
      t("person.trustOf"),
    ],
    [t("person.completed"), standing.completed.toLocaleString(locale)],
    [
      t("person.rating"),
      rating === null ? t("person.noRating") : rating.toLocaleString(locale, {
        minimumFractionDigits: 1,
        maximumFractionDigits: 1,
      }),
      rating === null
        ? undefined
        : t("person.ratings", { count: standing.ratingCount }),
    ],
    [
      t("person.earned"),
      t("bounties.credits", { count: standing.earned }),
    ],
    [
      t("person.disputes"),
      t("person.wonLost", {
        won: standing.disputesWon,
        lost: standing.disputesLost,
      }),
    ],
    [t("person.since"), shortDate(person.createdAt, reader)],
  ];
  return (
    <dl class="card figures person-figures section">
      {figures.map(([label, value, more]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value}
            {more && <small>{more}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
