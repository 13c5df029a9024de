/** A guild of the labelled set, as it describes itself. */
export interface LabelledGuild {
  id: string;
  name: string;
  description: string;
  /** Of its members, most common first. */
  skills: string[];
}

const guild = (
  id: string,
  name: string,
  description: string,
  skills: string[],
): LabelledGuild => ({ id, name, description, skills });

/**
 * Guilds with near neighbours, and with neighbours in words only: rust that is a language and rust on iron, containers
 * on clouds and on ships, shells of terminals and of the beach. The latter are the hard negatives.
 */
export const GUILDS: readonly LabelledGuild[] = [
  guild(
    "web-front",
    "Glasshouse",
    "We make interfaces for the browser: components, forms, state, and pages that paint quickly on old phones.",
    ["typescript", "react", "css", "preact"],
  ),
  guild(
    "web-back",
    "Undercroft",
    "Server side people. HTTP services, queues, relational schemas and the migrations nobody else dares to run.",
    ["nodejs", "postgresql", "deno", "go"],
  ),
  guild(
    "mobile",
    "Pocket Foundry",
    "Native applications for iPhones and Android handsets, from first sketch to the store listing.",
    ["swift", "kotlin", "react native"],
  ),
  guild(
    "rust-lang",
    "Ferrous Circle",
    "Systems programming without garbage collection: parsers, codecs, schedulers, anything where every microsecond is counted.",
    ["rust", "c++", "webassembly"],
  ),
  guild(
    "rust-metal",
    "Iron & Patina",
    "Restorers of old ironwork. We take rust off gates, engines and bridges, and write up what we found.",
    ["metalwork", "conservation", "photography"],
  ),
  guild(
    "devops",
    "Night Shift",
    "We keep things running: clusters, deployment automation, alerts that mean something, and calm incident response.",
    ["kubernetes", "terraform", "prometheus", "aws"],
  ),
  guild(
    "shipping",
    "Container Row",
    "Freight brokers and port planners. Containers, customs papers, routes between harbours and the cost of each.",
    ["logistics", "supply chain", "customs"],
  ),
  guild(
    "ml",
    "Gradient Hall",
    "We train neural networks for vision and language, and tell you when a linear model would do.",
    ["machine learning", "pytorch", "python"],
  ),
  guild(
    "model-3d",
    "Polygon Yard",
    "Modelling, rigging and rendering of characters and props for games and film.",
    ["blender", "3d modelling", "animation"],
  ),
  guild(
    "data-eng",
    "Aqueduct",
    "Pipelines that move tables from where they are born to where they are asked about, on time and without duplicates.",
    ["sql", "airflow", "dbt", "spark"],
  ),
  guild(
    "plumbing",
    "Copper & Steam",
    "Pipe fitters and heating engineers who also draw the plans. Pipelines, pumps, pressure tests.",
    ["heating", "plumbing", "cad"],
  ),
  guild(
    "stats",
    "The Median",
    "Statisticians for hire. Survey weights, experiments, uncertainty that is stated and not hidden.",
    ["statistics", "r", "experiment design"],
  ),
  guild(
    "bi",
    "Clear Panes",
    "Dashboards and reports that managers read: metrics agreed on once and shown the same way everywhere.",
    ["power bi", "tableau", "sql"],
  ),
  guild(
    "pentest",
    "Lockpickers' Table",
    "We break into web applications with permission, write down how, and help close the hole.",
    ["penetration testing", "web security", "burp"],
  ),
  guild(
    "event-safety",
    "Steward Company",
    "Security staff and safety plans for festivals, matches and marches: entrances, crowds, radio, first aid.",
    ["crowd safety", "first aid", "event planning"],
  ),
  guild(
    "crypto-audit",
    "Second Signature",
    "Auditors of smart contracts and cryptographic protocols. We read every line and prove what can be proven.",
    ["solidity", "cryptography", "formal verification"],
  ),
  guild(
    "privacy-law",
    "Paper Shield",
    "Lawyers and data protection officers: consent, processors, requests of those whose records you keep.",
    ["gdpr", "privacy", "contracts"],
  ),
  guild(
    "ui-design",
    "Even Grid",
    "Interface designers. Flows, wireframes, design systems, and screens that explain themselves.",
    ["figma", "ui design", "design systems"],
  ),
  guild(
    "ux-research",
    "The Listening Post",
    "We watch people use things and ask them why: interviews, diary studies, usability sessions.",
    ["user research", "usability testing", "interviewing"],
  ),
  guild(
    "brand",
    "Sign & Signet",
    "Logos, wordmarks, type and colour for companies that are about to be seen.",
    ["branding", "typography", "illustrator"],
  ),
  guild(
    "cattle",
    "Long Meadow",
    "Livestock people: branding irons, ear tags, herd books and the health of cows.",
    ["farming", "veterinary", "herd management"],
  ),
  guild(
    "illustration",
    "Ink & Otter",
    "Illustrators of children's books, posters and maps of places that do not exist.",
    ["illustration", "watercolour", "procreate"],
  ),
  guild(
    "motion",
    "Flicker House",
    "Film makers and animators: explainers, trailers, titles, cutting and colour.",
    ["video editing", "after effects", "motion design"],
  ),
  guild(
    "audio",
    "Warm Valve",
    "Sound for games and radio plays: composing, foley, mixing and the repair of bad recordings.",
    ["sound design", "music composition", "mixing"],
  ),
  guild(
    "radio-ham",
    "Long Wave Society",
    "Radio amateurs: antennas, transmitters, signals bounced off the moon.",
    ["electronics", "radio", "antennas"],
  ),
  guild(
    "copy",
    "Plain Words",
    "Copywriters for products: landing pages, onboarding messages, names, the text on the button.",
    ["copywriting", "ux writing", "marketing"],
  ),
  guild(
    "techdocs",
    "Footnote",
    "Technical writers. Guides, API references, and release notes that developers thank you for.",
    ["technical writing", "documentation", "markdown"],
  ),
  guild(
    "translate",
    "Seven Tongues",
    "Translators between German, French, Polish, Arabic and English, with an ear for tone.",
    ["translation", "localization", "proofreading"],
  ),
  guild(
    "geometry",
    "Affine Friends",
    "Mathematicians: translation, rotation, projection, and numeric code that does not drift.",
    ["linear algebra", "geometry", "numerical methods"],
  ),
  guild(
    "fiction",
    "Third Draft",
    "Novelists and editors of fiction. Plot, character, and the courage to cut.",
    ["fiction", "editing", "storytelling"],
  ),
  guild(
    "journalism",
    "The Broadsheet",
    "Reporters who investigate, check facts and interview people who would rather not talk.",
    ["journalism", "fact checking", "interviewing"],
  ),
  guild(
    "academic",
    "Quiet Carrel",
    "Researchers who read the literature for you: systematic reviews, citations, summaries of evidence.",
    ["literature review", "academic writing", "zotero"],
  ),
  guild(
    "market",
    "Weathervane",
    "Market analysts: who buys, who competes, what they would pay, and how big it can get.",
    ["market research", "competitive analysis", "pricing"],
  ),
  guild(
    "weather",
    "Cumulus Club",
    "Meteorologists and cloud spotters. Forecasts, station data, the climate of single valleys.",
    ["meteorology", "climate", "netcdf"],
  ),
  guild(
    "gis",
    "Harbour Cartographers",
    "Surveys and geographic data: coastlines, tiles, routing, satellite imagery laid over old charts.",
    ["gis", "cartography", "qgis", "postgis"],
  ),
  guild(
    "roadmap",
    "North Star Council",
    "Product managers. Road maps, priorities, and the art of saying no to half of it.",
    ["product management", "strategy", "agile"],
  ),
  guild(
    "community",
    "Campfire",
    "We start and tend communities: moderators, newsletters, meet-ups, and answers within the hour.",
    ["community management", "moderation", "discord"],
  ),
  guild(
    "moderation-tools",
    "Gatekeepers",
    "Trust and safety: policies, abuse reports, queues of flagged posts and fair appeals.",
    ["trust and safety", "content moderation", "policy"],
  ),
  guild(
    "support",
    "Front Desk",
    "Customer support people. Ticket queues, help centres, patience.",
    ["customer support", "zendesk", "onboarding"],
  ),
  guild(
    "teaching",
    "Chalk & Talk",
    "Teachers who build courses: lesson plans, exercises, workshops for adults and for schools.",
    ["teaching", "curriculum design", "workshops"],
  ),
  guild(
    "a11y",
    "Open Door",
    "Accessibility specialists, several of us blind or deaf. Audits, screen readers, captions.",
    ["accessibility", "wcag", "screen readers"],
  ),
  guild(
    "testing",
    "Red Pencil",
    "Testers. We find the case that nobody thought of, and automate it so that it stays found.",
    ["test automation", "playwright", "qa"],
  ),
  guild(
    "embedded",
    "Small Boards",
    "Firmware and sensors: microcontrollers, low power, things that must run for years on a battery.",
    ["embedded", "c", "electronics", "iot"],
  ),
  guild(
    "games",
    "Nine Lives",
    "Game makers: engines, levels, balance, and the small delights of play.",
    ["unity", "game design", "c#"],
  ),
  guild(
    "shells",
    "Tideline",
    "Naturalists who collect and draw shells, crabs and seaweed for museums and guide books.",
    ["marine biology", "field work", "illustration"],
  ),
  guild(
    "linux",
    "Prompt & Pipe",
    "Shell scripts, mail servers, backups; old-school administrators of Linux machines.",
    ["linux", "bash", "networking"],
  ),
  guild(
    "finance",
    "Double Entry",
    "Bookkeepers and auditors of accounts: ledgers, taxes, forecasts of cash.",
    ["accounting", "excel", "financial modelling"],
  ),
  guild(
    "search",
    "Needle & Hay",
    "Information retrieval: ranking, indexing, recommendations, relevance that is measured.",
    ["elasticsearch", "information retrieval", "recommender systems"],
  ),
  guild(
    "health",
    "Ward Seven",
    "Nurses, doctors and coders of health records. Clinical terms, trials, patients first.",
    ["health informatics", "clinical research", "fhir"],
  ),
  guild(
    "photo",
    "Silver Halide",
    "Photographers of products, buildings and people; retouching that one does not see.",
    ["photography", "retouching", "lightroom"],
  ),
];
