// Holds something back while a button of the pointer is down: what is pressed must not move or be replaced before it is let go.

let pressed = false;
let owed = null;

function letGo() {
  pressed = false;
  const act = owed;
  owed = null;
  act?.();
}

/** Does `act` at once, or as soon as nothing is pressed. Of several that wait, the last is done. */
export function whenLetGo(act) {
  if (pressed) owed = act;
  else act();
}

export function setUp() {
  addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(letGo), true); // after the click
  // Let go outside of the window, where nobody told us.
  addEventListener("pointermove", ({ buttons }) => pressed && !buttons && letGo(), true);
}
