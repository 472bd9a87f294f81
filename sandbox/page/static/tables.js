// The table block, and the data_table block with its pages.

import { h } from "./dom.js";
import { richText } from "./rich_text.js";

const PAGE_SIZE = 5;

function cellWords(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  if (cell?.type === "raw_number") return String(cell.text ?? cell.value ?? cell.number ?? "");
  return cell?.text ?? "";
}

function row(tag, cells, classes) {
  return h(
    "tr",
    {},
    cells.map((cell, index) =>
      h(tag, { class: classes(cell, index), scope: tag === "th" ? "col" : null }, cellWords(cell)),
    ),
  );
}

const frame = (label, ...children) =>
  h("div.table-frame", { tabindex: "0", role: "group", "aria-label": label }, h("table", {}, children));

/** docs.slack.dev/reference/block-kit/blocks/table-block: the first row is shown as the header. */
export function table(block) {
  const classes = (_, index) => {
    const { align = "left", is_wrapped: wrapped = false } = block.column_settings?.[index] ?? {};
    return `align-${align}${wrapped ? " wrapped" : ""}`;
  };
  const [head, ...body] = block.rows;
  return frame(
    "Table",
    h("thead", {}, row("th", head, classes)),
    h(
      "tbody",
      {},
      body.map((cells) => row("td", cells, classes)),
    ),
  );
}

/** docs.slack.dev/reference/block-kit/blocks/data-table-block: shown a page at a time. */
export function dataTable(block) {
  const [head, ...all] = block.rows;
  const size = block.page_size ?? PAGE_SIZE;
  const pages = Math.max(1, Math.ceil(all.length / size));
  const classes = (cell, index) =>
    `wrapped align-${[head, ...all].some((cells) => cells[index]?.type === "raw_number") ? "right" : "left"}`;
  const body = h("tbody");
  const where = h("span", { "aria-live": "polite" });
  const [back, on] = [-1, 1].map((step) =>
    h("button", { type: "button", onclick: () => show(page + step) }, step < 0 ? "Previous" : "Next"),
  );
  let page = 0;
  function show(next) {
    page = next;
    body.replaceChildren(...all.slice(page * size, (page + 1) * size).map((cells) => row("td", cells, classes)));
    where.textContent = `Page ${page + 1} of ${pages}`;
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  }
  show(0);
  const framed = frame(
    block.caption ?? "Table",
    h("caption", {}, block.caption ?? ""),
    h("thead", {}, row("th", head, classes)),
    body,
  );
  return pages > 1 ? [framed, h("div.pager", {}, back, where, on)] : framed;
}
