import "../components/core.ts";
import { useState } from "preact/hooks";
import type { BountyOpened } from "../lib/bounties/types.ts";
import { useBountiesReader } from "../lib/i18n/live_bounties.ts";
import { useChannelEvent } from "../lib/realtime/client/hooks/channel.ts";

export interface BountyNewsProps {
  /** What the list is filtered by. */
  category: string | null;
  skill: string | null;
}

/** Above the list: bounties that have been posted since it was loaded. The list itself does not move under the reader. */
export default function BountyNews({ category, skill }: BountyNewsProps) {
  const { t } = useBountiesReader();
  const [posted, setPosted] = useState<ReadonlySet<string>>(new Set());
  useChannelEvent<BountyOpened>("platform-global", "bounty:new", (bounty) => {
    if (category !== null && bounty.category !== category) return;
    if (skill !== null && !bounty.skills.includes(skill)) return;
    setPosted((known) => new Set([...known, bounty.bountyId]));
  });
  return (
    <div class="bounty-news" role="status">
      {posted.size > 0 && (
        <button
          type="button"
          class="button small"
          onClick={() => location.reload()}
        >
          {t("bountyNews.new", { count: posted.size })}
        </button>
      )}
    </div>
  );
}
