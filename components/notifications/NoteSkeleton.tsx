/** What notifications look like before they are there. */
export function NoteSkeleton({ rows, label }: { rows: number; label: string }) {
  return (
    <div class="note-bones" role="status">
      <span class="unseen">{label}</span>
      {Array.from({ length: rows }, (_, i) => (
        <div key={i} aria-hidden="true">
          <div class="bone" />
          <div class="lines">
            <div class="bone" />
            <div class="bone" />
          </div>
        </div>
      ))}
    </div>
  );
}
