// Avatars of people and the app, and their tags.

import { h } from "./dom.js";
import { app, fullName, state } from "./state.js";

const SVG = "http://www.w3.org/2000/svg";

const SKIN = ["#f7dac8", "#efc4a4", "#dba67c", "#bd8057", "#93603f", "#6b432d"];
const DARK_FROM = 2; // from here on in SKIN hair is dark or grey
const DARK = ["#1f1a1c", "#2e221d", "#443028", "#8f8c8a"];
const HAIR = [...DARK, "#6b4127", "#98652f", "#c79a55", "#a04a2c"];
const CLOTHES = ["#3f7f74", "#5b6fae", "#b86d4c", "#8667a0", "#c39440", "#4a7d9b", "#a0546d", "#6d7e50"];
const LINE = "#3a211b";

const NECK = "M16.6 23h6.8v6.2a3.4 3.4 0 0 1-6.8 0Z";
const SHOULDERS = "M5.5 42c0-8.6 5.6-13 11.1-13.4 1.6 2.6 5.2 2.6 6.8 0C28.9 29 34.5 33.4 34.5 42Z";
const HEAD = "M20 8.8c4.6 0 7.6 3.6 7.6 8.6 0 5.4-3.4 9.6-7.6 9.6s-7.6-4.2-7.6-9.6c0-5 3-8.6 7.6-8.6Z";
const EARS = "M12.6 16.6a2 2 0 1 0 .5 3.9M27.4 16.6a2 2 0 1 1-.5 3.9";
const EYES = "M16.9 17.6v.5M23.1 17.6v.5";
const BROWS = "M15.6 15.2q1.3-.9 2.6-.3M24.4 15.2q-1.3-.9-2.6-.3";
const SMILES = ["M17 21.6q3 2.6 6 0", "M17.4 21.9q2.6 1.7 5.2 0", "M16.9 21.3q3.1 3.6 6.2 0Z"];
const GLASSES = "M13.9 17.9a2.9 2.6 0 1 0 5.8 0 2.9 2.6 0 1 0-5.8 0ZM20.3 17.9a2.9 2.6 0 1 0 5.8 0 2.9 2.6 0 1 0-5.8 0Z";

const CAP = "M12 17.6C10.8 9.4 15 6.4 20 6.4s9.2 3 8 11.2c-.6-3-1.8-5-3.4-5.8-3 .9-6.4.9-9.2 0-1.6.8-2.8 2.8-3.4 5.8Z";
const PARTING = "M12 17.6C10.6 9.4 15 6 20.6 6.2c5.6 0 8.6 3.6 7.4 11.4-.5-2.9-1.8-4.9-4.4-6.5-2.9 2.1-6.6 2.9-9.6 2.8-1 1-1.7 2.2-2 3.7Z";
const MIDDLE = "M12.2 17.8C11 10.4 15 7 20 7c5 0 9 3.4 7.8 10.8-1-3.4-3.4-5.8-7.8-7.4-4.4 1.6-6.8 4-7.8 7.4Z";
const FRINGE = "M12 17.8C10.8 9.2 15 6.2 20 6.2s9.2 3 8 11.6c-.3-1.6-.7-2.8-1.2-3.8-4.4.8-9.2.8-13.6 0-.5 1-.9 2.2-1.2 3.8Z";
const CURLS =
  "M12.6 12.2a3.4 3.4 0 0 1 3.6-4.4 4 4 0 0 1 7.6 0 3.4 3.4 0 0 1 3.6 4.4 3 3 0 0 1 .8 4.8c-.8-2.6-2-4.2-3.6-4.8-3 .8-6.2.8-9.2 0-1.6.6-2.8 2.2-3.6 4.8a3 3 0 0 1 .8-4.8Z";

const SHORT = 4; // short hair comes first in STYLES
// Hair behind the head, and in front of it.
const STYLES = [
  ["", CAP],
  ["", PARTING],
  ["", CURLS],
  ["", FRINGE],
  ["M10.6 24.6C8.8 12.4 12.4 5.6 20 5.6s11.2 6.8 9.4 19c-1.4 1.4-17.4 1.4-18.8 0Z", FRINGE],
  ["M10.4 24.6C8.8 12.4 12.4 5.6 20 5.6s11.2 6.8 9.6 19c-1.6 1.4-17.6 1.4-19.2 0Z", PARTING],
  ["M9.8 33C7.4 21 8.6 5.6 20 5.6S32.6 21 30.2 33c-4 2-16.4 2-20.4 0Z", MIDDLE],
  ["M9.6 29c-1.6-2.6.4-5-.2-9C9 11 13 5.6 20 5.6S31 11 30.6 20c-.6 4 1.4 6.4-.2 9-4.6 2-16.2 2-20.8 0Z", PARTING],
  ["M20 1.4a4 4 0 1 1 0 8 4 4 0 0 1 0-8Z", MIDDLE],
  ["M13 7.4a4.6 4.6 0 0 1 14 0 4.6 4.6 0 0 1 4 8 4.4 4.4 0 0 1-.8 8.2c-4 2-16.4 2-20.4 0A4.4 4.4 0 0 1 9 15.4a4.6 4.6 0 0 1 4-8Z", CURLS],
];

