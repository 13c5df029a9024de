import "../components/core.ts";
import { useRef, useState } from "preact/hooks";
import { useBountiesReader } from "../lib/i18n/live_bounties.ts";
import type { BountyState } from "../lib/bounties/types.ts";
import { useChannel } from "../lib/realtime/client/hooks/channel.ts";

export interface BountyLiveProps {
  bountyId: string;
  /** Of the bounty as the page shows it. */
  revision: number;
  /** Channels that tell of it, at most two, and the positions after which they do. */
  since: Record<string, string>;
}

/** What the events about bounties have in common. */
interface Told {
  bountyId?: string;
  revision?: number;
  state?: BountyState;
}

/**
 * Keeps a bounty's page true: when somebody changes it, the part of the page that shows it is loaded anew. Whoever is
 * writing keeps what they wrote and gets a button instead.
 */
export default function BountyLive(
  { bountyId, revision, since }: BountyLiveProps,
) {
  const { t } = useBountiesReader();
  const shown = useRef(revision);
  const [news, setNews] = useState<BountyState | null>(null);
  const [offered, setOffered] = useState(false);
  const [failed, setFailed] = useState(false);

  async function load() {
    setFailed(false);
    try {
      shown.current = await replacePart();
      setOffered(false);
    } catch {
      setFailed(true);
      setOffered(true);
    }
  }

  function hear(data: Told) {
    if (data.bountyId !== bountyId || !data.revision) return;
    if (data.revision <= shown.current) return;
    shown.current = data.revision;
    if (data.state) setNews(data.state);
    if (isBusy()) setOffered(true);
    else load();
  }

  const [first = null, second = null] = Object.keys(since);
  const options = (channel: string | null) => ({
    since: channel === null ? undefined : since[channel],
    onEvent: (event: { event: string; data: unknown }) => {
      if (event.event.startsWith("bounty:")) hear(event.data as Told);
    },
    // Too much has been missed: what is there now is the truth.
    onExpired: () => {
      if (isBusy()) setOffered(true);
      else load();
    },
  });
  useChannel(first, options(first));
  useChannel(second, options(second));

  return (
    <div class="bounty-news" role="status">
      {news && (
        <span class={offered ? undefined : "unseen"}>
          {failed
            ? t("bountyLive.failed")
            : t("bountyLive.changed", { state: t(`bounty.state.${news}`) })}
        </span>
      )}
      {offered && (
        <button type="button" class="button small" onClick={load}>
          {t("bountyLive.show")}
        </button>
      )}
    </div>
  );
}

/** Somebody is in the middle of a form, or has written something into one. */
function isBusy(): boolean {
  const part = document.getElementById("bounty");
  if (!part) return false;
  const fields = part.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(
    "textarea, input",
  );
  return part.querySelector("form")?.contains(document.activeElement) ||
    [...fields].some((field) =>
      field.type === "radio"
        ? (field as HTMLInputElement).checked !==
          (field as HTMLInputElement).defaultChecked
        : field.value !== field.defaultValue
    );
}

/** Puts the part as the server shows it now in the place of the old one; the revision that it shows. */
async function replacePart(): Promise<number> {
  const response = await fetch(location.pathname, {
    headers: { accept: "text/html" },
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const page = new DOMParser().parseFromString(
    await response.text(),
    "text/html",
  );
  const next = page.getElementById("bounty");
  if (!next) throw new Error("The page has no bounty");
  document.getElementById("bounty")?.replaceWith(document.adoptNode(next));
  return Number(next.dataset.revision);
}
