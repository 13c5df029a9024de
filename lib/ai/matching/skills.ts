/**
 * Skill tags as people type them. Two tags that mean the same become one; a tag near to another one counts in part.
 * Fields group what one person can usually do: they are wide on purpose and count little.
 */

/** Canonical tag → other spellings of it. */
const SPELLINGS: Record<string, string> = {
  typescript: "ts",
  javascript: "js, ecmascript, es6",
  react: "reactjs, react.js, preact, next.js, nextjs",
  vue: "vuejs, vue.js, nuxt",
  css: "css3, sass, scss, tailwind, tailwindcss",
  html: "html5",
  nodejs: "node, node.js, express, deno, bun",
  go: "golang",
  python: "py, python3, django, flask, fastapi",
  rust: "rustlang, rust-lang",
  "c++": "cpp, cplusplus",
  "c#": "csharp, dotnet, .net",
  java: "jvm, spring, spring boot",
  kotlin: "kotlin multiplatform",
  swift: "swiftui, objective-c",
  ios: "iphone, ipados",
  android: "android studio, jetpack compose",
  "react native": "react-native, expo, flutter",
  sql: "mysql, sqlite, relational databases, database design",
  postgresql: "postgres, psql, pg",
  kubernetes: "k8s, helm, eks, gke",
  docker: "containers, containerization, podman",
  terraform: "iac, infrastructure as code, opentofu, pulumi, ansible",
  "ci/cd": "ci, cd, continuous integration, github actions, jenkins, gitlab ci",
  aws: "amazon web services, gcp, azure, cloud",
  monitoring: "observability, prometheus, grafana, alerting, opentelemetry",
  sre: "site reliability, devops, platform engineering, incident response",
  linux: "unix, sysadmin, system administration",
  bash: "shell, shell scripting, zsh",
  networking: "tcp/ip, dns, networks",
  "machine learning":
    "ml, ai, artificial intelligence, deep learning, neural networks",
  pytorch: "tensorflow, keras, jax",
  "computer vision": "cv, image recognition, image classification, opencv",
  nlp: "natural language processing, llm, llms, text mining",
  "recommender systems": "recommendations, recommendation engine, recsys",
  "information retrieval":
    "search, full text search, elasticsearch, opensearch, solr, ranking",
  "data engineering": "etl, elt, airflow, dbt, data pipelines, dagster",
  spark: "pyspark, hadoop, databricks",
  "data analysis": "analytics, data analytics, pandas, data science",
  "business intelligence":
    "bi, dashboards, power bi, powerbi, tableau, looker, reporting",
  statistics: "stats, biostatistics, statistical analysis, spss",
  "experiment design":
    "a/b testing, ab testing, ab-testing, split testing, experimentation, causal inference",
  forecasting: "time series, demand forecasting, predictive modelling",
  r: "rstats, tidyverse",
  "penetration testing": "pentesting, pentest, pen testing, ethical hacking",
  "web security":
    "owasp, application security, appsec, burp, infosec, vulnerability assessment",
  cryptography: "crypto, encryption",
  "smart contracts": "solidity, blockchain, web3, ethereum, evm, defi",
  "formal verification": "coq, tla+, theorem proving",
  privacy: "gdpr, data protection, dsgvo, ccpa",
  contracts: "contract law, legal, law, legal writing",
  "ui design":
    "ui, ui/ux, ux/ui, interface design, product design, app design, web design",
  "ux research":
    "user research, ux, usability testing, usability, user testing, interviewing, user interviews",
  figma: "sketch app, adobe xd, wireframing, prototyping",
  "design systems": "design system, component library, storybook",
  branding: "brand, brand identity, logo, logo design, visual identity",
  typography: "type design, lettering",
  "graphic design": "illustrator, adobe illustrator, indesign, print design",
  illustration: "drawing, procreate, watercolour, watercolor, concept art",
  "3d modelling":
    "3d, 3d modeling, blender, maya, rigging, texturing, zbrush, 3d art",
  animation: "2d animation, 3d animation, character animation",
  "motion design": "motion graphics, after effects, motion",
  "video editing":
    "video, film editing, premiere, davinci resolve, videography",
  "sound design": "audio, foley, sound, audio editing, mixing, audio mixing",
  "music composition": "music, composing, composer",
  photography: "photo, photos, lightroom, product photography",
  retouching: "photo editing, photoshop, image editing",
  copywriting: "copy, copywriter, web copy, ux writing, content writing",
  marketing: "digital marketing, growth, seo, content marketing, advertising",
  "technical writing":
    "docs, documentation, tech writing, api documentation, docs as code",
  translation:
    "translating, localization, localisation, l10n, i18n, internationalization",
  editing: "copy editing, copyediting, proofreading, developmental editing",
  fiction: "creative writing, storytelling, novel writing, screenwriting",
  journalism: "reporting news, investigative journalism, news writing",
  "fact checking": "fact-checking, verification",
  "literature review":
    "systematic review, meta-analysis, academic research, academic writing, desk research",
  "market research":
    "competitive analysis, competitor analysis, market analysis, customer research, pricing",
  "product management": "product, product strategy, roadmapping, agile, scrum",
  gis:
    "qgis, arcgis, postgis, geospatial, mapping, cartography, remote sensing",
  "community management":
    "community, community building, discord, events, event planning",
  moderation: "content moderation, trust and safety, forum moderation",
  "customer support":
    "support, customer service, zendesk, intercom, help desk, helpdesk",
  teaching:
    "education, curriculum design, instructional design, training, workshops, e-learning, tutoring",
  accessibility: "a11y, wcag, screen readers, inclusive design, aria",
  "test automation":
    "qa, testing, playwright, selenium, cypress, e2e, end-to-end testing, quality assurance",
  performance: "web performance, optimization, profiling, core web vitals",
  embedded:
    "firmware, microcontroller, microcontrollers, iot, arduino, esp32, rtos, embedded systems",
  electronics: "pcb design, circuit design, hardware, soldering",
  "game design": "gamedev, game development, level design",
  unity: "unreal, unreal engine, godot",
  accounting: "bookkeeping, tax, taxes, audit, finance",
  "financial modelling": "financial modeling, excel, spreadsheets",
  logistics: "supply chain, freight, shipping, customs",
  "health informatics": "fhir, hl7, ehr, health records, clinical coding",
  "clinical research": "medicine, nursing, clinical trials, healthcare",
  "numerical methods": "linear algebra, geometry, mathematics, maths, math",
  webassembly: "wasm",
  solidity: "vyper",
};

