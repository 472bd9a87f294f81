// Dates as the reader sees them: in their own zone, by the workspace's calendar, which a demo may move.

import { me, state } from "./state.js";

const zone = () => me()?.time_zone || undefined; // before a person is chosen: the browser's own

/** The workspace's own time in milliseconds: its calendar was told, and has run on since. */
export function now() {
  const { calendar } = state;
  if (!calendar) return Date.now();
  return calendar.living ? onItsWay(calendar) : Date.parse(calendar.now) + (performance.now() - calendar.toldAt);
}

/** It stands still between its steps, but where it goes at a pace to the next thing due. */
function onItsWay({ now: at, pace, heading, stopping, toldAt }) {
  const began = Date.parse(at);
  if (!pace || !heading || stopping) return began;
  return Math.max(began, Math.min(Date.parse(heading), began + (performance.now() - toldAt) * pace));
}

const formats = new Map();
function write(at, options, language = "en-US") {
  const key = language + zone() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, { timeZone: zone(), ...options }));
  return formats
    .get(key)
    .format(at)
    .replace(/\u202f/g, " ");
}

/** Days since 1970 of the reader's own calendar day. */
function dayNumber(at) {
  const [month, day, year] = write(at, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").map(Number);
  return Date.UTC(year, month - 1, day) / 86400000;
}

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${["th", "st", "nd", "rd"][day % 10] ?? "th"}`;
}

const dayOfMonth = (at) => ordinal(Number(write(at, { day: "numeric" })));
const month = (at) => write(at, { month: "long" });
const year = (at) => write(at, { year: "numeric" });
const weekday = (at) => write(at, { weekday: "long" });
const sameYear = (at) => year(at) === year(now());

function nearby(at) {
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[dayNumber(at) - dayNumber(now())];
}

function ago(at) {
  const seconds = Math.round((at - now()) / 1000);
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, size] of [
    ["day", 86400],
    ["hour", 3600],
    ["minute", 60],
  ]) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return relative.format(seconds, "second");
}

const TOKENS = {
  date_num: (at) => new Date(dayNumber(at) * 86400000).toISOString().slice(0, 10),
  date_slash: (at) => write(at, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at) => `${month(at)} ${dayOfMonth(at)}, ${year(at)}`,
  date_long: (at) => `${weekday(at)}, ${month(at)} ${dayOfMonth(at)}, ${year(at)}`,
  date_long_full: (at) => write(at, { dateStyle: "long" }),
  date_short: (at) => write(at, { dateStyle: "medium" }),
  date_pretty: (at) => nearby(at) ?? TOKENS.date(at),
  date_long_pretty: (at) => nearby(at) ?? TOKENS.date_long(at),
  date_short_pretty: (at) => nearby(at) ?? TOKENS.date_short(at),
  day_divider_pretty: (at) => nearby(at) ?? TOKENS.date_long(at).replace(sameYear(at) ? /, \d{4}$/ : "", ""),
  time: (at) => write(at, { hour: "numeric", minute: "2-digit" }),
  time_secs: (at) => write(at, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

/**
 * Fills the date tokens of Slack's formats ("{date_long} at {time}") for a Unix time in seconds; the fallback when
 * that cannot be done. See docs.slack.dev/messaging/formatting-message-text, "Date formatting".
 */
export function formatDate(seconds, format, fallback = "") {
  if (writtenOn !== spoken()) {
    writtenOn = spoken();
    written.clear();
  }
  const key = `${seconds} ${format}`;
  if (!format.includes("{ago}") && written.has(key)) return written.get(key) ?? fallback;
  const words = filledIn(seconds, format);
  written.set(key, words);
  return words ?? fallback;
}

/** What has been written for this reader on this day: a conversation is gone through at every change in it. */
const written = new Map();
let writtenOn = "";
const spoken = () => `${zone()} ${today()}`;

/** null when that cannot be done. */
function filledIn(seconds, format) {
  const at = Number(seconds) * 1000;
  if (!String(seconds).trim() || !Number.isFinite(new Date(at).getTime())) return null;
  const unknown = [...format.matchAll(/\{(\w+)\}/g)].some(([, token]) => !TOKENS[token]);
  if (unknown) return null;
  return format.replace(/\{(\w+)\}/g, (_, token) => TOKENS[token](at));
}

/** The reader's day, as something that changes when it does. */
export function today() {
  const key = `${zone()} ${Math.floor(now() / 60000)}`;
  if (key !== day.key) day = { key, number: dayNumber(now()) };
  return day.number;
}
let day = {};

const british = (at, options) => write(at, options, "en-GB");

/** The workspace's time: "Friday, Mar 5, 2027, 2:05 PM", or long "Friday 5 March 2027, 2:05 PM". */
export function nowInWords({ long = false } = {}) {
  const at = now();
  const day = british(at, { day: "numeric", month: "long", year: "numeric" });
  return `${weekday(at)}${long ? ` ${day}` : `, ${TOKENS.date_short(at)}`}, ${TOKENS.time(at)}`;
}

/** Of an ISO moment: "14 January", with the year where it is another one than now. */
export function dayInWords(iso) {
  const at = Date.parse(iso);
  return british(at, { day: "numeric", month: "long", ...(sameYear(at) ? {} : { year: "numeric" }) });
}

/** Of an ISO moment: "Monday 14 January, 9:00 AM". */
export function momentInWords(iso) {
  const at = Date.parse(iso);
  return `${weekday(at)} ${dayInWords(iso)}, ${TOKENS.time(at)}`;
}

/** From the reader's own day: 1 to 7. */
export function daysToMonday() {
  const sinceMonday = (today() + 3) % 7; // day 0, in 1970, was a Thursday
  return 7 - sinceMonday;
}

/** The reader's day so many days or years on: "2027-01-05". */
export function dateIn({ days = 0, years = 0 }) {
  const date = new Date((today() + days) * 86400000);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}

/** The reader's time zone by its IANA name. */
export const zoneName = () => zone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Of a Unix time in seconds: "2027-03-05T14:05", as the reader's own clock shows it. */
export function localAt(seconds) {
  const at = new Date(seconds * 1000);
  const [day, time] = [{ year: "numeric", month: "2-digit", day: "2-digit" }, { hour: "2-digit", minute: "2-digit" }];
  return `${british(at, day).split("/").reverse().join("-")}T${british(at, time)}`;
}

/** The other way round. Where the clocks go back, the first of the two. */
export function secondsAt(local) {
  const wanted = Date.parse(`${local}Z`);
  const offset = (guess) => Date.parse(`${localAt(guess / 1000)}Z`) - guess;
  const near = wanted - offset(wanted);
  return Math.round((wanted - offset(near)) / 1000);
}

/** Of a message's ts: "2:05 PM", "Friday, March 5th" or "Today", and the whole for a tooltip. */
export const timeOf = (ts) => formatDate(ts, "{time}");
export const dayOf = (ts) => formatDate(ts, "{day_divider_pretty}").replace(/^./, (letter) => letter.toUpperCase());
export const momentOf = (ts) => `${formatDate(ts, "{date_long}")} at ${formatDate(ts, "{time_secs}")}`;
