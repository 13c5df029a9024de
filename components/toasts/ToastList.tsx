import type { Toast } from "./stack.ts";
import { ToastCard } from "./ToastCard.tsx";

/** The toasts that are in view, the newest first. */
export function ToastList(
  { shown, dismiss }: { shown: Toast[]; dismiss: (id: number) => void },
) {
  return (
    <ol>
      {shown.map((toast) => (
        <ToastCard
          key={toast.id}
          toast={toast}
          dismiss={() => dismiss(toast.id)}
        />
      ))}
    </ol>
  );
}