/** What one and the same person can usually do. */
const FIELDS: readonly string[] = [
  "typescript, javascript, react, vue, css, html, performance, accessibility",
  "typescript, nodejs, go, python, java, sql, postgresql, performance",
  "swift, kotlin, ios, android, react native",
  "rust, c++, webassembly, performance, embedded",
  "kubernetes, docker, terraform, ci/cd, aws, monitoring, sre, linux, networking",
  "linux, bash, networking, monitoring",
  "machine learning, pytorch, computer vision, nlp, recommender systems, python, forecasting",
  "information retrieval, recommender systems, nlp",
  "data engineering, spark, sql, postgresql, python",
  "data analysis, business intelligence, sql, statistics, forecasting",
  "statistics, experiment design, r, forecasting, data analysis",
  "penetration testing, web security, networking, cryptography",
  "smart contracts, cryptography, formal verification",
  "privacy, contracts",
  "ui design, ux research, figma, design systems, accessibility",
  "branding, typography, graphic design, illustration",
  "3d modelling, animation, motion design, game design, unity",
  "motion design, video editing, animation, sound design",
  "sound design, music composition",
  "photography, retouching, graphic design",
  "copywriting, marketing, branding, ux research",
  "technical writing, editing, teaching",
  "translation, editing",
  "fiction, editing, journalism",
  "journalism, fact checking, literature review",
  "market research, product management, ux research",
  "community management, moderation, customer support, marketing",
  "test automation, ci/cd, accessibility",
  "embedded, electronics, c++",
  "unity, game design, c#",
  "accounting, financial modelling, business intelligence",
  "health informatics, clinical research, statistics",
  "gis, postgresql, data analysis",
];

const list = (text: string) => text.split(", ");

/** Spelling → canonical tag. */
const CANONICAL = new Map<string, string>();
// A tag is itself before it is somebody else's other spelling.
for (const tag of Object.keys(SPELLINGS)) CANONICAL.set(tag, tag);
for (const [tag, others] of Object.entries(SPELLINGS)) {
  for (const other of list(others)) {
    if (!CANONICAL.has(other)) CANONICAL.set(other, tag);
  }
}

const NEIGHBOURS = new Map<string, Set<string>>();
for (const field of FIELDS) {
  const tags = list(field);
  for (const tag of tags) {
    const near = NEIGHBOURS.get(tag) ?? new Set<string>();
    for (const other of tags) if (other !== tag) near.add(other);
    NEIGHBOURS.set(tag, near);
  }
}

/** The one spelling of a tag: `K8s` → `kubernetes`. A tag that nobody knows stays itself. */
export function canonicalSkill(tag: string): string {
  const plain = tag.normalize("NFKC").trim().toLowerCase().replace(/\s+/g, " ");
  return CANONICAL.get(plain) ?? CANONICAL.get(plain.replaceAll("-", " ")) ??
    plain;
}

/** Canonical tags, each once, in their order. */
export function canonicalSkills(tags: Iterable<string>): string[] {
  const seen = new Set<string>();
  for (const tag of tags) {
    const canonical = canonicalSkill(tag);
    if (canonical !== "") seen.add(canonical);
  }
  return [...seen];
}

/** All spellings of a canonical tag, itself first; for indexes over what people typed. */
export function spellingsOf(tag: string): string[] {
  return [tag, ...(SPELLINGS[tag] ? list(SPELLINGS[tag]) : [])];
}

/** Canonical tags of the same field, to learn next or to make do with. */
export function neighboursOf(tag: string): readonly string[] {
  return [...NEIGHBOURS.get(tag) ?? []];
}

/** How far a skill of the same field makes up for the one that was asked for. */
const NEAR = 0.35;

/** 1 for the same canonical tag, some for one of the same field, else 0. */
export function skillAffinity(wanted: string, offered: string): number {
  if (wanted === offered) return 1;
  return NEIGHBOURS.get(wanted)?.has(offered) ? NEAR : 0;
}
