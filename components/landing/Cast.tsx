import { usePageReader } from "../../lib/i18n/mod.ts";
import type { Actor } from "../../lib/pages/mod.ts";
import { Avatar } from "../Avatar.tsx";

/** One-click sign-in as somebody of the demo world. */
export function Cast({ actors, next }: { actors: Actor[]; next?: string }) {
  const { t } = usePageReader();
  return (
    <form method="post" action="/sign-in" class="cast">
      {next && <input type="hidden" name="next" value={next} />}
      {actors.map((actor) => (
        <button
          type="submit"
          key={actor.id}
          name="demo"
          value={actor.handle}
        >
          <Avatar id={actor.id} name={actor.name} size={28} />
          <span>
            <span class="unseen">{`${t("signIn.demoAs")} `}</span>
            {actor.name}
            <small>@{actor.handle}</small>
          </span>
        </button>
      ))}
    </form>
  );
}
