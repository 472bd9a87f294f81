// The calendar bar: the workspace's time, its next event, moving there, and playing. It is shown only if the app has
// scheduled work that moves with the calendar.

import * as api from "./api.js";
import { daysToMonday, formatDay, formatMoment, formatNow, zoneName } from "./clock.js";
import { h, icon } from "./dom.js";
import * as journal from "./journal.js";
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
const OTHER_DATE = "A date …";
const SPEEDS = [
  { name: "1 hour per second", speed: HOUR },
  { name: "1 day per second", speed: 24 * HOUR },
  { name: "1 week per second", speed: 7 * 24 * HOUR },
];

const bar = document.getElementById("calendar");
const time = h("strong.calendar-now");
const due = h("span.calendar-due");
const error = h("p.calendar-error", { role: "alert" });

const playLabel = h("span");
const playIcons = { play: icon("play"), pause: icon("pause") };
const play = h("button.calendar-play", { type: "button", onclick: playOrPause }, Object.values(playIcons), playLabel);
const speeds = h(
  "select",
  { "aria-label": "Speed", onchange: () => state.calendar.moving && playAtSpeed() },
  SPEEDS.map(({ name, speed }) => h("option", { value: String(speed), selected: speed === 24 * HOUR }, name)),
);

const [nextEvent, ...others] = MOVES.map((move) =>
  h(
    "button",
    { type: "button", "aria-label": move.name, onclick: () => go(move.to()) },
    ...(move.short ? [h("span.calendar-long", {}, "Next "), move.short] : [move.name]),
  ),
);
const chooseDate = h(
  "button",
  { type: "button", "aria-haspopup": "true", "aria-expanded": "false", onclick: () => goToDate(chooseDate) },
  OTHER_DATE,
);
const more = overflow(
  {
    options: [...MOVES.slice(1).map((move) => move.name), OTHER_DATE].map((name) => ({
      text: { type: "plain_text", text: name },
      value: name,
    })),
  },
  {
    labels: { "aria-label": "More ways to move the calendar" },
    onPick: (name) => (name === OTHER_DATE ? goToDate(more) : go(MOVES.find((move) => move.name === name).to())),
  },
);
more.classList.add("calendar-more");
const next = h("span.calendar-next", { "aria-hidden": "true" }, "Next");
const moves = h("div.calendar-moves", { role: "group", "aria-label": "Move the calendar" });
moves.append(next, nextEvent, ...others, chooseDate, more);

const progress = h("progress", { max: "1", "aria-label": "Progress" });
const latest = h("span.calendar-latest");
const progressRow = h("div.calendar-progress", { hidden: true }, progress, latest);
const arrived = h("p.aside", { role: "status" });
let pressed = null; // the control that started the move
let announced; // the start of the last move that was announced

export function setUp() {
  const text = h("div.calendar-text", {}, icon("calendar"), h("p", {}, time, due), journal.button);
  const controls = h("div.calendar-controls", {}, progressRow, h("div.calendar-speed", {}, play, speeds), moves);
  bar.append(text, controls, error, arrived);
  bar.addEventListener("keydown", (event) => event.key === "Escape" && journal.shut());
  setInterval(showTime, SECONDS / 4);
}

/** Moves the calendar. Returns an error sentence, or "". */
async function move(to) {
  error.textContent = "";
  pressed = document.activeElement;
  const answer = await api.moveCalendar({ ...to, zone: zoneName() });
  await refreshCalendar();
  return answer.ok === false ? answer.error : "";
}

async function go(to) {
  const problem = await move(to);
  if (problem) error.textContent = problem; // else the calendar's own error, if any, is shown
}

function goToDate(anchor) {
  askForDay(anchor, async (day) => {
    const problem = await move({ day });
    pressed = anchor;
    if (!problem) (state.calendar.moving ? play : anchor).focus();
    return problem;
  });
}

const playAtSpeed = () => go({ play: Number(speeds.value) });

function playOrPause() {
  if (!state.calendar.moving) return playAtSpeed();
  state.calendar.stopping = true; // shown at once, even if the app is still at work
  showPlay();
  showTime();
  return api.stopCalendar();
}

function showPlay() {
  const { moving, stopping, next_due: nextDue } = state.calendar;
  playLabel.textContent = stopping ? "Pausing …" : moving ? "Pause" : "Play";
  playIcons.play.style.display = moving ? "none" : "";
  playIcons.pause.style.display = moving ? "" : "none";
  play.disabled = !moving && !nextDue;
}

let shownTime = "";
function showTime() {
  if (!state.calendar?.can_move) return;
  const text = formatNow({ long: true });
  if (text !== shownTime) time.textContent = text;
  shownTime = text;
}

function showDue() {
  const { moving, speed, next_stop: nextStop, next_due: nextDue, ran_out: ranOut } = state.calendar;
  const next = moving ? speed && nextStop : nextDue;
  const nothing = ranOut ? "Paused: nothing more is due" : "Nothing is due";
  due.textContent = next ? `Next event: ${formatMoment(next)}` : moving ? "" : nothing;
}

function showProgress() {
  const { since, to, now, speed } = state.calendar;
  const last = journal.days().findLast((row) => row.posts.length);
  progress.hidden = Boolean(speed);
  speeds.hidden = !speed;
  progress.value = (Date.parse(now) - Date.parse(since)) / Math.max(1, Date.parse(to) - Date.parse(since));
  latest.textContent = last ? `${last.day}: ${journal.countByName(last.posts)}` : "No messages yet";
}

/** Announces the result of a move to screen readers. */
function announce() {
  const { since, moving } = state.calendar;
  if (moving || since === announced) return;
  if (announced !== undefined) {
    const started = Date.parse(since);
    const posts = state.journal.filter((one) => Date.parse(one.at) >= started).flatMap((one) => one.posts);
    const counts = journal.countByName(posts) || "No messages";
    arrived.textContent = `${formatNow({ long: true })}. ${counts} since ${formatDay(since)}`;
  }
  announced = since;
}

/** Shows the progress instead of the moves while the calendar moves, and keeps the focus. */
function swap(moving) {
  const within = moves.contains(document.activeElement);
  progressRow.hidden = !moving;
  if (moving && within) play.focus();
  moves.hidden = moving;
  if (moving || document.activeElement !== play || !pressed || pressed === play) return;
  (pressed.disabled ? others[0] : pressed).focus();
  pressed = null;
}

export function render() {
  const { calendar } = state;
  bar.hidden = !calendar?.can_move;
  if (bar.hidden) return;
  showTime();
  showDue();
  nextEvent.disabled = !calendar.next_due;
  speeds.hidden = false;
  showPlay();
  swap(calendar.moving);
  if (calendar.moving) showProgress();
  journal.render();
  announce();
  if (calendar.error && !calendar.moving) error.textContent = calendar.error;
}
