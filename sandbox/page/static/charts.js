// The data_visualization block: docs.slack.dev/reference/block-kit/blocks/data-visualization-block. Drawn as an image
// with a legend, and as a table for screen readers.

import { freshId, h, svg } from "./dom.js";

const HEIGHT = 260;
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 12, 12, 48];
const FOOT = HEIGHT - BOTTOM;
const STEPS = 4;

/** Narrower on small screens, so that the text stays readable. */
const chartWidth = () => (matchMedia("(max-width: 720px)").matches ? 320 : 560);

const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumFractionDigits: 2 });
const shortened = (name) => (name.length > 12 ? `${name.slice(0, 10)}…` : name);
const text = (x, y, content, anchor = "middle", more = {}) =>
  svg("text", { x, y, "text-anchor": anchor, ...more }, content);

/** A round step, so that about STEPS of them reach from `low` to `high`. */
function roundStep(low, high) {
  const rough = (high - low) / STEPS || 1;
  const size = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 2.5, 5, 10].map((each) => each * size).find((each) => each >= rough);
}

/** The lines of the value axis, zero among them. */
function axis(values) {
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const step = roundStep(low, high);
  const [first, last] = [Math.floor(low / step), Math.max(1, Math.ceil(high / step))];
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** The axes of a chart: their drawing, and the positions of values and categories. */
function axes(chart) {
  const { categories, x_label: below, y_label: beside } = chart.axis_config;
  const lines = axis(chart.series.flatMap((one) => one.data.map((point) => point.value)));
  const [low, high] = [lines[0], lines.at(-1)];
  const right = chartWidth() - RIGHT;
  const middle = (TOP + FOOT) / 2;
  const width = (right - LEFT) / categories.length;
  const y = (value) => TOP + ((high - value) / (high - low)) * (FOOT - TOP);
  const x = (index) => LEFT + width * (index + 0.5);
  const every = Math.ceil((categories.length * 66) / (right - LEFT));
  const grid = [
    lines.map((value) => [
      svg("line", { x1: LEFT, x2: right, y1: y(value), y2: y(value), class: value ? "grid" : "zero" }),
      text(LEFT - 7, y(value) + 4, short.format(value), "end"),
    ]),
    categories.map((name, index) =>
      index % every ? null : text(x(index), FOOT + 17, width * every < 90 ? shortened(name) : name),
    ),
    below ? text((LEFT + right) / 2, HEIGHT - 8, below, "middle", { class: "axis-name" }) : null,
    beside ? text(12, middle, beside, "middle", { class: "axis-name", transform: `rotate(-90 12 ${middle})` }) : null,
  ];
  const valuesOf = (one) => categories.map((name) => one.data.find((point) => point.label === name)?.value ?? 0);
  return { grid, x, y, width, valuesOf };
}

const withTitle = (node, title) => (node.append(svg("title", {}, title)), node);
const pointTitle = (series, name, value) => `${series}, ${name}: ${numbers.format(value)}`;

function bars(chart) {
  const { grid, x, y, width, valuesOf } = axes(chart);
  const each = Math.min(56, (width * 0.72) / chart.series.length);
  const places = chart.series.map((one, at) =>
    valuesOf(one).map((value, index) => {
      const from = x(index) + (at - chart.series.length / 2) * each;
      const [top, foot] = [y(Math.max(0, value)), y(Math.min(0, value))];
      const shape = { x: from, y: top, width: Math.max(1, each - 2), height: Math.max(0, foot - top), rx: 2 };
      const bar = svg("rect", { ...shape, class: `fill-${at}` });
      return withTitle(bar, pointTitle(one.name, chart.axis_config.categories[index], value));
    }),
  );
  return [grid, places];
}

function lines(chart, filled) {
  const { grid, x, y, valuesOf } = axes(chart);
  const paths = chart.series.map((one, at) => {
    const values = valuesOf(one);
    const path = values.map((value, index) => `${index ? "L" : "M"}${x(index)} ${y(value)}`).join(" ");
    const area = `${path} L${x(values.length - 1)} ${y(0)} L${x(0)} ${y(0)} Z`;
    return [
      filled ? svg("path", { d: area, class: `area fill-${at}` }) : null,
      svg("path", { d: path, class: `stroke stroke-${at}` }),
      values.map((value, index) =>
        withTitle(
          svg("circle", { cx: x(index), cy: y(value), r: 3.5, class: `fill-${at}` }),
          pointTitle(one.name, chart.axis_config.categories[index], value),
        ),
      ),
    ];
  });
  return [grid, paths];
}

function pie(chart) {
  const all = chart.segments.reduce((sum, one) => sum + one.value, 0);
  const [cx, cy, r] = [chartWidth() / 2, HEIGHT / 2, HEIGHT / 2 - 8];
  const on = (share) => `${cx + r * Math.sin(2 * Math.PI * share)} ${cy - r * Math.cos(2 * Math.PI * share)}`;
  let share = 0;
  return chart.segments.map((one, at) => {
    const from = share;
    share += one.value / all;
    const large = share - from > 0.5 ? 1 : 0;
    const slice =
      chart.segments.length === 1
        ? svg("circle", { cx, cy, r, class: "fill-0" })
        : svg("path", {
            d: `M${cx} ${cy} L${on(from)} A${r} ${r} 0 ${large} 1 ${on(share)} Z`,
            class: `slice fill-${at}`,
          });
    return withTitle(slice, `${one.label}: ${numbers.format(one.value)} (${Math.round((100 * one.value) / all)} %)`);
  });
}

const DRAW = { pie, bar: bars, line: (chart) => lines(chart, false), area: (chart) => lines(chart, true) };

/** The nodes of a block's chart. */
const drawn = (chart) => DRAW[chart.type](chart).flat(Infinity).filter(Boolean);

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

/** The numbers as a table, for screen readers. */
function numbersTable(title, chart) {
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
  const image = { viewBox: `0 0 ${chartWidth()} ${HEIGHT}`, class: "plot", role: "img", "aria-labelledby": title };
  const drawing = svg("svg", image, ...drawn(block.chart));
  return h(
    "figure.chart",
    {},
    h("figcaption", { id: title }, block.title),
    drawing,
    legend(block.chart),
    numbersTable(block.title, block.chart),
  );
}