/** Numbers from an id, each below the given one: `next(6)`. */
function chooser(id) {
  let seed = 2166136261;
  for (const letter of id) seed = Math.imul(seed ^ letter.codePointAt(0), 16777619);
  return (below) => {
    seed = Math.imul(seed ^ (seed >>> 15), 2246822519);
    seed ^= seed >>> 13;
    return (seed >>> 0) % below;
  };
}

function path(d, attributes) {
  const node = document.createElementNS(SVG, "path");
  node.setAttribute("d", d);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

const line = (d, stroke, width) =>
  path(d, { fill: "none", stroke, "stroke-width": width, "stroke-linecap": "round", "stroke-linejoin": "round" });

const LOOK = /^face (\d) (\d) (\d)$/;

/** Whether the avatar describes a drawn face; else it is an emoji. */
const isDrawn = (avatar) => !avatar || avatar === "short" || LOOK.test(avatar);

/** Skin, hair colour and hair style: from the avatar ("face 5 0 9", indexes in the lists above), or random. */
function looks(next, avatar) {
  const [, ...indexes] = LOOK.exec(avatar) ?? [];
  if (indexes.length) return [SKIN[indexes[0]], HAIR[indexes[1]], STYLES[indexes[2]]];
  const tone = next(SKIN.length);
  const hairs = tone < DARK_FROM ? HAIR : DARK;
  return [SKIN[tone], hairs[next(hairs.length)], STYLES[next(avatar === "short" ? SHORT : STYLES.length)]];
}

/** A drawn face, as an SVG without an accessible name. */
function portrait(id, avatar = "") {
  const next = chooser(id);
  const [skin, hair, [behind, before]] = looks(next, avatar);
  const smile = SMILES[next(SMILES.length)];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 40 40");
  svg.setAttribute("class", "portrait");
  svg.append(
    ...(behind ? [path(behind, { fill: hair })] : []),
    path(SHOULDERS, { fill: CLOTHES[next(CLOTHES.length)] }),
    path(NECK, { fill: skin }),
    path(NECK, { fill: LINE, opacity: "0.14" }),
    path(EARS, { fill: skin }),
    path(HEAD, { fill: skin }),
    path(before, { fill: hair }),
    line(BROWS, hair, 0.9),
    line(EYES, LINE, 1.7),
    smile.endsWith("Z") ? path(smile, { fill: "#fff", stroke: LINE, "stroke-width": 0.8 }) : line(smile, LINE, 1.1),
    ...(next(4) ? [] : [line(GLASSES, LINE, 0.8)]),
  );
  return svg;
}

const HUES = 8;

function initials(one) {
  const words = fullName(one).split(/\s+/).filter(Boolean);
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return [first, last]
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

/** Neighbours in the list get different colours. */
function hue(id) {
  const place = state.workspace?.members.findIndex((one) => one.id === id) ?? 0;
  return ((place + HUES) * 3) % HUES;
}

/** A round face: the avatar's emoji, or a drawn one; the app's is square, with its initials. Decorative: the name is always beside it. */
export function avatar(one, size = "") {
  const kind = one?.is_bot ? "app" : one?.deactivated ? "deactivated" : `hue-${hue(one?.id)}`;
  const emoji = isDrawn(one?.avatar) ? "" : one.avatar;
  const drawn = !emoji && one && !one.is_bot ? portrait(one.id, one.avatar) : null;
  const classes = { class: `${size} ${emoji ? "emoji-avatar" : ""}`, "aria-hidden": "true" };
  return h(`span.avatar.${kind}`, classes, emoji || drawn || initials(one ?? app()));
}

/** "Guest", "External", "Deactivated" or "App", or nothing. */
export function tagOf(one) {
  const mark = one.deactivated
    ? "Deactivated"
    : one.is_bot
      ? "App"
      : one.is_stranger
        ? "External"
        : one.is_guest
          ? "Guest"
          : "";
  return mark ? h(`span.tag.tag-${mark.toLowerCase()}`, {}, mark) : null;
}
