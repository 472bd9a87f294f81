// Scrolls to a message: loads earlier messages until it is there, then keeps it visible until the person scrolls or more arrive.

import { state } from "./state.js";
import { loadEarlier } from "./sync.js";

const HIGHLIGHT_MS = 2500;
let list = null;
let target = null; // { here, ts, found, loading }

/** `rows` is the list of messages, `log` the element that scrolls it. */
export function setUp(rows, log) {
  list = rows;
  for (const kind of ["wheel", "pointerdown", "touchmove", "keydown"])
    log.addEventListener(kind, () => (target = null), { passive: true });
}

/** Scrolls to a message, now or when its conversation is open; to the newest if the message no longer exists. */
export function scrollTo(person, channel, ts) {
  target = { here: `${person}/${channel}`, ts, found: false, loading: false };
  apply();
}

/** Stop keeping a message visible that was found. */
export function release() {
  if (target?.found) target = null;
}

/** Scrolls if the message is loaded, else loads earlier ones. Returns whether there is a target in this conversation. */
export function apply() {
  const here = `${state.person}/${state.channel}`;
  if (target?.here !== here || state.loaded !== here) return false;
  const row = list.querySelector(`[data-ts="${CSS.escape(target.ts)}"]`);
  if (row) show(row);
  else if (state.hasMore && target.ts < state.messages[0]?.ts) loadFurther();
  else target = null;
  return Boolean(target);
}

function show(row) {
  const fits = row.offsetHeight < row.closest("[role=log]").clientHeight;
  row.scrollIntoView({ block: fits ? "center" : "start" });
  if (target.found) return;
  target.found = true;
  row.classList.add("highlighted");
  setTimeout(() => row.classList.remove("highlighted"), HIGHLIGHT_MS);
}

async function loadFurther() {
  const current = target;
  if (current.loading) return;
  current.loading = true;
  await loadEarlier();
  current.loading = false;
}
