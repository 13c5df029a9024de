import {
  clockTime,
  dayKey,
  type PageReader,
  shortDate,
} from "../../i18n/mod.ts";
import type {
  ChannelDecision,
  DeliveryDecision,
  Reason,
} from "../preferences/decide.ts";
import { CHANNELS, type NotificationChannel } from "../preferences/types.ts";

/** What was decided about one way, in the reader's words. */
export interface Explained {
  channel: NotificationChannel;
  /** Whether it goes or went this way. */
  goes: boolean;
  verdict: string;
  /** The last one decided. */
  sentences: string[];
  /** Page on which the deciding setting is, with its place; `null` where none decided. */
  setting: string | null;
}

export function explainDecision(
  decision: DeliveryDecision,
  reader: PageReader,
): Explained[] {
  return CHANNELS.map((channel) => explainChannel(decision[channel], reader));
}

function explainChannel(
  { channel, verdict, at, reasons }: ChannelDecision,
  reader: PageReader,
): Explained {
  const { t } = reader;
  const goes = verdict !== "never";
  return {
    channel,
    goes,
    verdict: channel === "inApp"
      ? t(goes ? "why.verdict.inApp" : "why.verdict.inAppNever")
      : verdict === "now" || verdict === "never"
      ? t(`why.verdict.${verdict}`)
      : t(`why.verdict.${verdict}`, { time: timeOf(at, reader) }),
    sentences: reasons.map((reason) => sentenceOf(reason, reader)),
    setting: settingOf(reasons.at(-1)),
  };
}

/** `22:30` today, else with the date. */
function timeOf(at: number, reader: PageReader): string {
  const clock = clockTime(at, reader);
  return dayKey(at, reader) === dayKey(reader.now(), reader)
    ? clock
    : `${shortDate(at, reader)}, ${clock}`;
}

function sentenceOf({ rule, mute }: Reason, { t }: PageReader): string {
  if (rule === "muted" || rule === "muted_critical") {
    const name = mute?.label || mute?.id || "";
    return t(`why.rule.${rule}`, { name });
  }
  return t(`why.rule.${rule}`);
}

/** Parts of the settings' page by the first name of a preference's path. */
const PARTS: Record<string, string> = {
  types: "ways",
  mutes: "mutes",
  quietHours: "quiet",
  criticalAlways: "quiet",
  email: "email",
  limits: "email",
};

function settingOf(reason: Reason | undefined): string | null {
  if (!reason) return null;
  if (reason.rule === "no_device") return "/settings/notifications#devices";
  if (!reason.setting) return null;
  const part = PARTS[reason.setting.split(".")[0]!];
  return part ? `/settings/notifications#${part}` : null;
}
