import "../core.ts";
import { useState } from "preact/hooks";
import { Charts } from "./Charts.tsx";
import { CountTable } from "./CountTable.tsx";
import { EventStream } from "./EventStream.tsx";
import {
  PublishForm,
  type PublishOutcome,
  type PublishValues,
} from "./PublishForm.tsx";
import { type LiveInitial, useLive } from "./use_live.ts";
import { UserTable } from "./UserTable.tsx";
import { useAdminReader } from "../../lib/i18n/live_admin.ts";
import type { ConnectedUser } from "../../lib/realtime/inspect_types.ts";
import { takeOver } from "../take_over.ts";

export interface LiveViewProps extends LiveInitial {
  values: PublishValues;
  outcome: PublishOutcome | null;
}

/** What the real-time server does right now. Rendered by the server as it is, then kept true by a stream. */
export function LiveView(props: LiveViewProps) {
  const { t } = useAdminReader();
  const { state, snapshot, samples, events } = useLive(props);
  const [outcome, setOutcome] = useState(props.outcome);
  const [ended, setEnded] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function publish(values: PublishValues) {
    setBusy(true);
    const answer = await post<{ subscribers: number }>(
      "/api/admin/live/events",
      values,
    );
    setBusy(false);
    setOutcome(
      answer.ok
        ? {
          tone: "good",
          message: t("admin.publish.done", {
            count: answer.value!.subscribers,
          }),
          fields: {},
        }
        : {
          tone: "bad",
          message: Object.keys(answer.fields).length > 0
            ? t("admin.check")
            : answer.detail ?? t("admin.failed"),
          fields: answer.fields,
        },
    );
  }

  async function end(user: ConnectedUser) {
    const answer = await post("/api/admin/live/terminate", {
      userId: user.id,
    });
    setEnded(
      answer.ok
        ? t("admin.users.ended", { name: user.name ?? user.id })
        : answer.detail ?? t("admin.failed"),
    );
  }

  const { seen, alive } = snapshot.isolates;
  return (
    <div class="live" data-state={state}>
      <p class="live-now">
        <span class={`live-state ${state}`} role="status">
          {t(`admin.state.${state}`)}
        </span>
        <span>
          {t("admin.now.connections", { count: snapshot.sample.connections })}
        </span>
        <span>{t("admin.now.isolates", { seen, count: alive })}</span>
        <span>
          {t("admin.now.memory", {
            size: Math.round(snapshot.memory / 1_048_576),
          })}
        </span>
        {snapshot.behind > 0 && (
          <span>{t("admin.now.behind", { count: snapshot.behind })}</span>
        )}
        {snapshot.races > 0 && (
          <span>{t("admin.now.races", { count: snapshot.races })}</span>
        )}
      </p>
      <Charts samples={samples} />
      <div class="live-columns">
        <div>
          <EventStream feed={events} />
          <PublishForm
            values={props.values}
            outcome={outcome}
            busy={busy}
            onPublish={publish}
          />
        </div>
        <div>
          <UserTable snapshot={snapshot} onEnd={end} />
          <p class="table-note" role="status">{ended}</p>
          <CountTable
            id="live-channels"
            title={t("admin.channels.title")}
            heads={[
              t("admin.channels.name"),
              t("admin.channels.subscribers"),
            ]}
            rows={snapshot.channels.map((c) => [c.name, c.subscribers])}
            total={snapshot.channelsTotal}
            none={t("admin.channels.none")}
          />
          <CountTable
            id="live-drops"
            title={t("admin.drops.title")}
            lead={t("admin.drops.lead")}
            heads={[t("admin.drops.reason"), t("admin.drops.count")]}
            rows={[
              ...snapshot.drops.map((d) => [d.reason, d.count] as const),
              ...snapshot.closes.map((c) =>
                [`${t("admin.closes.code")} ${c.code}`, c.count] as const
              ),
            ]}
            none={t("admin.drops.none")}
          />
        </div>
      </div>
    </div>
  );
}

/** Takes over what the server has drawn in `place`: the same elements, so nothing moves and the focus stays. */
export function showLive(place: HTMLElement, props: LiveViewProps): void {
  takeOver(<LiveView {...props} />, place);
}

/** Posts JSON; a refusal comes back as words and fields. */
async function post<T>(path: string, value: unknown): Promise<{
  ok: boolean;
  value?: T;
  detail?: string;
  fields: Record<string, string>;
}> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(value),
    });
    const body = response.status === 204 ? undefined : await response.json();
    return response.ok ? { ok: true, value: body, fields: {} } : {
      ok: false,
      detail: body.detail ?? body.title,
      fields: body.fields ?? {},
    };
  } catch {
    return { ok: false, fields: {} };
  }
}
