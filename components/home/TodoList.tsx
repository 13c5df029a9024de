import RelativeTime from "../../islands/RelativeTime.tsx";
import { type PageReader, usePageReader } from "../../lib/i18n/mod.ts";
import type { Todo } from "../../lib/pages/mod.ts";
import { Empty } from "../Empty.tsx";
import {
  CheckCheck,
  Gavel,
  Inbox,
  MailPlus,
  Scale,
  Target,
  UserPlus,
} from "lucide-preact";

const ICONS = {
  review: Inbox,
  submit: Target,
  vote: Gavel,
  dispute: Scale,
  invitation: MailPlus,
  applications: UserPlus,
} as const satisfies Record<Todo["kind"], unknown>;

/** What others wait for, the most pressing first. */
export function TodoList({ todo }: { todo: Todo[] }) {
  const { t } = usePageReader();
  return (
    <section class="section" aria-labelledby="home-todo">
      <div class="section-head">
        <h2 id="home-todo">{t("home.todo")}</h2>
      </div>
      <div class="card">
        {todo.length === 0
          ? (
            <Empty
              icon={
                <CheckCheck size={22} strokeWidth={1.6} aria-hidden="true" />
              }
              title={t("home.noTodo")}
              body={t("home.noTodoBody")}
            />
          )
          : (
            <ul class="rows">
              {todo.map((one) => (
                <TodoRow key={one.kind + one.link} todo={one} />
              ))}
            </ul>
          )}
      </div>
    </section>
  );
}

function TodoRow({ todo }: { todo: Todo }) {
  const { t } = usePageReader();
  const Icon = ICONS[todo.kind];
  return (
    <li class="row">
      <span class={`todo-icon ${todo.kind}`}>
        <Icon size={16} strokeWidth={1.9} aria-hidden="true" />
      </span>
      <div class="row-main">
        <a class="row-link" href={todo.link}>{textOf(todo, t)}</a>
      </div>
      {"due" in todo && todo.due !== null && (
        <span class="row-side">
          {t("home.todo.due")} <RelativeTime at={todo.due} />
        </span>
      )}
    </li>
  );
}

function textOf(todo: Todo, t: PageReader["t"]): string {
  return todo.kind === "applications"
    ? t("home.todo.applications", { count: todo.count, name: todo.name })
    : t(`home.todo.${todo.kind}`, { name: todo.name });
}
