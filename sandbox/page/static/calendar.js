// The bar with the workspace's own calendar: what time it is, what comes next, going there, and letting time pass. It
// shows only where the app said what it does by itself as time goes by.

import * as api from "./api.js";
import { dayInWords, daysToMonday, momentInWords, nowInWords, zoneName } from "./clock.js";
import { h, icon } from "./dom.js";
import * as happened from "./journal.js";
import { overflow } from "./menu.js";
import { askForDay } from "./date_picker.js";
import { state } from "./state.js";
import { refreshCalendar } from "./sync.js";

const SECONDS = 1000;
const HOUR = 3600;
const MOVES = [
  { name: "Next event", short: "event", to: () => ({ to: "next" }) },
  { name: "Next day", short: "day", to: () => ({ days: 1 }) },
  { name: "Next Monday", short: "Monday", to: () => ({ days: daysToMonday() }) },
  { name: "Next month", short: "month", to: () => ({ months: 1 }) },
  { name: "Play a year", to: () => ({ years: 1 }) },
];
const TO_A_DATE = "A date …";
const PACES = [
  { name: "1 hour per second", pace: HOUR },
  { name: "1 day per second", pace: 24 * HOUR },
  { name: "1 week per second", pace: 7 * 24 * HOUR },
];

const bar = document.getElementById("calendar");
const time = h("strong.calendar-now");
const due = h("span.calendar-due");
const trouble = h("p.calendar-trouble", { role: "alert" });

const playLabel = h("span");
const playIcons = { play: icon("play"), pause: icon("pause") };
const play = h("button.calendar-play", { type: "button", onclick: playOrPause }, Object.values(playIcons), playLabel);
const paces = h(
  "select",
  { "aria-label": "How fast it plays", onchange: () => state.calendar.living && playAt() },
  PACES.map(({ name, pace }) => h("option", { value: String(pace), selected: pace === 24 * HOUR }, name)),
);

const [nextDue, ...others] = MOVES.map((move) =>
  h(
    "button",
    { type: "button", "aria-label": move.name, onclick: () => go(move.to()) },
    ...(move.short ? [h("span.calendar-long", {}, "Next "), move.short] : [move.name]),
  ),
);
const someday = h(
  "button",
  { type: "button", "aria-haspopup": "true", "aria-expanded": "false", onclick: () => toADay(someday) },
  TO_A_DATE,
);
const more = overflow(
  {
    options: [...MOVES.slice(1).map((move) => move.name), TO_A_DATE].map((name) => ({
      text: { type: "plain_text", text: name },
      value: name,
    })),
  },
  {
    labels: { "aria-label": "More ways to move the calendar" },
    picked: (name) => (name === TO_A_DATE ? toADay(more) : go(MOVES.find((move) => move.name === name).to())),
  },
);
more.classList.add("calendar-more");
const next = h("span.calendar-next", { "aria-hidden": "true" }, "Next");
const moves = h("div.calendar-moves", { role: "group", "aria-label": "Move the calendar" });
moves.append(next, nextDue, ...others, someday, more);

const progress = h("progress", { max: "1", "aria-label": "How far the calendar has come" });
const latest = h("span.calendar-latest");
const way = h("div.calendar-way", { hidden: true }, progress, latest);
const arrived = h("p.aside", { role: "status" });
let pressed = null;
let told; // the beginning of the last stretch that was spoken of

export function setUp() {
  const words = h("div.calendar-words", {}, icon("calendar"), h("p", {}, time, due), happened.button);
  const controls = h("div.calendar-controls", {}, way, h("div.calendar-pace", {}, play, paces), moves);
  bar.append(words, controls, trouble, arrived);
  bar.addEventListener("keydown", (event) => event.key === "Escape" && happened.shut());
  setInterval(showTime, SECONDS / 4);
}

/** Sets out; answers a sentence when that leads nowhere, else "". */
async function move(to) {
  trouble.textContent = "";
  pressed = document.activeElement;
  const answer = await api.moveCalendar({ ...to, zone: zoneName() });
  await refreshCalendar();
  return answer.ok === false ? answer.error : "";
}

async function go(to) {
  const problem = await move(to);
  if (problem) trouble.textContent = problem;
}

function toADay(anchor) {
  askForDay(anchor, async (day) => {
    const problem = await move({ day });
    pressed = anchor;
    if (!problem) (state.calendar.living ? play : anchor).focus();
    return problem;
  });
}

const playAt = () => go({ play: Number(paces.value) });

function playOrPause() {
  if (!state.calendar.living) return playAt();
  state.calendar.stopping = true; // said at once, whatever the app is in the middle of
  showPlay();
  showTime();
  return api.stopCalendar();
}

function showPlay() {
  const { living, stopping, next_due: anything } = state.calendar;
  playLabel.textContent = stopping ? "Pausing …" : living ? "Pause" : "Play";
  playIcons.play.style.display = living ? "none" : "";
  playIcons.pause.style.display = living ? "" : "none";
  play.disabled = !living && !anything;
}

let shownTime = "";
function showTime() {
  if (!state.calendar?.moves) return;
  const words = nowInWords({ long: true });
  if (words !== shownTime) time.textContent = words;
  shownTime = words;
}

function showDue() {
  const { living, pace, heading, next_due: moment, ran_out: ranOut } = state.calendar;
  const coming = living ? pace && heading : moment;
  const nothing = ranOut ? "Paused: nothing more is due" : "Nothing is due";
  due.textContent = coming ? `Next due: ${momentInWords(coming)}` : living ? "" : nothing;
}

function showWay() {
  const { since, to, now, pace } = state.calendar;
  const last = happened.days().findLast((row) => row.posts.length);
  progress.hidden = Boolean(pace);
  paces.hidden = !pace;
  progress.value = (Date.parse(now) - Date.parse(since)) / Math.max(1, Date.parse(to) - Date.parse(since));
  latest.textContent = last ? `${last.day}: ${happened.tallied(last.posts)}` : "Nothing yet";
}

/** Says, where one hears it, what a stretch has brought. */
function tell() {
  const { since, living } = state.calendar;
  if (living || since === told) return;
  if (told !== undefined) {
    const began = Date.parse(since);
    const posts = state.journal.filter((one) => Date.parse(one.at) >= began).flatMap((one) => one.posts);
    const brought = happened.tallied(posts) || "Nothing has happened";
    arrived.textContent = `${nowInWords({ long: true })}. ${brought} since ${dayInWords(since)}`;
  }
  told = since;
}

/** The moves give way to the progress and come back; whoever used them keeps the focus. */
function swap(living) {
  const within = moves.contains(document.activeElement);
  way.hidden = !living;
  if (living && within) play.focus();
  moves.hidden = living;
  if (living || document.activeElement !== play || !pressed || pressed === play) return;
  (pressed.disabled ? others[0] : pressed).focus();
  pressed = null;
}

export function render() {
  const { calendar } = state;
  bar.hidden = !calendar?.moves;
  if (bar.hidden) return;
  showTime();
  showDue();
  nextDue.disabled = !calendar.next_due;
  paces.hidden = false;
  showPlay();
  swap(calendar.living);
  if (calendar.living) showWay();
  happened.render();
  tell();
  if (calendar.trouble && !calendar.living) trouble.textContent = calendar.trouble;
}
