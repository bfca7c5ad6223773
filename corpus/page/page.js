// What all pages are made with: elements, tables that sort, plots in the page's colours. Text goes in as text nodes only.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const page = document.getElementById("page");
const plots_work = typeof Chart !== "undefined";

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const count = (value) => value.toLocaleString("en-US");
const percent = (share, digits = 2) => (share === null ? "n/a" : (100 * share).toFixed(digits) + " %");
const decimal = (value, digits = 4) => (value === null ? "n/a" : value.toFixed(digits));
const seconds = (value) => (value < 10 ? value.toFixed(2) : count(Math.round(value))) + " s";

function heading(title, ...notes) {
  page.append(element("h2", {}, title), ...notes.map((text) => element("p", { class: "note" }, text)));
}

// Names and values side by side; values that are undefined are left out.
function facts(entries) {
  const list = element("dl", { class: "facts" });
  for (const [name, value] of entries) {
    if (value !== undefined) list.append(element("div", {}, element("dt", {}, name), element("dd", {}, String(value))));
  }
  page.append(list);
}

// Columns are { name, value(row), text(value, row)?, number? }. Rows with `sum` stay at the foot in any order.
function table(caption, columns, rows) {
  const body = element("tbody");
  const show = (list) => {
    body.replaceChildren(...[...list.filter((row) => !row.sum), ...rows.filter((row) => row.sum)].map((row) =>
      element("tr", row.sum ? { class: "sum" } : {}, ...columns.map((column) => {
        const value = column.value(row);
        const text = column.text ? column.text(value, row) : String(value ?? "");
        return element("td", { class: column.number ? "number" : text.length < 30 ? "short" : "long" }, text);
      }))));
  };
  const order = (left, right) => {
    if (left === right) return 0;
    if (left === null || left === undefined) return 1;
    if (right === null || right === undefined) return -1;
    return typeof left === "number" ? left - right : String(left).localeCompare(String(right), undefined, { numeric: true });
  };
  const heads = columns.map((column) => {
    const head = element("th", column.number ? { class: "number", scope: "col" } : { scope: "col" });
    const button = element("button", { type: "button" }, column.name);
    button.addEventListener("click", () => {
      // The first click shows what is asked for most: the largest number, the first word.
      const before = head.getAttribute("aria-sort");
      const descending = before ? before === "ascending" : Boolean(column.number);
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      show([...rows].sort((a, b) => (descending ? -1 : 1) * order(column.value(a), column.value(b))));
    });
    head.append(button);
    return head;
  });
  show(rows);
  page.append(element("div", { class: "scroll" },
    element("table", {}, element("caption", {}, caption), element("thead", {}, element("tr", {}, ...heads)), body)));
}

function choice(label, options, changed) {
  const select = element("select", {}, ...options.map(([value, text]) => element("option", { value }, text)));
  select.addEventListener("change", () => changed(select.value));
  return element("label", {}, label, select);
}

function controls(...children) { page.append(element("div", { class: "controls" }, ...children)); }

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue("--" + name).trim();
  return { paper: of("paper"), panel: of("panel"), ink: of("ink"), muted: of("muted"), rule: of("rule"), grid: of("grid"),
           series: [1, 2, 3, 4, 5, 6].map((i) => of("series-" + i)) };
}

// Draws the 95 % intervals that a bar dataset brings as `intervals`: [low, high] on the value axis, or null.
const whiskers = {
  id: "whiskers",
  afterDatasetsDraw(chart) {
    chart.data.datasets.forEach((dataset, index) => {
      const meta = chart.getDatasetMeta(index);
      if (!dataset.intervals || meta.hidden) return;
      const { ctx } = chart;
      ctx.save();
      ctx.strokeStyle = chart.options.color;
      ctx.lineWidth = 1.5;
      ctx.beginPath();
      meta.data.forEach((bar, i) => {
        if (!dataset.intervals[i]) return;
        const [low, high] = dataset.intervals[i].map((value) => chart.scales.x.getPixelForValue(value));
        const cap = Math.min(4, bar.height / 3);
        ctx.moveTo(low, bar.y); ctx.lineTo(high, bar.y);
        for (const x of [low, high]) { ctx.moveTo(x, bar.y - cap); ctx.lineTo(x, bar.y + cap); }
      });
      ctx.stroke();
      ctx.restore();
    });
  },
};

