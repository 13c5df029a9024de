/**
 * The emoji that have a `:name:` here, by group, in the order in which the picker shows them: "char name name …". An own
 * list: emojibase's has 3,600 in 60 kB, of which people use these.
 */
const GROUPS = {
  smileys:
    "😀 grinning,😄 smile,😁 grin,😅 sweat_smile,😂 joy,🤣 rofl,🙂 slight_smile,🙃 upside_down,😉 wink,😊 blush,😇 innocent,🥰 loved,😍 heart_eyes,😘 kiss,😋 yum,😜 crazy,🤪 zany,🤗 hug,🤭 giggle,🤫 shush,🤔 thinking,🫡 salute,🤐 zip,🤨 raised_eyebrow,😐 neutral,😑 expressionless,😶 no_mouth,😏 smirk,😒 unamused,🙄 eye_roll,😬 grimace,😌 relieved,😔 pensive,😴 sleeping,🤒 sick,🤕 hurt,🤯 mind_blown,🥳 party,😎 cool sunglasses,🤓 nerd,🧐 monocle,😕 confused,😟 worried,🙁 frown,😮 open_mouth wow,😲 astonished,🥺 pleading,😢 cry,😭 sob,😱 scream,😖 confounded,😤 huff,😡 rage angry,🤬 swearing,💀 skull,💩 poop,🤡 clown,👻 ghost,👽 alien,🤖 robot",
  people:
    "👍 +1 thumbsup,👎 -1 thumbsdown,👌 ok_hand,✌️ v peace,🤞 fingers_crossed,🤟 love_you,🤘 rock,👈 point_left,👉 point_right,👆 point_up,👇 point_down,✋ hand raised_hand,👋 wave,🤙 call_me,💪 muscle,🙏 pray thanks,👏 clap,🙌 raised_hands,🫶 heart_hands,🤝 handshake,✍️ writing,👀 eyes,🧠 brain,🗣️ speaking,🤷 shrug,🤦 facepalm,🙋 raising_hand,🙇 bow,💁 tipping_hand,🏃 running,🧑‍💻 technologist,🕵️ detective,🥷 ninja,🧙 wizard",
  nature:
    "🐶 dog,🐱 cat,🦊 fox,🐻 bear,🐼 panda,🦁 lion,🐸 frog,🐵 monkey,🙈 see_no_evil,🐔 chicken,🐧 penguin,🦆 duck,🦉 owl,🐝 bee,🐛 bug,🦋 butterfly,🐢 turtle,🐙 octopus,🐳 whale,🦄 unicorn,🌱 seedling,🌲 tree,🌵 cactus,🍀 clover,🌹 rose,🌻 sunflower,🌍 earth,🌙 moon,⭐ star,🌈 rainbow,☀️ sunny,☁️ cloud,🌧️ rain,❄️ snow,🔥 fire,💧 drop,🌊 ocean",
  food:
    "🍎 apple,🍌 banana,🍓 strawberry,🍉 watermelon,🍋 lemon,🥑 avocado,🌶️ chili,🥕 carrot,🍞 bread,🧀 cheese,🥨 pretzel,🍕 pizza,🍔 burger,🌮 taco,🍜 ramen,🍣 sushi,🍪 cookie,🎂 cake,🍰 shortcake,🍫 chocolate,🍿 popcorn,☕ coffee,🍵 tea,🍺 beer,🍷 wine,🥂 cheers",
  things:
    "🎉 tada,🎊 confetti,🎈 balloon,🎁 gift,🏆 trophy,🥇 gold,🎯 dart,🎮 game,🎲 dice,🎵 music,🎸 guitar,🎨 art,📷 camera,💻 laptop computer,⌨️ keyboard,📱 phone,💾 floppy,🔋 battery,💡 bulb idea,🔦 torch,🏮 lantern,🔑 key,🔒 lock,🔓 unlock,🔨 hammer,🔧 wrench,⚙️ gear,🧪 test_tube,🔬 microscope,🚀 rocket,✈️ plane,🚗 car,🚲 bike,⛵ sailboat,⛴️ ferry,⚓ anchor,🏠 house,🗺️ map,⏰ alarm,⏳ hourglass,📅 calendar,📌 pin pushpin,📎 paperclip,✂️ scissors,📝 memo,📖 book,📦 package,📈 chart_up,📉 chart_down,📊 bar_chart,✉️ email,🔔 bell,🔕 no_bell,🔍 mag search,💰 money_bag,💸 money,💎 gem,⚖️ scales",
  signs:
    "❤️ heart,🧡 orange_heart,💛 yellow_heart,💚 green_heart,💙 blue_heart,💜 purple_heart,🖤 black_heart,🤍 white_heart,💔 broken_heart,💯 100,✅ check white_check_mark,✔️ heavy_check,❌ x,❓ question,❗ exclamation,⚠️ warning,🚫 no_entry,🛑 stop,🟢 green_circle,🟡 yellow_circle,🔴 red_circle,➕ plus,➖ minus,➡️ arrow_right,⬅️ arrow_left,⬆️ arrow_up,⬇️ arrow_down,🔁 repeat,♻️ recycle,✨ sparkles,💥 boom,💬 speech,💭 thought,💤 zzz,🆕 new,🆗 ok,🏁 finish,🚩 flag",
} as const;

export type EmojiGroup = keyof typeof GROUPS;

export interface Emoji {
  char: string;
  /** What it is called between colons; the first is the one shown. */
  names: string[];
}

/** Every emoji with a name, group by group. */
export const EMOJI: readonly { group: EmojiGroup; emoji: Emoji[] }[] = Object
  .entries(GROUPS).map(([group, list]) => ({
    group: group as EmojiGroup,
    emoji: list.split(",").map((entry) => {
      const [char, ...names] = entry.split(" ");
      return { char: char!, names };
    }),
  }));

const byName = new Map(
  EMOJI.flatMap(({ emoji }) =>
    emoji.flatMap(({ char, names }) => names.map((name) => [name, char]))
  ) as [string, string][],
);

/** The emoji of a name without its colons. */
export function emojiOf(name: string): string | undefined {
  return byName.get(name);
}

/** Those with a name that begins with or contains `words`, the beginnings first; at most `limit`. */
export function searchEmoji(words: string, limit = 60): Emoji[] {
  const wanted = words.trim().toLowerCase().replace(/\s+/g, "_");
  if (wanted === "") return [];
  const all = EMOJI.flatMap(({ emoji }) => emoji);
  const begins = all.filter(({ names }) =>
    names.some((name) => name.startsWith(wanted))
  );
  const contains = all.filter((one) =>
    !begins.includes(one) && one.names.some((name) => name.includes(wanted))
  );
  return [...begins, ...contains].slice(0, limit);
}
