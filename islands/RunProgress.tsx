import "../components/core.ts";
import { useEffect, useRef, useState } from "preact/hooks";
import { useRunReader } from "../lib/i18n/live_runs.ts";

interface Told {
  status: string;
  progress?: { done: number; total?: number };
  logs: { at: number; text: string }[];
}

export interface RunProgressProps extends Told {
  job: string;
  id: string;
  ended: boolean;
}

/** Milliseconds; a run's heartbeat carries its progress every 2 s. */
const EVERY = 2_000;

/** How far a run has come and what it said. While it runs it is asked again and again; when it ends, the page is read anew. */
export default function RunProgress(props: RunProgressProps) {
  const { t, locale, timeZone } = useRunReader();
  const [told, setTold] = useState<Told>(props);
  const [lost, setLost] = useState(false);
  const box = useRef<HTMLOListElement>(null);

  useEffect(() => {
    if (props.ended) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const response = await fetch(
          `/api/admin/jobs/${props.job}/runs/${props.id}`,
        );
        if (!response.ok) throw new Error(String(response.status));
        const { run } = await response.json();
        setLost(false);
        setTold(run);
        if (run.finishedAt !== undefined) {
          location.assign(`/admin/jobs?job=${props.job}&run=${props.id}`);
          return;
        }
      } catch {
        setLost(true);
      }
      timer = setTimeout(ask, EVERY);
    };
    timer = setTimeout(ask, EVERY / 4);
    return () => clearTimeout(timer);
  }, [props.id]);

  useEffect(() => {
    box.current?.scrollTo(0, box.current.scrollHeight);
  }, [told.logs.length]);

  const number = new Intl.NumberFormat(locale);
  const time = new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const { progress } = told;
  const { total } = progress ?? {};
  return (
    <div class="run-progress">
      {!props.ended && (
        <div class="run-live" role="status">
          <span>
            {lost
              ? t("runs.lost")
              : progress
              ? total === undefined
                ? t("runs.done", { count: progress.done })
                : t("runs.of", {
                  done: number.format(progress.done),
                  total: number.format(total),
                })
              : t("runs.working")}
          </span>
          <progress
            aria-label={t("runs.progress")}
            max={total ?? 1}
            value={total === undefined ? undefined : progress!.done}
          />
        </div>
      )}
      <h3>{t("runs.log")}</h3>
      {told.logs.length === 0
        ? <p class="quiet-text">{t("runs.silent")}</p>
        : (
          <ol
            class="run-log"
            ref={box}
            tabIndex={0}
            aria-label={t("runs.log")}
          >
            {told.logs.map(({ at, text }, i) => (
              <li key={`${at} ${i}`}>
                <time dateTime={new Date(at).toISOString()}>
                  {time.format(at)}
                </time>
                <span>{text}</span>
              </li>
            ))}
          </ol>
        )}
    </div>
  );
}
