import { type Insight, insightWords } from "../../lib/ai/mod.ts";
import { usePageReader } from "../../lib/i18n/mod.ts";
import {
  ChevronRight,
  ClipboardCheck,
  Clock,
  GraduationCap,
  Mail,
  Medal,
  MessageCircle,
  PenLine,
  Scale,
  Shapes,
  Sparkles,
  Target,
  TrendingDown,
  TrendingUp,
  UserPlus,
  Users,
} from "lucide-preact";

const ICONS = {
  review: ClipboardCheck,
  changes: PenLine,
  deadline: Clock,
  vote: Scale,
  invitation: Mail,
  application: UserPlus,
  reply: MessageCircle,
  trust: TrendingUp,
  rank: Medal,
  bounty: Target,
  proposed: Sparkles,
  demand: TrendingUp,
  learn: GraduationCap,
  skills: Shapes,
  guild: Users,
  bio: PenLine,
} as const;

/** An insight: what to do, why, and the way there. */
export function InsightRow({ insight }: { insight: Insight }) {
  const reader = usePageReader();
  const { title, why } = insightWords(insight, reader);
  const fell = insight.kind === "trust" && insight.delta < 0;
  const Icon = fell ? TrendingDown : ICONS[insight.kind];
  const urgent = insight.weight >= 0.9;
  return (
    <li class="row insight">
      <span class={urgent ? "insight-icon urgent" : "insight-icon"}>
        <Icon size={16} aria-hidden="true" />
      </span>
      <span class="row-main">
        <a class="row-link" href={insight.href}>{title}</a>
        <span class="insight-why">{why}</span>
        {insight.note && <span class="insight-note">{insight.note}</span>}
      </span>
      <ChevronRight size={16} class="insight-go" aria-hidden="true" />
    </li>
  );
}
