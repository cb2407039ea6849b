// The names Slack has for emoji, as far as they are met here; others stay a name between colons.

export const EMOJI = {
  white_check_mark: "✅", warning: "⚠️", eyes: "👀", pray: "🙏", "+1": "👍", thumbsup: "👍", bow: "🙇",
  heart: "❤️", tada: "🎉", raised_hands: "🙌", x: "❌", hourglass: "⌛", hourglass_flowing_sand: "⏳",
  bell: "🔔", rotating_light: "🚨", memo: "📝", telephone_receiver: "📞", speech_balloon: "💬", blush: "😊",
  grinning: "😀", sob: "😭", sweat_drops: "💦", pencil2: "✏️", wastebasket: "🗑️", lock: "🔒", robot_face: "🤖",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", white_circle: "⚪", mailbox: "📫",
  clock3: "🕒", question: "❓", grey_question: "❔", exclamation: "❗", bulb: "💡", house: "🏠", calendar: "📅", chart_with_upwards_trend: "📈",
  arrow_right: "➡️", leftwards_arrow_with_hook: "↩️", no_entry: "⛔", heavy_check_mark: "✔️", inbox_tray: "📥", outbox_tray: "📤",
};

/** Those offered as a reaction. */
export const REACTIONS = ["white_check_mark", "eyes", "pray", "+1", "bow"];

/** The picture of a name. */
export const emoji = (name) => EMOJI[name.split("::")[0]] ?? `:${name}:`;
