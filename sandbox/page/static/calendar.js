// The bar with the workspace's own calendar: what time it is, what comes next, and going there. It shows only where
// the app said what it does by itself as time goes by.

import * as api from "./api.js";
import { dayInWords, daysToMonday, momentInWords, nowInWords, zoneName } from "./clock.js";
import { h, icon, reconcile } from "./dom.js";
import { openPopup } from "./popup.js";
import { state } from "./state.js";
import { refreshCalendar } from "./sync.js";

const SECONDS = 1000;
const MOVES = [
  { name: "Next thing due", to: () => ({ to: "next" }) },
  { name: "Next day", to: () => ({ days: 1 }) },
  { name: "Next Monday", to: () => ({ days: daysToMonday() }) },
  { name: "Next month", to: () => ({ months: 1 }) },
  { name: "Live a year", to: () => ({ years: 1 }) },
];

const bar = document.getElementById("calendar");
const time = h("strong.calendar-now");
const due = h("span.calendar-due");
const trouble = h("p.calendar-trouble", { role: "alert" });
const buttons = MOVES.map((move) => h("button", { type: "button", onclick: () => go(move) }, move.name));
const moves = h("div.calendar-moves", { role: "group", "aria-label": "Move the calendar" }, buttons);
const progress = h("progress", { max: "1", "aria-label": "How far the calendar has come" });
const latest = h("span.calendar-latest");
const stop = h("button", { type: "button", onclick: () => api.stopCalendar() }, "Stop");
const way = h("div.calendar-way", { hidden: true }, progress, latest, stop);
const summary = h("span");
const happened = h(
  "button.quiet.calendar-happened",
  { type: "button", hidden: true, "aria-expanded": "false", "aria-haspopup": "true", onclick: () => toggle() },
  summary,
  icon("chevron"),
);
const arrived = h("p.aside", { role: "status" });
const list = h("ol");
const panel = h("div.calendar-log", { role: "region", "aria-label": "What happened", tabindex: "0" }, list);
let close = null;
let pressed = null;
let told; // the beginning of the last stretch that was spoken of

export function setUp() {
  const words = h("div.calendar-words", {}, icon("calendar"), h("p", {}, time, due), happened);
  bar.append(words, moves, way, trouble, arrived);
  bar.addEventListener("keydown", (event) => event.key === "Escape" && close?.());
  panel.addEventListener("keydown", (event) => event.key === "Escape" && (close?.(), happened.focus()));
  setInterval(showTime, 15 * SECONDS);
}

async function go(move) {
  trouble.textContent = "";
  pressed = document.activeElement;
  const answer = await api.moveCalendar({ ...move.to(), zone: zoneName() });
  trouble.textContent = answer.ok === false ? answer.error : "";
  await refreshCalendar();
}

function toggle() {
  if (close) return close();
  close = openPopup(panel, happened, () => {
    close = null;
    happened.setAttribute("aria-expanded", "false");
  });
  happened.setAttribute("aria-expanded", "true");
  return panel.focus();
}

function showTime() {
  if (state.calendar?.moves) time.textContent = nowInWords({ long: true });
}

const messages = (count) => (count === 1 ? "1 message" : `${count} messages`);

/** What happened, a row a day: [{ day, posted, stuck }]. */
function days() {
  const found = new Map();
  for (const { at, posted, stuck } of state.calendar.log) {
    const day = dayInWords(at);
    const row = found.get(day) ?? { day, posted: 0, stuck: false };
    found.set(day, { day, posted: row.posted + posted, stuck: row.stuck || stuck });
  }
  return [...found.values()].filter((row) => row.posted || row.stuck);
}

const dayRow = ({ day, posted, stuck }) =>
  h(
    "li",
    {},
    `${day}: ${messages(posted)}`,
    stuck ? h("span.about", {}, "The app still had something due, so the calendar went on without it.") : null,
  );

function showWay(rows) {
  const { since, to, now } = state.calendar;
  const last = rows.at(-1);
  progress.value = (Date.parse(now) - Date.parse(since)) / Math.max(1, Date.parse(to) - Date.parse(since));
  stop.textContent = state.calendar.stopping ? "Stopping …" : "Stop";
  latest.textContent = last ? `${last.day}: ${messages(last.posted)}` : "Nothing yet";
}

function showLog(rows) {
  const { since, living } = state.calendar;
  const total = rows.reduce((sum, row) => sum + row.posted, 0);
  happened.hidden = !since || living || !rows.length;
  summary.textContent = since ? `${messages(total)} since ${dayInWords(since)}` : "";
  if (happened.hidden) close?.();
  reconcile(
    list,
    rows.map((row) => ({ key: row.day, value: row })),
    dayRow,
  );
  if (living || since === told) return;
  if (told !== undefined) arrived.textContent = `${nowInWords({ long: true })}. ${summary.textContent}`;
  told = since;
}

/** The buttons give way to the progress and come back; whoever used them keeps the focus. */
function swap(living) {
  const focused = document.activeElement;
  way.hidden = !living;
  if (living && moves.contains(focused)) stop.focus();
  moves.hidden = living;
  if (!living && focused === stop) (pressed?.disabled ? buttons[1] : pressed)?.focus();
}

export function render() {
  const { calendar } = state;
  bar.hidden = !calendar?.moves;
  if (bar.hidden) return;
  const { living, next_due: next } = calendar;
  const rows = days();
  showTime();
  due.textContent = living ? "" : next ? `Next due: ${momentInWords(next)}` : "Nothing is due";
  buttons[0].disabled = !next;
  swap(living);
  if (living) showWay(rows);
  showLog(rows);
  if (calendar.trouble && !living) trouble.textContent = calendar.trouble;
}
