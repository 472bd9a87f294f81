// The overflow menu: a button with more actions.

import { freshId, h, icon } from "./dom.js";
import { openPopup } from "./popup.js";
import { plain, safeUrl } from "./text.js";

function item(option, pick) {
  const text = [
    h("span.choice-label", {}, plain(option.text)),
    option.description ? h("span.choice-about", {}, plain(option.description)) : null,
  ];
  const properties = { role: "menuitem", tabindex: "-1", onclick: () => pick(option.value) };
  const href = safeUrl(option.url);
  if (!href) return h("button.choice", { type: "button", ...properties }, h("span.choice-text", {}, text));
  return h(
    "a.choice",
    { href, target: "_blank", rel: "noopener noreferrer", ...properties },
    h("span.choice-text", {}, text),
    icon("external"),
  );
}

/** An overflow element; calls `onPick(value)`. */
export function overflow(spec, { labels, onPick }) {
  const menuId = freshId("menu");
  let close = null;
  const named = { "aria-label": "More actions", ...labels };
  const button = h(
    "button.overflow",
    {
      type: "button",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-controls": menuId,
      "data-focus": spec.action_id,
      ...named,
      onclick: () => (close ? close() : open()),
    },
    icon("more"),
  );

  function open() {
    const pick = (value) => {
      close();
      onPick(value);
    };
    const items = spec.options.map((option) => item(option, pick));
    const move = (event) => {
      const at = items.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        items[(to + items.length) % items.length].focus();
      } else if (event.key === "Escape" || event.key === "Tab") {
        if (event.key === "Escape") event.preventDefault();
        event.stopPropagation();
        close();
      }
    };
    const panel = h("div.menu", { id: menuId, role: "menu", "aria-label": "More actions", onkeydown: move }, items);
    close = openPopup(panel, button, () => {
      close = null;
      button.setAttribute("aria-expanded", "false");
      button.focus({ preventScroll: true });
    });
    button.setAttribute("aria-expanded", "true");
    items[0]?.focus();
  }
  return button;
}
