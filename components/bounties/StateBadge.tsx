import type { BountyState } from "../../lib/bounties/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleSlash,
  CircleX,
  Hourglass,
  Inbox,
  Target,
} from "lucide-preact";

const ICONS = {
  draft: CircleDashed,
  open: Circle,
  matched: Target,
  accepted: CircleDot,
  submitted: Inbox,
  completed: CircleCheck,
  rejected: CircleX,
  cancelled: CircleSlash,
  expired: Hourglass,
} as const satisfies Record<BountyState, unknown>;

/** The state of a bounty as an icon; the word stands beside it or is told to screen readers. */
export function StateIcon(
  { state, size = 16, silent }: {
    state: BountyState;
    size?: number;
    silent?: boolean;
  },
) {
  const { t } = usePageReader();
  const Icon = ICONS[state];
  return (
    <span
      class={`state-icon state-${state}`}
      title={t(`bounty.state.${state}`)}
    >
      <Icon size={size} strokeWidth={2} aria-hidden="true" />
      {!silent && <span class="unseen">{t(`bounty.state.${state}`)}</span>}
    </span>
  );
}

export function StateBadge({ state }: { state: BountyState }) {
  const { t } = usePageReader();
  return (
    <span class={`state-badge state-${state}`}>
      <StateIcon state={state} size={14} silent />
      {t(`bounty.state.${state}`)}
    </span>
  );
}
