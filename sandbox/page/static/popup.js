// Popups beside a control: lists, menus and hints, in the browser's top layer so that nothing clips them.

const GAP = 4;
const EDGE = 8;

function place(panel, anchor, asWide) {
  const box = anchor.getBoundingClientRect();
  const below = innerHeight - box.bottom - GAP - EDGE;
  const above = box.top - GAP - EDGE;
  if (asWide) panel.style.minWidth = `${Math.min(box.width, innerWidth - 2 * EDGE)}px`;
  panel.style.maxWidth = `${Math.min(Math.max(asWide ? box.width : 0, 380), innerWidth - 2 * EDGE)}px`;
  panel.style.maxHeight = `${Math.min(340, Math.max(below, above))}px`;
  const upwards = below < panel.offsetHeight && above > below;
  panel.style.top = `${upwards ? Math.max(EDGE, box.top - GAP - panel.offsetHeight) : box.bottom + GAP}px`;
  panel.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - EDGE - panel.offsetWidth))}px`;
}

/**
 * Opens `panel` at `anchor` until the returned function is called or the person presses outside of both; then calls
 * `onClose()`. It is placed in the anchor's dialog, so that a modal dialog lets it be used, else in its part of the
 * page. A `note` stays open, and is only as wide as its text.
 */
export function openPopup(panel, anchor, onClose = () => {}, { note = false } = {}) {
  const follow = () => place(panel, anchor, !note);
  const outside = (event) => {
    if (!panel.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const watcher = new ResizeObserver(follow);
  let open = true;

  function close() {
    if (!open) return;
    open = false;
    watcher.disconnect();
    removeEventListener("pointerdown", outside, true);
    removeEventListener("scroll", follow, true);
    removeEventListener("resize", follow);
    panel.remove();
    onClose();
  }

  panel.setAttribute("popover", "manual");
  panel.classList.add("popup");
  (anchor.closest("dialog, main, section[aria-label]") ?? document.body).append(panel);
  panel.showPopover();
  follow();
  watcher.observe(panel);
  watcher.observe(anchor);
  if (!note) addEventListener("pointerdown", outside, true);
  addEventListener("scroll", follow, true);
  addEventListener("resize", follow);
  return close;
}

/**
 * A panel that a button opens and closes: `toggle(button)` returns whether it is open now, `shut()` whether it was.
 * Escape closes it and returns the focus.
 */
export function disclosure(panel) {
  let close = null;
  let anchor = null;

  function shut() {
    const was = Boolean(close);
    close?.();
    return was;
  }

  function toggle(button) {
    if (shut()) return false;
    anchor = button;
    close = openPopup(panel, button, () => {
      close = null;
      button.setAttribute("aria-expanded", "false");
    });
    button.setAttribute("aria-expanded", "true");
    return true;
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    shut();
    anchor.focus();
  });
  return { toggle, shut, isOpen: () => Boolean(close) };
}