// Writes the `word` of each point of a dataset with `labelled`, where no other label or labelled point is in the way: first those
// marked `strong`, which always get one, then in the order of the points.
const word_labels = {
  id: "word_labels",
  afterDatasetsDraw(chart) {
    const { ctx, chartArea: area } = chart;
    const points = chart.data.datasets.flatMap((dataset, index) => !dataset.labelled ? [] :
      chart.getDatasetMeta(index).data.map((at, i) => ({ at, ...dataset.data[i], colour: dataset.labelColour })));
    const taken = points.map(({ at }) => [at.x - 2, at.y - 2, at.x + 2, at.y + 2]);
    ctx.save();
    ctx.font = `${Chart.defaults.font.size}px ${Chart.defaults.font.family}`;
    ctx.textBaseline = "middle";
    const half = Chart.defaults.font.size * 0.55;
    for (const point of [...points].sort((a, b) => (b.strong ? 1 : 0) - (a.strong ? 1 : 0))) {
      const width = ctx.measureText(point.word).width;
      const { x, y } = point.at;
      const gap = point.at.options.radius + 2;
      const inside = [[x + gap, y], [x - gap - width, y], [x - width / 2, y - half - gap], [x - width / 2, y + half + gap]].filter(([left, middle]) =>
        left >= area.left && middle - half >= area.top && left + width <= area.right && middle + half <= area.bottom);
      const free = inside.find(([left, middle]) => taken.every((other) =>
        left + width < other[0] || left > other[2] || middle + half < other[1] || middle - half > other[3])) ?? (point.strong ? inside[0] : undefined);
      if (!free) continue;
      taken.push([free[0], free[1] - half, free[0] + width, free[1] + half]);
      ctx.fillStyle = point.colour;
      ctx.fillText(point.word, free[0], free[1]);
    }
    ctx.restore();
  },
};

// Calls configure(colours, width) -> Chart.js configuration now and whenever the colours change; height(width) is in pixels. Returns the
// function that draws anew. Says nothing where the page has no plots: the note at its head does.
const drawn = [];
function plot(description, height, configure) {
  if (!plots_work) return () => {};
  const canvas = element("canvas", { role: "img", "aria-label": description });
  const frame = element("div", { class: "plot" }, canvas);
  page.append(frame);
  let chart;
  const draw = () => {
    const theme = colours();
    chart?.destroy();
    frame.style.height = height(frame.clientWidth) + "px";
    Chart.defaults.color = theme.muted;
    Chart.defaults.borderColor = theme.grid;
    Object.assign(Chart.defaults.plugins.tooltip, { backgroundColor: theme.panel, titleColor: theme.ink, bodyColor: theme.ink,
      footerColor: theme.ink, borderColor: theme.muted, borderWidth: 1 });
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    const configuration = configure(theme, frame.clientWidth);
    configuration.options = { color: theme.ink, ...configuration.options, animation: false, maintainAspectRatio: false };
    configuration.plugins = [whiskers, word_labels];
    chart = new Chart(canvas, configuration);
  };
  draw();
  drawn.push({ draw, frame });
  return draw;
}

function draw_all() { drawn.forEach(({ draw }) => draw()); }

// On paper: light, and as wide as the paper.
addEventListener("beforeprint", () => {
  document.documentElement.classList.add("printing");
  drawn.forEach(({ frame }) => { frame.style.width = "640px"; });
  draw_all();
});
addEventListener("afterprint", () => {
  document.documentElement.classList.remove("printing");
  drawn.forEach(({ frame }) => { frame.style.width = ""; });
  draw_all();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw_all);

// A page's first lines.
function begin(title, ...notes) {
  page.replaceChildren(element("h1", {}, title), ...notes.map((text) => element("p", { class: "note" }, text)));
  document.title = title;
  if (!plots_work) {
    page.append(element("p", { class: "warning" }, "No plots: this word2vec was built without Chart.js. Install it (Debian: " +
      "libjs-chart.js), build again, and write the report again. All figures are in the tables."));
  }
  document.getElementById("license").hidden = !plots_work;
  if (plots_work) document.getElementById("library").append(`Plots by Chart.js ${Chart.version}, MIT licence.`);
}
