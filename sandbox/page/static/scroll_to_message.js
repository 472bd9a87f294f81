// A message that somebody is to be shown: looked for further back until it is there, then kept in sight until they scroll or more arrives.

import { state } from "./state.js";
import { loadEarlier } from "./sync.js";

const LIT = 2500; // milliseconds for which it stands out
let list = null;
let sought = null; // { here, ts, found, asking }

/** Looks in `rows`, which are scrolled in `log`. */
export function lookIn(rows, log) {
  list = rows;
  for (const kind of ["wheel", "pointerdown", "touchmove", "keydown"])
    log.addEventListener(kind, () => (sought = null), { passive: true });
}

/** Goes to a message of somebody's conversation, now or as soon as it is open; to its foot where the message is gone. */
export function seek(person, channel, ts) {
  sought = { here: `${person}/${channel}`, ts, found: false, asking: false };
  showSought();
}

/** What has been found need not be kept in sight any more. */
export function letGo() {
  if (sought?.found) sought = null;
}

/** Shows it if it has been loaded, else fetches what is earlier; whether there is one to show here. */
export function showSought() {
  const here = `${state.person}/${state.channel}`;
  if (sought?.here !== here || state.loaded !== here) return false;
  const row = list.querySelector(`[data-ts="${CSS.escape(sought.ts)}"]`);
  if (row) show(row);
  else if (state.hasMore && sought.ts < state.messages[0]?.ts) lookFurtherBack();
  else sought = null;
  return Boolean(sought);
}

function show(row) {
  const fits = row.offsetHeight < row.closest("[role=log]").clientHeight;
  row.scrollIntoView({ block: fits ? "center" : "start" });
  if (sought.found) return;
  sought.found = true;
  row.classList.add("found");
  setTimeout(() => row.classList.remove("found"), LIT);
}

async function lookFurtherBack() {
  const mine = sought;
  if (mine.asking) return;
  mine.asking = true;
  await loadEarlier();
  mine.asking = false;
}
