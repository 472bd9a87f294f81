// What happened as the calendar was moved: by day, in words, with who got it; each leads to its message.

import { dayInWords } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import { seek } from "./scroll_to_message.js";
import { disclosure } from "./popup.js";
import { address, fullName, member, state } from "./state.js";

const MESSAGE = "message";
const open = new Set(); // the days of which one sees who got what

/** "3 nudges, 1 check-in" of [{ one, many }]: the most frequent first, what has no name last. */
export function tallied(posts) {
  const counts = new Map();
  for (const { one, many } of posts) counts.set(one, { one, many, count: (counts.get(one)?.count ?? 0) + 1 });
  return [...counts.values()]
    .sort((a, b) => (a.one === MESSAGE) - (b.one === MESSAGE) || b.count - a.count)
    .map(({ one, many, count }) => `${count} ${count === 1 ? one : many}`)
    .join(", ");
}

export const messages = (count) => (count === 1 ? "1 message" : `${count} messages`);

let known = {};
/** The journal, a row a day: [{ day, posts, stuck }]. It is long and grows at its end, so that is what is read. */
export function days() {
  const { journal, calendar, person } = state;
  const spoken = `${person} ${calendar.now.slice(0, 4)}`; // the reader's zone, and whether the year goes without saying
  const goesOn = known.spoken === spoken && known.last === journal[known.read - 1];
  if (!goesOn) known = { spoken, read: 0, last: undefined, rows: new Map() };
  for (const { at, posts, stuck } of journal.slice(known.read)) {
    const day = dayInWords(at);
    const row = known.rows.get(day) ?? { day, posts: [], stuck: false };
    row.posts.push(...posts);
    row.stuck ||= stuck;
    known.rows.set(day, row);
  }
  known.read = journal.length;
  known.last = journal.at(-1);
  return [...known.rows.values()];
}

const list = h("ol");
const panel = h("div.calendar-log", { role: "region", "aria-label": "What happened", tabindex: "0" }, list);
const summary = h("span");
const popup = disclosure(panel);

/** The button that opens the list. */
export const button = h(
  "button.quiet.calendar-happened",
  { type: "button", hidden: true, "aria-expanded": "false", "aria-haspopup": "true", onclick: toggle },
  summary,
  icon("chevron"),
);

/** Whether it was open. */
export const shut = () => popup.shut();

function toggle() {
  if (!popup.toggle(button)) return;
  render();
  panel.scrollTop = panel.scrollHeight; // the newest is below
  panel.focus({ preventScroll: true });
}

function go(post, person) {
  shut();
  seek(person, post.channel, post.ts);
}

/** Who got it, by name. Whoever reads it there is the first of them. */
function postRow(post) {
  const [person] = post.people;
  const names = post.people.map((id) => fullName(member(id)) || id).join(", ");
  const link = h("a", { href: address(person, post.channel), onclick: () => go(post, person) }, names);
  return h("li", {}, link, ` · ${post.one}`);
}

function dayRow({ day, words, stuck, posts }) {
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
    words ? h("button.quiet", about, icon("chevron"), h("span", {}, `${day}: ${words}`)) : h("p", {}, day),
    stuck ? h("p.about", {}, "The app still had something due, so the calendar went on without it.") : null,
    isOpen ? h("ul", {}, posts.map(postRow)) : null,
  );
}

export function render() {
  const { begun, living } = state.calendar;
  const rows = days();
  const total = rows.reduce((sum, row) => sum + row.posts.length, 0);
  button.hidden = !rows.length || living;
  summary.textContent = begun ? `${messages(total)} since ${dayInWords(begun)}` : "";
  if (button.hidden) shut();
  if (!popup.isOpen()) return;
  const shown = rows.map(({ day, posts, stuck }) => ({
    key: day,
    value: { day, words: tallied(posts), stuck, posts: open.has(day) ? posts : null, edition: state.edition },
  }));
  reconcile(list, shown, dayRow);
}
