// Going to a day that somebody chooses.

import { dateIn } from "./clock.js";
import { freshId, h } from "./dom.js";
import { disclosure } from "./popup.js";

const YEARS = 10;
const id = freshId("someday");
const wrongId = freshId("someday-wrong");
let chosen = async () => "";

const input = h("input", { type: "date", id, "aria-describedby": wrongId, required: true });
const wrong = h("p.calendar-trouble", { id: wrongId, role: "alert" });
const panel = h(
  "form.calendar-someday",
  { novalidate: true, "aria-label": "To a date", onsubmit: send },
  h("label", { for: id }, "Go to"),
  h("div.calendar-someday-row", {}, input, h("button.primary", { type: "submit" }, "Go")),
  wrong,
);
const popup = disclosure(panel);

async function send(event) {
  event.preventDefault();
  wrong.textContent = "";
  const problem = await chosen(input.value);
  if (problem) {
    wrong.textContent = problem;
    input.focus();
  } else popup.shut();
}

/** Asks for a day beside `button`; `going(isoDate)` answers a sentence when it leads nowhere, else "". */
export function askForDay(button, going) {
  if (!popup.toggle(button)) return;
  chosen = going;
  wrong.textContent = "";
  input.min = dateIn({ days: 1 });
  input.max = dateIn({ years: YEARS });
  if (!input.value || input.value < input.min) input.value = input.min;
  input.focus();
}
