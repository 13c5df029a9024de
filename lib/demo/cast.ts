/** A person of the demo world. Ids are `demo_…`, since ids of users hold no dash. */
export interface CastMember {
  id: string;
  handle: string;
  name: string;
  bio: string;
  skills: string[];
  trust: number;
  rank: string;
  timeZone: string;
  role?: "admin";
  /** Days before the seed's day. */
  joined: number;
  /** Days before the seed's day; default 0. */
  lastActive?: number;
}

export const CAST: CastMember[] = [
  {
    id: "demo_owner",
    handle: "demo-owner",
    name: "Mara Okafor",
    bio:
      "Runs Lantern Works. Used to build payment terminals, now builds the people who build things.",
    skills: ["product", "typescript", "hiring", "facilitation"],
    trust: 862,
    rank: "Master",
    timeZone: "Europe/London",
    joined: 310,
  },
  {
    id: "demo_member",
    handle: "demo-member",
    name: "Jonas Lindqvist",
    bio:
      "Front-end developer. Likes small components, long walks and honest estimates.",
    skills: ["preact", "css", "accessibility", "typescript"],
    trust: 648,
    rank: "Journeyman",
    timeZone: "Europe/Stockholm",
    joined: 143,
  },
  {
    id: "demo_outsider",
    handle: "demo-outsider",
    name: "Priya Raman",
    bio:
      "Data engineer looking for a guild that ships on Thursdays, not Fridays.",
    skills: ["python", "sql", "data pipelines", "dashboards"],
    trust: 531,
    rank: "Apprentice",
    timeZone: "Asia/Kolkata",
    joined: 34,
  },
  {
    id: "demo_admin",
    handle: "demo-admin",
    name: "Elena Sørensen",
    bio: "Keeps the platform fair. Write to me when something looks wrong.",
    skills: ["moderation", "mediation", "policy"],
    trust: 940,
    rank: "Grandmaster",
    timeZone: "Europe/Copenhagen",
    role: "admin",
    joined: 410,
  },
  {
    id: "demo_ines",
    handle: "ines-duarte",
    name: "Inês Duarte",
    bio:
      "Designer who codes. Colour, type, motion, and the patience to remove them again.",
    skills: ["design systems", "figma", "css", "motion"],
    trust: 781,
    rank: "Artisan",
    timeZone: "Europe/Lisbon",
    joined: 288,
  },
  {
    id: "demo_tomas",
    handle: "tomas-novak",
    name: "Tomáš Novák",
    bio: "Back-end and infrastructure. If it is slow I want to know why.",
    skills: ["rust", "deno", "postgres", "profiling"],
    trust: 812,
    rank: "Master",
    timeZone: "Europe/Prague",
    joined: 274,
  },
  {
    id: "demo_aiko",
    handle: "aiko-tanaka",
    name: "Aiko Tanaka",
    bio: "Illustrator and icon maker. 16 pixels are plenty.",
    skills: ["illustration", "icons", "svg", "branding"],
    trust: 733,
    rank: "Artisan",
    timeZone: "Asia/Tokyo",
    joined: 221,
  },
  {
    id: "demo_sam",
    handle: "sam-whitfield",
    name: "Sam Whitfield",
    bio:
      "Technical writer. I read the error messages so that you do not have to.",
    skills: ["documentation", "editing", "onboarding"],
    trust: 690,
    rank: "Journeyman",
    timeZone: "America/New_York",
    joined: 198,
  },
  {
    id: "demo_leila",
    handle: "leila-haddad",
    name: "Leila Haddad",
    bio: "Product researcher. Five interviews beat fifty opinions.",
    skills: ["user research", "interviews", "surveys", "analytics"],
    trust: 707,
    rank: "Journeyman",
    timeZone: "Africa/Casablanca",
    joined: 176,
  },
  {
    id: "demo_diego",
    handle: "diego-ramos",
    name: "Diego Ramos",
    bio:
      "Security reviewer, founder of Northwind Audit. Trust, then verify, then verify again.",
    skills: ["security review", "threat modelling", "solidity", "cryptography"],
    trust: 897,
    rank: "Grandmaster",
    timeZone: "America/Mexico_City",
    joined: 388,
  },
  {
    id: "demo_nora",
    handle: "nora-byrne",
    name: "Nora Byrne",
    bio:
      "Finds the bug, writes the proof of concept, stays kind in the report.",
    skills: ["penetration testing", "fuzzing", "report writing"],
    trust: 804,
    rank: "Master",
    timeZone: "Europe/Dublin",
    joined: 265,
  },
  {
    id: "demo_kofi",
    handle: "kofi-mensah",
    name: "Kofi Mensah",
    bio: "Full stack, mostly the stack. Weekend cyclist.",
    skills: ["typescript", "deno", "testing", "ci"],
    trust: 622,
    rank: "Journeyman",
    timeZone: "Africa/Accra",
    joined: 119,
  },
  {
    id: "demo_yuki",
    handle: "yuki-mori",
    name: "Yuki Mori",
    bio:
      "Translates between engineers and everybody else. Japanese, English, some German.",
    skills: ["translation", "localisation", "proofreading"],
    trust: 659,
    rank: "Journeyman",
    timeZone: "Asia/Tokyo",
    joined: 132,
  },
  {
    id: "demo_hanna",
    handle: "hanna-berg",
    name: "Hanna Berg",
    bio: "Illustrates, edits, and herds the cats at Open Canvas.",
    skills: ["editorial", "illustration", "community"],
    trust: 768,
    rank: "Artisan",
    timeZone: "Europe/Berlin",
    joined: 246,
  },
  {
    id: "demo_omar",
    handle: "omar-farouk",
    name: "Omar Farouk",
    bio: "Reads bytecode for fun. Will explain it over coffee.",
    skills: ["reverse engineering", "static analysis", "python"],
    trust: 715,
    rank: "Artisan",
    timeZone: "Africa/Cairo",
    joined: 187,
  },
  {
    id: "demo_chloe",
    handle: "chloe-martin",
    name: "Chloé Martin",
    bio: "Video, motion and the occasional jingle. Brevity is a feature.",
    skills: ["video", "motion", "storyboards"],
    trust: 671,
    rank: "Journeyman",
    timeZone: "Europe/Paris",
    joined: 154,
  },
  {
    id: "demo_ravi",
    handle: "ravi-iyer",
    name: "Ravi Iyer",
    bio: "Protocol engineer, new to auditing, asking many questions.",
    skills: ["go", "distributed systems", "formal methods"],
    trust: 588,
    rank: "Apprentice",
    timeZone: "Asia/Kolkata",
    joined: 61,
  },
  {
    id: "demo_marta",
    handle: "marta-kowalska",
    name: "Marta Kowalska",
    bio: "Lawyer turned technical editor. On leave until autumn.",
    skills: ["contracts", "editing", "compliance"],
    trust: 640,
    rank: "Journeyman",
    timeZone: "Europe/Warsaw",
    joined: 209,
    lastActive: 41,
  },
];
