// Shortcodes: the most used are here, the others in a list that is fetched on first use. An unknown one stays as it was
// typed.

import { state, update } from "./state.js";

const LIST = `
+1 👍,thumbsup 👍,-1 👎,thumbsdown 👎,100 💯,alarm_clock ⏰,arrow_right ➡️,arrow_left ⬅️,arrow_up ⬆️,arrow_down ⬇️,arrows_counterclockwise 🔄,
art 🎨,balloon 🎈,bar_chart 📊,bell 🔔,no_bell 🔕,birthday 🎂,blossom 🌼,blue_heart 💙,blush 😊,book 📖,books 📚,bookmark 🔖,bow 🙇,brain 🧠,
briefcase 💼,bulb 💡,calendar 📆,date 📅,spiral_calendar_pad 🗓️,card_index 📇,chart_with_upwards_trend 📈,chart_with_downwards_trend 📉,
white_check_mark ✅,heavy_check_mark ✔️,ballot_box_with_check ☑️,x ❌,cherry_blossom 🌸,clap 👏,clipboard 📋,clock1 🕐,clock3 🕒,clock9 🕘,
hourglass ⌛,hourglass_flowing_sand ⏳,stopwatch ⏱️,coffee ☕,tea 🍵,confetti_ball 🎊,tada 🎉,construction 🚧,compass 🧭,cry 😢,dart 🎯,
deciduous_tree 🌳,dizzy 💫,door 🚪,earth_africa 🌍,email 📧,e-mail 📧,envelope ✉️,incoming_envelope 📨,exclamation ❗,question ❓,grey_question ❔,
eyes 👀,file_folder 📁,fire 🔥,first_quarter_moon 🌓,flashlight 🔦,four_leaf_clover 🍀,gear ⚙️,gift 🎁,globe_with_meridians 🌐,green_heart 💚,
grin 😁,grinning 😀,hammer 🔨,hammer_and_wrench 🛠️,hand ✋,raised_hand ✋,handshake 🤝,heart ❤️,heavy_plus_sign ➕,heavy_minus_sign ➖,herb 🌿,
house 🏠,hugging_face 🤗,information_source ℹ️,joy 😂,key 🔑,label 🏷️,large_blue_circle 🔵,large_green_circle 🟢,large_orange_circle 🟠,
large_purple_circle 🟣,large_yellow_circle 🟡,red_circle 🔴,white_circle ⚪,black_circle ⚫,leaves 🍃,link 🔗,lock 🔒,unlock 🔓,loudspeaker 📢,
mag 🔍,mailbox 📫,mega 📣,memo 📝,pencil 📝,pencil2 ✏️,microscope 🔬,mortar_board 🎓,muscle 💪,neutral_face 😐,no_entry ⛔,no_entry_sign 🚫,
ok 🆗,ok_hand 👌,one 1️⃣,two 2️⃣,three 3️⃣,four 4️⃣,five 5️⃣,open_hands 👐,open_mouth 😮,orange_heart 🧡,package 📦,page_facing_up 📄,paperclip 📎,
partying_face 🥳,pause_button ⏸️,arrow_forward ▶️,double_vertical_bar ⏸️,potted_plant 🪴,pray 🙏,purple_heart 💜,pushpin 📌,round_pushpin 📍,
rainbow 🌈,raised_hands 🙌,relaxed ☺️,repeat 🔁,rocket 🚀,rotating_light 🚨,runner 🏃,scales ⚖️,seedling 🌱,shield 🛡️,simple_smile 🙂,
slightly_smiling_face 🙂,slightly_frowning_face 🙁,smile 😄,smiley 😃,smiling_face_with_3_hearts 🥰,sob 😭,sparkles ✨,sparkling_heart 💖,
speech_balloon 💬,star ⭐,star2 🌟,stop_sign 🛑,sun_with_face 🌞,sunflower 🌻,sunny ☀️,sunrise 🌅,sweat_smile 😅,tear_off_calendar 📆,
telephone_receiver 📞,thinking_face 🤔,thought_balloon 💭,trophy 🏆,tulip 🌷,turtle 🐢,video_camera 📹,warning ⚠️,wastebasket 🗑️,wave 👋,
white_flower 💮,wink 😉,world_map 🗺️,writing_hand ✍️,yellow_heart 💛,yum 😋,zap ⚡,zzz 💤,busts_in_silhouette 👥,bust_in_silhouette 👤,
people_holding_hands 🧑‍🤝‍🧑,woman 👩,man 👨,adult 🧑,teacher 🧑‍🏫,student 🧑‍🎓,scientist 🧑‍🔬,technologist 🧑‍💻,bridge_at_night 🌉,ballot_box 🗳️,
inbox_tray 📥,outbox_tray 📤,tools 🛠️,crescent_moon 🌙,partly_sunny ⛅,umbrella ☔,snowflake ❄️,jigsaw 🧩,medal 🏅,sports_medal 🏅,wheelchair ♿
`;

const BY_NAME = new Map(
  LIST.split(",")
    .map((pair) => pair.trim().split(" "))
    .filter(([name, sign]) => name && sign),
);

export const SHORTCODE = /:([a-z0-9_+-]+):(?::skin-tone-[2-6]:)?/y;

let isFetched = false;

/** Fetches the whole list, once, and renders the page again. */
async function fetchAll() {
  isFetched = true;
  const answer = await fetch("/static/emoji.txt").catch(() => null);
  if (!answer?.ok) return;
  for (const line of (await answer.text()).split("\n")) {
    const [sign, ...names] = line.split(" ");
    for (const name of names) if (!BY_NAME.has(name)) BY_NAME.set(name, sign);
  }
  update({ edition: state.edition + 1 });
}

/** "🎉" for "tada"; undefined for a name that is unknown or not loaded yet. */
export function emoji(name) {
  const sign = BY_NAME.get(name);
  if (!sign && !isFetched && /[a-z+]/.test(name)) fetchAll();
  return sign;
}

/** Plain text with its shortcodes shown as emoji and nothing else touched. */
export function withEmoji(text) {
  return String(text).replace(/:([a-z0-9_+-]+):(?::skin-tone-[2-6]:)?/g, (typed, name) => emoji(name) ?? typed);
}
