// The popup for moving the calendar to a chosen day.

import { dateIn } from "./clock.js";
import { freshId, h } from "./dom.js";
import { disclosure } from "./popup.js";

const YEARS = 10;
const id = freshId("date-picker");
const errorId = freshId("date-picker-error");
let onChoose = async () => "";

const input = h("input", { type: "date", id, "aria-describedby": errorId, required: true });
const error = h("p.calendar-error", { id: errorId, role: "alert" });
const panel = h(
  "form.date-picker",
  { novalidate: true, "aria-label": "Choose a date", onsubmit: send },
  h("label", { for: id }, "Go to"),
  h("div.date-picker-row", {}, input, h("button.primary", { type: "submit" }, "Go")),
  error,
);
const popup = disclosure(panel);

async function send(event) {
  event.preventDefault();
  error.textContent = "";
  const problem = await onChoose(input.value);
  if (problem) {
    error.textContent = problem;
    input.focus();
  } else popup.shut();
}

/** Opens beside `button`. `choose(isoDate)` resolves to an error sentence, or "" if the calendar moves. */
export function askForDay(button, choose) {
  if (!popup.toggle(button)) return;
  onChoose = choose;
  error.textContent = "";
  input.min = dateIn({ days: 1 });
  input.max = dateIn({ years: YEARS });
  if (!input.value || input.value < input.min) input.value = input.min;
  input.focus();
}
