// Delays work while a pointer button is down, so that nothing moves or is replaced under the pointer.

let pressed = false;
let pending = null;

function release() {
  pressed = false;
  const act = pending;
  pending = null;
  act?.();
}

/** Calls `act` at once, or when the pointer is released. Of several that wait, only the last is called. */
export function whenReleased(act) {
  if (pressed) pending = act;
  else act();
}

export function setUp() {
  addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release), true); // after the click
  // Released outside of the window, without an event.
  addEventListener("pointermove", ({ buttons }) => pressed && !buttons && release(), true);
}
