import type { Toast } from "./stack.ts";
import { ToastCard } from "./ToastCard.tsx";

/** The toasts that are in view, the newest last: nearest to the corner. */
export function ToastList(
  { shown, dismiss }: { shown: Toast[]; dismiss: (id: number) => void },
) {
  return (
    <ol>
      {shown.toReversed().map((toast) => (
        <ToastCard
          key={toast.id}
          toast={toast}
          dismiss={() => dismiss(toast.id)}
        />
      ))}
    </ol>
  );
}
