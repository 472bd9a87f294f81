// The table block, and the data_table block with its pages.

import { h, icon } from "./dom.js";
import { richText } from "./rich_text.js";

const PAGE_SIZE = 5;

function cellNodes(cell) {
  if (cell?.type === "rich_text") return richText(cell);
  if (cell?.type === "raw_number") return String(cell.text ?? cell.value ?? cell.number ?? "");
  return cell?.text ?? "";
}

function row(tag, cells, classes) {
  return h(
    "tr",
    {},
    cells.map((cell, index) =>
      h(tag, { class: classes(cell, index), scope: tag === "th" ? "col" : null }, cellNodes(cell)),
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

const DIRECTIONS = { ascending: 1, descending: -1 };
const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
const cellText = (cell) => (cell?.type === "rich_text" ? h("div", {}, richText(cell)).textContent : (cell?.text ?? ""));

function compare(one, other) {
  if (one?.type === "raw_number" && other?.type === "raw_number") return one.value - other.value;
  return cellText(one).localeCompare(cellText(other), "en", { numeric: true });
}

/** docs.slack.dev/reference/block-kit/blocks/data-table-block: shown a page at a time, sorted by pressing a column. */
export function dataTable(block) {
  const [head, ...all] = block.rows;
  const size = block.page_size ?? PAGE_SIZE;
  const pages = Math.max(1, Math.ceil(all.length / size));
  const named = block.row_header_column_index ?? 0;
  const side = (index) => (all.some((cells) => cells[index]?.type === "raw_number") ? "right" : "left");
  const body = h("tbody");
  const where = h("span", { "aria-live": "polite" });
  const [back, on] = [-1, 1].map((step) =>
    h("button", { type: "button", onclick: () => show(page + step) }, step < 0 ? "Previous" : "Next"),
  );
  const columns = head.map((cell, index) =>
    h(
      `th.align-${side(index)}`,
      { scope: "col", "aria-sort": "none" },
      h("button.sort", { type: "button", onclick: () => sort(index) }, cellNodes(cell), icon("chevron")),
    ),
  );
  let rows = all;
  let page = 0;

  function sort(index) {
    const way = NEXT[columns[index].getAttribute("aria-sort")];
    columns.forEach((column, at) => column.setAttribute("aria-sort", at === index ? way : "none"));
    rows = way === "none" ? all : [...all].sort((a, b) => DIRECTIONS[way] * compare(a[index], b[index]));
    show(0);
  }

  function show(next) {
    page = next;
    body.replaceChildren(...rows.slice(page * size, (page + 1) * size).map(rowOf));
    where.textContent = `Page ${page + 1} of ${pages}`;
    back.disabled = page === 0;
    on.disabled = page === pages - 1;
  }

  const rowOf = (cells) =>
    h(
      "tr",
      {},
      cells.map((cell, index) =>
        h(
          index === named ? "th" : "td",
          { class: `wrapped align-${side(index)}`, scope: index === named ? "row" : null },
          cellNodes(cell),
        ),
      ),
    );
  show(0);
  const framed = frame(
    block.caption ?? "Table",
    h("caption", {}, block.caption ?? ""),
    h("thead", {}, h("tr", {}, columns)),
    body,
  );
  return pages > 1 ? [framed, h("div.pager", {}, back, where, on)] : framed;
}
