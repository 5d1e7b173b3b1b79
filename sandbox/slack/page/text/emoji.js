/**
 * Emoji short names, as people and apps write them between colons. A name that is not here stays as it was written.
 * @module
 */

const NAMES = `
smile 😄 smiley 😃 grinning 😀 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 joy 😂 rolling_on_the_floor_laughing 🤣 blush 😊 innocent 😇
slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 relieved 😌 heart_eyes 😍 kissing_heart 😘 yum 😋 stuck_out_tongue 😛 sunglasses 😎
nerd_face 🤓 thinking_face 🤔 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬
pensive 😔 sleepy 😪 sleeping 😴 mask 😷 dizzy_face 😵 exploding_head 🤯 partying_face 🥳 worried 😟 slightly_frowning_face 🙁 open_mouth 😮
astonished 😲 flushed 😳 cry 😢 sob 😭 scream 😱 confounded 😖 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 rage 😡 angry 😠 skull 💀
robot_face 🤖 ghost 👻 alien 👽 wave 👋 raised_hand ✋ ok_hand 👌 v ✌️ crossed_fingers 🤞 point_left 👈 point_right 👉 point_up ☝️
point_up_2 👆 point_down 👇 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ facepunch 👊 clap 👏 raised_hands 🙌 open_hands 👐 handshake 🤝
pray 🙏 writing_hand ✍️ muscle 💪 eyes 👀 eye 👁️ brain 🧠 bust_in_silhouette 👤 busts_in_silhouette 👥 man 👨 woman 👩 construction_worker 👷
shrug 🤷 man-shrugging 🤷‍♂️ woman-shrugging 🤷‍♀️ facepalm 🤦 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜
broken_heart 💔 sparkling_heart 💖 100 💯 boom 💥 collision 💥 dizzy 💫 sweat_drops 💦 dash 💨 fire 🔥 sparkles ✨ star ⭐ star2 🌟 zap ⚡
sunny ☀️ partly_sunny ⛅ cloud ☁️ rain_cloud 🌧️ snowflake ❄️ rainbow 🌈 umbrella ☔ ocean 🌊 earth_africa 🌍 earth_americas 🌎 moon 🌔
dog 🐶 cat 🐱 mouse 🐭 bear 🐻 panda_face 🐼 monkey 🐵 see_no_evil 🙈 bird 🐦 penguin 🐧 bee 🐝 bug 🐛 turtle 🐢 fish 🐟 whale 🐳 unicorn_face 🦄
evergreen_tree 🌲 deciduous_tree 🌳 palm_tree 🌴 cactus 🌵 herb 🌿 four_leaf_clover 🍀 seedling 🌱 rose 🌹 sunflower 🌻 tulip 🌷 bouquet 💐
apple 🍎 banana 🍌 lemon 🍋 grapes 🍇 strawberry 🍓 cherries 🍒 tomato 🍅 carrot 🥕 corn 🌽 bread 🍞 cheese_wedge 🧀 pizza 🍕 hamburger 🍔
cookie 🍪 cake 🍰 birthday 🎂 candy 🍬 chocolate_bar 🍫 coffee ☕ tea 🍵 beer 🍺 beers 🍻 wine_glass 🍷 champagne 🍾 clinking_glasses 🥂
soccer ⚽ basketball 🏀 trophy 🏆 first_place_medal 🥇 second_place_medal 🥈 third_place_medal 🥉 medal 🏅 dart 🎯 game_die 🎲 jigsaw 🧩 art 🎨
musical_note 🎵 guitar 🎸 tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 ribbon 🎀 christmas_tree 🎄 jack_o_lantern 🎃
rocket 🚀 airplane ✈️ ship 🚢 car 🚗 truck 🚚 articulated_lorry 🚛 delivery_truck 🚚 bus 🚌 bike 🚲 train 🚆 ambulance 🚑 fire_engine 🚒
construction 🚧 vertical_traffic_light 🚦 fuelpump 🚏 house 🏠 office 🏢 factory 🏭 hospital 🏥 bank 🏦 school 🏫 department_store 🏬
convenience_store 🏪 world_map 🗺️ round_pushpin 📍 pushpin 📌 paperclip 📎 link 🔗 scissors ✂️ pencil ✏️ pencil2 ✏️ memo 📝 lower_left_ballpoint_pen 🖊️
phone ☎️ telephone_receiver 📞 iphone 📱 computer 💻 desktop_computer 🖥️ printer 🖨️ keyboard ⌨️ mag 🔍 mag_right 🔎 bulb 💡 battery 🔋 electric_plug 🔌
email 📧 e-mail 📧 envelope ✉️ incoming_envelope 📨 envelope_with_arrow 📩 mailbox 📫 mailbox_with_mail 📬 mailbox_closed 📪 postbox 📮 inbox_tray 📥 outbox_tray 📤
package 📦 shopping_trolley 🛒 shopping_bags 🛍️ label 🏷️ barcode 🏷️ receipt 🧾 money_with_wings 💸 moneybag 💰 dollar 💵 euro 💶 pound 💷 credit_card 💳
chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 clipboard 📋 calendar 📅 date 📅 spiral_calendar_pad 🗓️ card_index 📇
file_folder 📁 open_file_folder 📂 page_facing_up 📄 page_with_curl 📃 newspaper 📰 bookmark 🔖 bookmark_tabs 📑 books 📚 book 📖 ledger 📒 notebook 📓
key 🔑 lock 🔒 unlock 🔓 closed_lock_with_key 🔐 shield 🛡️ hammer 🔨 wrench 🔧 hammer_and_wrench 🛠️ gear ⚙️ toolbox 🧰 nut_and_bolt 🔩 scales ⚖️
straight_ruler 📏 microscope 🔬 test_tube 🧪 pill 💊 thermometer 🌡️ broom 🧹 wastebasket 🗑️ hourglass ⌛ hourglass_flowing_sand ⏳ watch ⌚ alarm_clock ⏰
stopwatch ⏱️ clock1 🕐 clock3 🕒 clock9 🕘 bell 🔔 no_bell 🔕 mega 📣 loudspeaker 📢 speech_balloon 💬 thought_balloon 💭 zzz 💤 mute 🔇
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ heavy_multiplication_x ✖️ negative_squared_cross_mark ❎ no_entry ⛔ no_entry_sign 🚫
warning ⚠️ exclamation ❗ heavy_exclamation_mark ❗ question ❓ grey_question ❔ bangbang ‼️ interrobang ⁉️ sos 🆘 rotating_light 🚨 octagonal_sign 🛑
information_source ℹ️ new 🆕 free 🆓 up 🆙 cool 🆒 ok 🆗 soon 🔜 top 🔝 repeat 🔁 arrows_counterclockwise 🔄 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️
arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️ leftwards_arrow_with_hook ↩️ arrow_right_hook ↪️ heavy_plus_sign ➕ heavy_minus_sign ➖
red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢 large_blue_circle 🔵 large_purple_circle 🟣 white_circle ⚪ black_circle ⚫
large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩 large_blue_square 🟦 white_large_square ⬜ black_large_square ⬛
small_red_triangle 🔺 small_red_triangle_down 🔻 small_orange_diamond 🔸 small_blue_diamond 🔹 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ zero 0️⃣
checkered_flag 🏁 triangular_flag_on_post 🚩 white_flag 🏳️ flag-pl 🇵🇱 flag-de 🇩🇪 flag-gb 🇬🇧 flag-us 🇺🇸 flag-ua 🇺🇦 flag-eu 🇪🇺 flag-fr 🇫🇷 flag-cz 🇨🇿
`;

