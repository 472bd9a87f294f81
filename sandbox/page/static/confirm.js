// The question a confirm object asks before an action goes to the app.

import { freshId, h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { update } from "./state.js";
import { plain } from "./text.js";

const words = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : plain(object));

/** Asks, and answers whether the person agreed. Escape means no. */
export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((settle) => {
    const title = freshId("confirm");
    const text = freshId("confirm-text");
    const answer = (value) => () => {
      dialog.close();
      dialog.remove();
      update({}); // for whatever depends on what is open
      settle(value);
    };
    const grave = question.style === "danger";
    const dialog = h(
      "dialog.confirm",
      {
        role: "alertdialog",
        "aria-labelledby": title,
        "aria-describedby": text,
        oncancel: (event) => (event.preventDefault(), answer(false)()),
      },
      h("h2", { id: title }, plain(question.title) || "Are you sure?"),
      h("div.words", { id: text }, words(question.text)),
      h(
        "div.dialog-buttons",
        {},
        h("button", { type: "button", onclick: answer(false), autofocus: grave }, plain(question.deny) || "Cancel"),
        h(
          `button.${grave ? "danger" : "primary"}`,
          { type: "button", onclick: answer(true), autofocus: !grave },
          plain(question.confirm) || "Yes",
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
    update({});
  });
}
