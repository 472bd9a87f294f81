// The journal of the calendar's moves: messages by day, with their names and recipients, and a link to each.

import { formatDay } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import { disclosure } from "./popup.js";
import { scrollTo } from "./scroll_to_message.js";
import { address, fullName, member, state } from "./state.js";

const MESSAGE = "message";
const open = new Set(); // the days that are expanded

/** "3 reminders, 1 check-in" of [{ singular, plural }]: the most frequent first, unnamed messages last. */
export function countByName(posts) {
  const counts = new Map();
  for (const { singular, plural } of posts)
    counts.set(singular, { singular, plural, count: (counts.get(singular)?.count ?? 0) + 1 });
  return [...counts.values()]
    .sort((a, b) => (a.singular === MESSAGE) - (b.singular === MESSAGE) || b.count - a.count)
    .map(({ singular, plural, count }) => `${count} ${count === 1 ? singular : plural}`)
    .join(", ");
}

export const messages = (count) => (count === 1 ? "1 message" : `${count} messages`);

let cache = {};
/** The journal by day: [{ day, posts, stuck }]. It is long and grows at its end, so only new entries are read. */
export function days() {
  const { journal, calendar, person } = state;
  const key = `${person} ${calendar.now.slice(0, 4)}`; // the person's time zone, and the year that days leave out
  const isValid = cache.key === key && cache.last === journal[cache.read - 1];
  if (!isValid) cache = { key, read: 0, last: undefined, rows: new Map() };
  for (const { at, posts, stuck } of journal.slice(cache.read)) {
    const day = formatDay(at);
    const row = cache.rows.get(day) ?? { day, posts: [], stuck: false };
    row.posts.push(...posts);
    row.stuck ||= stuck;
    cache.rows.set(day, row);
  }
  cache.read = journal.length;
  cache.last = journal.at(-1);
  return [...cache.rows.values()];
}

const list = h("ol");
const panel = h("div.journal", { role: "region", "aria-label": "Messages by day", tabindex: "0" }, list);
const summary = h("span");
const popup = disclosure(panel);

/** The button that opens the list. */
export const button = h(
  "button.quiet.journal-button",
  { type: "button", hidden: true, "aria-expanded": "false", "aria-haspopup": "true", onclick: toggle },
  summary,
  icon("chevron"),
);

/** Closes the list. Returns whether it was open. */
export const shut = () => popup.shut();

function toggle() {
  if (!popup.toggle(button)) return;
  render();
  panel.scrollTop = panel.scrollHeight; // the newest is at the foot
  panel.focus({ preventScroll: true });
}

function go(post, person) {
  shut();
  scrollTo(person, post.channel, post.ts);
}

/** The recipients and the message's name. The link opens it as the first recipient. */
function postRow(post) {
  const [person] = post.people;
  const names = post.people.map((id) => fullName(member(id)) || id).join(", ");
  const link = h("a", { href: address(person, post.channel), onclick: () => go(post, person) }, names);
  return h("li", {}, link, ` · ${post.singular}`);
}

function dayRow({ day, counts, stuck, posts }) {
  const isOpen = Boolean(posts);
  const flip = () => {
    if (!open.delete(day)) open.add(day);
    render();
    list.querySelector(`[data-key="${CSS.escape(day)}"]`)?.scrollIntoView({ block: "nearest" });
  };
  const about = { type: "button", "aria-expanded": String(isOpen), "data-focus": day, onclick: flip };
  return h(
    "li",
    {},
    counts ? h("button.quiet", about, icon("chevron"), h("span", {}, `${day}: ${counts}`)) : h("p", {}, day),
    stuck ? h("p.about", {}, "The app didn’t finish its work for this time, so the calendar moved on.") : null,
    isOpen ? h("ul", {}, posts.map(postRow)) : null,
  );
}

export function render() {
  const { started, moving } = state.calendar;
  const rows = days();
  const total = rows.reduce((sum, row) => sum + row.posts.length, 0);
  button.hidden = !rows.length || moving;
  summary.textContent = started ? `${messages(total)} since ${formatDay(started)}` : "";
  if (button.hidden) shut();
  if (!popup.isOpen()) return;
  const shown = rows.map(({ day, posts, stuck }) => ({
    key: day,
    value: { day, counts: countByName(posts), stuck, posts: open.has(day) ? posts : null, edition: state.edition },
  }));
  reconcile(list, shown, dayRow);
}
