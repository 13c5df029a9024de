/** A guild of the demo world; the first member is its owner. */
export interface CastGuild {
  id: string;
  name: string;
  description: string;
  open: boolean;
  /** Days before the seed's day. */
  founded: number;
  officers: string[];
  members: string[];
}

export const GUILDS: CastGuild[] = [
  {
    id: "demo-guild",
    name: "Lantern Works",
    description:
      "A small studio for web products that load fast and explain themselves. We take on interfaces, design systems and the services behind them. Reviews within a day, demos on Thursdays.",
    open: true,
    founded: 300,
    officers: ["demo_ines"],
    members: [
      "demo_owner",
      "demo_member",
      "demo_ines",
      "demo_tomas",
      "demo_aiko",
      "demo_sam",
      "demo_leila",
      "demo_kofi",
      "demo_hanna",
      "demo_chloe",
    ],
  },
  {
    id: "northwind-audit",
    name: "Northwind Audit",
    description:
      "Security reviews for protocols, wallets and the boring servers around them. Two pairs of eyes on every finding. By invitation, because clients send us things that are not public yet.",
    open: false,
    founded: 295,
    officers: ["demo_nora"],
    members: [
      "demo_diego",
      "demo_nora",
      "demo_tomas",
      "demo_omar",
      "demo_ravi",
      "demo_marta",
      "demo_yuki",
    ],
  },
  {
    id: "open-canvas",
    name: "Open Canvas",
    description:
      "Illustration, words, video and translation for projects with more heart than budget. Everybody is welcome; bring something half finished.",
    open: true,
    founded: 240,
    officers: ["demo_chloe", "demo_yuki"],
    members: [
      "demo_hanna",
      "demo_chloe",
      "demo_yuki",
      "demo_aiko",
      "demo_leila",
      "demo_marta",
      "demo_kofi",
      "demo_sam",
    ],
  },
];
