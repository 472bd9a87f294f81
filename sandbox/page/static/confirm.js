// The dialog of a confirm object, before an action is sent to the app.

import { freshId, h } from "./dom.js";
import { mrkdwn } from "./mrkdwn.js";
import { update } from "./state.js";
import { plain } from "./text.js";

const textNodes = (object) => (object?.type === "mrkdwn" ? mrkdwn(object.text) : plain(object));

/** Shows the dialog. Resolves to whether the person confirmed; Escape means no. */
export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    const title = freshId("confirm");
    const text = freshId("confirm-text");
    const answer = (value) => () => {
      dialog.close();
      dialog.remove();
      update({}); // for parts that depend on the open dialog
      resolve(value);
    };
    const isDanger = question.style === "danger";
    const dialog = h(
      "dialog.confirm",
      {
        role: "alertdialog",
        "aria-labelledby": title,
        "aria-describedby": text,
        oncancel: (event) => (event.preventDefault(), answer(false)()),
      },
      h("h2", { id: title }, plain(question.title) || "Are you sure?"),
      h("div.text", { id: text }, textNodes(question.text)),
      h(
        "div.dialog-buttons",
        {},
        h("button", { type: "button", onclick: answer(false), autofocus: isDanger }, plain(question.deny) || "Cancel"),
        h(
          `button.${isDanger ? "danger" : "primary"}`,
          { type: "button", onclick: answer(true), autofocus: !isDanger },
          plain(question.confirm) || "Yes",
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
    update({});
  });
}
