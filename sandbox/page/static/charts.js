// The data_visualization block: docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Drawn as an image
// with a legend; those who listen get its numbers as a table.

import { freshId, h, svg } from "./dom.js";
import { drawn, HEIGHT, room } from "./plots.js";

const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

function legend(chart) {
  const all = (chart.segments ?? []).reduce((sum, one) => sum + one.value, 0);
  const names = chart.segments
    ? chart.segments.map((one) => `${one.label}, ${Math.round((100 * one.value) / all)} %`)
    : chart.series.map((one) => one.name);
  if (!chart.segments && names.length < 2) return null;
  const square = (at) => svg("rect", { width: 10, height: 10, rx: 2.5, class: `fill-${at}` });
  const key = (at) => svg("svg", { viewBox: "0 0 10 10", class: "key" }, square(at));
  return h(
    "ul.legend",
    { "aria-hidden": "true" },
    names.map((name, at) => h("li", {}, key(at), name)),
  );
}

/** The same in numbers, for those who listen. */
function numbersOf(title, chart) {
  const series = chart.series ?? [{ name: "Value", data: chart.segments }];
  const names = chart.axis_config?.categories ?? chart.segments.map((one) => one.label);
  const head = [chart.axis_config?.x_label ?? "", ...series.map((one) => one.name)];
  const row = (name) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      series.map((one) => h("td", {}, numbers.format(one.data.find((point) => point.label === name)?.value ?? 0))),
    );
  return h(
    "table.aside",
    {},
    h("caption", {}, title),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((name) => (name ? h("th", { scope: "col" }, name) : h("td"))),
      ),
    ),
    h("tbody", {}, names.map(row)),
  );
}

/** Nodes for a data_visualization block. */
export function chart(block) {
  const title = freshId("chart");
  const image = { viewBox: `0 0 ${room()} ${HEIGHT}`, class: "plot", role: "img", "aria-labelledby": title };
  const drawing = svg("svg", image, ...drawn(block.chart));
  return h(
    "figure.chart",
    {},
    h("figcaption", { id: title }, block.title),
    drawing,
    legend(block.chart),
    numbersOf(block.title, block.chart),
  );
}
