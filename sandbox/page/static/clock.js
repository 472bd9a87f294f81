// Dates in the person's time zone, by the workspace's calendar, which a demo can move.

import { me, state } from "./state.js";

const zone = () => me()?.time_zone || undefined; // before a person is chosen: the browser's own

/** The workspace's time in milliseconds: as last received, plus the time since. */
export function now() {
  const { calendar } = state;
  if (!calendar) return Date.now();
  return calendar.moving ? whileMoving(calendar) : Date.parse(calendar.now) + (performance.now() - calendar.receivedAt);
}

/** While it plays at a speed, the time runs on to the next stop; else it changes only at the stops. */
function whileMoving({ now: received, speed, next_stop: nextStop, stopping, receivedAt }) {
  const from = Date.parse(received);
  if (!speed || !nextStop || stopping) return from;
  return Math.max(from, Math.min(Date.parse(nextStop), from + (performance.now() - receivedAt) * speed));
}

const formats = new Map();
function formatWith(at, options, language = "en-US") {
  const key = language + zone() + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, { timeZone: zone(), ...options }));
  return formats
    .get(key)
    .format(at)
    .replace(/\u202f/g, " ");
}

/** Days since 1970 of the calendar day in the person's time zone. */
function dayNumber(at) {
  const [month, day, year] = formatWith(at, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/").map(Number);
  return Date.UTC(year, month - 1, day) / 86400000;
}

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${["th", "st", "nd", "rd"][day % 10] ?? "th"}`;
}

const dayOfMonth = (at) => ordinal(Number(formatWith(at, { day: "numeric" })));
const month = (at) => formatWith(at, { month: "long" });
const year = (at) => formatWith(at, { year: "numeric" });
const weekday = (at) => formatWith(at, { weekday: "long" });
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
  date_slash: (at) => formatWith(at, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at) => `${month(at)} ${dayOfMonth(at)}, ${year(at)}`,
  date_long: (at) => `${weekday(at)}, ${month(at)} ${dayOfMonth(at)}, ${year(at)}`,
  date_long_full: (at) => formatWith(at, { dateStyle: "long" }),
  date_short: (at) => formatWith(at, { dateStyle: "medium" }),
  date_pretty: (at) => nearby(at) ?? TOKENS.date(at),
  date_long_pretty: (at) => nearby(at) ?? TOKENS.date_long(at),
  date_short_pretty: (at) => nearby(at) ?? TOKENS.date_short(at),
  day_divider_pretty: (at) => nearby(at) ?? TOKENS.date_long(at).replace(sameYear(at) ? /, \d{4}$/ : "", ""),
  time: (at) => formatWith(at, { hour: "numeric", minute: "2-digit" }),
  time_secs: (at) => formatWith(at, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
  ago,
};

/**
 * Fills the date tokens of Slack's formats ("{date_long} at {time}") for a Unix time in seconds; returns the fallback
 * if that is not possible. See docs.slack.dev/messaging/formatting-message-text, "Date formatting".
 */
export function formatDate(seconds, format, fallback = "") {
  if (cacheKey !== currentKey()) {
    cacheKey = currentKey();
    cache.clear();
  }
  const key = `${seconds} ${format}`;
  if (!format.includes("{ago}") && cache.has(key)) return cache.get(key) ?? fallback;
  const text = fillTokens(seconds, format);
  cache.set(key, text);
  return text ?? fallback;
}

/** Dates formatted for this time zone and day: a conversation is rendered at every change in it. */
const cache = new Map();
let cacheKey = "";
const currentKey = () => `${zone()} ${today()}`;

/** null if that is not possible. */
function fillTokens(seconds, format) {
  const at = Number(seconds) * 1000;
  if (!String(seconds).trim() || !Number.isFinite(new Date(at).getTime())) return null;
  const unknown = [...format.matchAll(/\{(\w+)\}/g)].some(([, token]) => !TOKENS[token]);
  if (unknown) return null;
  return format.replace(/\{(\w+)\}/g, (_, token) => TOKENS[token](at));
}

/** The person's day as a number. */
export function today() {
  const key = `${zone()} ${Math.floor(now() / 60000)}`;
  if (key !== day.key) day = { key, number: dayNumber(now()) };
  return day.number;
}
let day = {};

const british = (at, options) => formatWith(at, options, "en-GB");

/** The workspace's time: "Friday, Mar 5, 2027, 2:05 PM", or long "Friday 5 March 2027, 2:05 PM". */
export function formatNow({ long = false } = {}) {
  const at = now();
  const day = british(at, { day: "numeric", month: "long", year: "numeric" });
  return `${weekday(at)}${long ? ` ${day}` : `, ${TOKENS.date_short(at)}`}, ${TOKENS.time(at)}`;
}

/** An ISO timestamp as "14 January", with the year if it is not the current one. */
export function formatDay(iso) {
  const at = Date.parse(iso);
  return british(at, { day: "numeric", month: "long", ...(sameYear(at) ? {} : { year: "numeric" }) });
}

/** An ISO timestamp as "Monday 14 January, 9:00 AM". */
export function formatMoment(iso) {
  const at = Date.parse(iso);
  return `${weekday(at)} ${formatDay(iso)}, ${TOKENS.time(at)}`;
}

/** Days from the person's day to the next Monday: 1 to 7. */
export function daysToMonday() {
  const sinceMonday = (today() + 3) % 7; // day 0, in 1970, was a Thursday
  return 7 - sinceMonday;
}

/** The person's day some days or years later: "2027-01-05". */
export function dateIn({ days = 0, years = 0 }) {
  const date = new Date((today() + days) * 86400000);
  date.setUTCFullYear(date.getUTCFullYear() + years);
  return date.toISOString().slice(0, 10);
}

/** The person's time zone by its IANA name. */
export const zoneName = () => zone() ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A Unix time in seconds as "2027-03-05T14:05" in the person's time zone. */
export function localAt(seconds) {
  const at = new Date(seconds * 1000);
  const [day, time] = [{ year: "numeric", month: "2-digit", day: "2-digit" }, { hour: "2-digit", minute: "2-digit" }];
  return `${british(at, day).split("/").reverse().join("-")}T${british(at, time)}`;
}

/** The reverse of `localAt`; the first of two if the clocks go back. */
export function secondsAt(local) {
  const wanted = Date.parse(`${local}Z`);
  const offset = (guess) => Date.parse(`${localAt(guess / 1000)}Z`) - guess;
  const near = wanted - offset(wanted);
  return Math.round((wanted - offset(near)) / 1000);
}

/** A message's ts as "2:05 PM", as "Friday, March 5th" or "Today", and in full for a tooltip. */
export const timeOf = (ts) => formatDate(ts, "{time}");
export const dayOf = (ts) => formatDate(ts, "{day_divider_pretty}").replace(/^./, (letter) => letter.toUpperCase());
export const momentOf = (ts) => `${formatDate(ts, "{date_long}")} at ${formatDate(ts, "{time_secs}")}`;