const WORDS = NAMES.trim().split(/\s+/);
/** @type {Map<string, string>} */
const BY_NAME = new Map();
for (let index = 0; index + 1 < WORDS.length; index += 2) BY_NAME.set(WORDS[index], WORDS[index + 1]);
const TONES = ["", "", "\u{1F3FB}", "\u{1F3FC}", "\u{1F3FD}", "\u{1F3FE}", "\u{1F3FF}"];

/**
 * @param {string} name without the outer colons; may carry a tone: `wave::skin-tone-3`
 * @returns {string | undefined} the character, or nothing for an unknown name
 */
export function emoji(name) {
  const [plain, tone] = name.split("::");
  const found = BY_NAME.get(plain);
  if (found === undefined || !tone) return found;
  return found.replace("\uFE0F", "") + (TONES[Number(tone.replace("skin-tone-", ""))] ?? "");
}

/** Names that begin like this, for auto-complete. @param {string} start @param {number} most @returns {string[]} */
export function emojiLike(start, most) {
  return [...BY_NAME.keys()].filter((name) => name.startsWith(start)).slice(0, most);
}

/** What the reaction picker offers first. */
export const FAVOURITES = ["+1", "white_check_mark", "eyes", "tada", "heart", "package", "truck", "question", "x", "pray"];
