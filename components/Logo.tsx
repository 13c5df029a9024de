/** Three that meet in a point: two guilds and what they make. Drawn in the current colour. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path
        fill="currentColor"
        d="M4.2 2h2.1c.7 0 1.3.3 1.7.9L16 14.4V4.1c0-1.2.9-2.1 2.1-2.1h1.7C21 2 22 3 22 4.2v15.6C22 21 21 22 19.8 22h-2.1c-.7 0-1.3-.3-1.7-.9L8 9.6v10.3C8 21.1 7.1 22 5.9 22H4.2C3 22 2 21 2 19.8V4.2C2 3 3 2 4.2 2Z"
      />
    </svg>
  );
}
