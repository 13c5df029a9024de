import type { CaseGraph as Graph } from "../../jobs/oracle/mod.ts";

const SIZE = 380;
const HEIGHT = 300;
const RADIUS = 104;

/** People on a circle, arrows as thick as what went along them. Subjects are filled; shared guilds and devices are squares. */
export function CaseGraph(
  { graph, name, label }: {
    graph: Graph;
    name: (id: string) => string;
    label: string;
  },
) {
  const { nodes, links } = graph;
  const most = Math.max(1, ...links.map((l) => l.count));
  // What is shared stands in the middle, where all lines meet.
  const shared = nodes.filter((n) => n.kind !== "person");
  const people = nodes.filter((n) => n.kind === "person");
  const place = new Map<string, { x: number; y: number; angle: number }>();
  people.forEach(({ id }, i) => {
    const angle = -Math.PI / 2 + 2 * Math.PI * i / people.length;
    place.set(id, at(angle, people.length === 1 ? 0 : RADIUS));
  });
  shared.forEach(({ id }, i) => {
    const angle = -Math.PI / 2 + 2 * Math.PI * i / shared.length;
    place.set(id, at(angle, shared.length === 1 ? 0 : 36));
  });
  return (
    <svg
      class="graph"
      viewBox={`0 0 ${SIZE} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <defs>
        <marker
          id="graph-arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path class="graph-arrow" d="M0 0.5 8 4 0 7.5Z" />
        </marker>
      </defs>
      {links.map((link) => {
        const a = place.get(link.from)!, b = place.get(link.to)!;
        const dx = b.x - a.x, dy = b.y - a.y;
        const length = Math.hypot(dx, dy) || 1;
        const cut = 9 / length;
        const bend = links.some((l) => l.from === link.to && l.to === link.from)
          ? 0.12
          : 0.04;
        const mid = {
          x: (a.x + b.x) / 2 - dy * bend,
          y: (a.y + b.y) / 2 + dx * bend,
        };
        return (
          <path
            key={`${link.from} ${link.to}`}
            class={link.to.includes(":") ? "graph-link shared" : "graph-link"}
            stroke-width={round(1 + 2.5 * link.count / most)}
            d={`M${round(a.x + dx * cut)} ${round(a.y + dy * cut)}Q${
              round(mid.x)
            } ${round(mid.y)} ${round(b.x - dx * cut)} ${
              round(b.y - dy * cut)
            }`}
            marker-end={link.to.includes(":") ? undefined : "url(#graph-arrow)"}
          >
            <title>
              {`${name(link.from)} → ${name(link.to)}: ${link.count}`}
            </title>
          </path>
        );
      })}
      {nodes.map(({ id, kind, subject }) => {
        const p = place.get(id)!;
        const outward = Math.cos(p.angle);
        const anchor = kind !== "person" || Math.abs(outward) < 0.3
          ? "middle"
          : outward > 0
          ? "start"
          : "end";
        const away = kind === "person" ? 15 : 0;
        return (
          <g key={id}>
            {kind === "person"
              ? (
                <circle
                  class={subject ? "graph-node subject" : "graph-node"}
                  cx={round(p.x)}
                  cy={round(p.y)}
                  r={subject ? 7 : 5}
                />
              )
              : (
                <rect
                  class="graph-node shared"
                  x={round(p.x - 6)}
                  y={round(p.y - 6)}
                  width="12"
                  height="12"
                  rx="3"
                />
              )}
            <text
              class={subject ? "graph-name subject" : "graph-name"}
              x={round(p.x + away * outward)}
              y={round(
                p.y + 3.5 +
                  (kind === "person" ? (away + 2) * Math.sin(p.angle) : 18),
              )}
              text-anchor={anchor}
            >
              {short(name(id))}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

const at = (angle: number, radius: number) => ({
  x: SIZE / 2 + radius * Math.cos(angle),
  y: HEIGHT / 2 + radius * Math.sin(angle),
  angle,
});
const round = (n: number) => Math.round(n * 10) / 10;
const short = (text: string) =>
  text.length > 14 ? `${text.slice(0, 13)}…` : text;
