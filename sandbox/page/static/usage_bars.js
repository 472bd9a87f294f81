// How full something is: text, and a bar that turns amber when it is nearly full.

import { h } from "./dom.js";

const NEAR = 0.8;

/** A list of [{ name, used, most, note }], each with its bar. */
export const bars = (uses, label) =>
  h(
    "ul.usage-bars",
    { "aria-label": label },
    uses.map(({ name, used, most, note }) => {
      const share = Math.min(1, used / most);
      const near = share >= NEAR ? ".near" : "";
      const fill = h("span.bar-fill");
      fill.style.width = `${share * 100}%`;
      return h(
        `li.usage-bar${near}`,
        {},
        h("span.usage-bar-text", {}, `${name} `, h("strong", {}, `${used} of ${most}`)),
        note ? h("span.about", {}, note) : null,
        h("span.bar", { "aria-hidden": "true" }, fill),
      );
    }),
  );
