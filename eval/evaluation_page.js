// An evaluation: `data.evaluation` is the JSON of evaluation_json.cpp, `data.views` a WordViews for each vector file.
const { evaluation, views } = data;
const files = evaluation.files ?? [evaluation];
const several = files.length > 1;
const base_name = (path) => path.split("/").at(-1);
// Short where that tells them apart.
const names = files.map(({ vectors }) => (files.filter((other) => base_name(other.vectors) === base_name(vectors)).length > 1 ? vectors : base_name(vectors)));
const interval = (pair, show) => (pair ? `${show(pair[0])} to ${show(pair[1])}` : "n/a");
const one_percent = (value) => (100 * value).toFixed(1);

begin(several ? "Evaluation of word vectors" : "Evaluation of " + names[0]);
table("Vectors", [
  { name: "File", value: (row) => row.vectors },
  { name: "Words", value: (row) => row.words, text: count, number: true },
  { name: "Dimensions", value: (row) => row.dim, text: count, number: true },
], files);

// The sections and sums of one question file as one vector file answers them.
const rows_of = (scores) => [...scores.sections, { name: "semantic", sum: true, ...scores.semantic },
  { name: "syntactic", sum: true, ...scores.syntactic }, { name: "total", sum: true, ...scores.total }];

function analogy_bars(index) {
  const rows = rows_of(files[0].analogies[index]);
  const asked = rows.map((row, i) => i).filter((i) => files.some((file) => rows_of(file.analogies[index])[i].asked > 0));
  plot("Accuracy by section with 95 % intervals", () => 80 + asked.length * (several ? 8 + 13 * files.length : 24), (theme, width) => ({
    type: "bar",
    data: {
      labels: asked.map((i) => rows[i].name),
      datasets: files.map((file, f) => {
        const mine = rows_of(file.analogies[index]);
        const colour = theme.series[f % theme.series.length];
        return {
          label: names[f],
          data: asked.map((i) => (mine[i].accuracy === null ? null : 100 * mine[i].accuracy)),
          intervals: asked.map((i) => mine[i].accuracy_interval?.map((bound) => 100 * bound)),
          rows: asked.map((i) => mine[i]),
          backgroundColor: asked.map((i) => (rows[i].sum ? colour : colour + "b0")),
        };
      }),
    },
    options: {
      indexAxis: "y",
      scales: {
        x: { min: 0, suggestedMax: Math.max(...files.flatMap((file) => rows_of(file.analogies[index]).map((row) => 100 * (row.accuracy_interval?.[1] ?? 0)))),
             title: { display: true, text: "% correct" } },
        y: { grid: { display: false }, ticks: { autoSkip: false, color: theme.ink,
             callback: (_, i) => shortened(rows[asked[i]].name, width < 500 ? 18 : 40) } },
      },
      plugins: {
        legend: { display: several },
        tooltip: { callbacks: {
          label: ({ dataset, dataIndex }) => `${dataset.label}: ${percent(dataset.rows[dataIndex].accuracy)}`,
          afterLabel: ({ dataset, dataIndex }) => [
            `95 %: ${interval(dataset.rows[dataIndex].accuracy_interval, one_percent)} %`,
            `${count(dataset.rows[dataIndex].correct)} of ${count(dataset.rows[dataIndex].asked)}`] } },
      },
    },
  }));
}
const shortened = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);

const share_column = (name, of, intervals) => [
  { name, value: (row) => of(row), text: (value) => percent(value), number: true },
  ...(intervals ? [{ name: "95 % interval", value: (row) => intervals(row)?.[0] ?? null, number: true,
                     text: (_, row) => interval(intervals(row), one_percent) }] : []),
];

function analogy_tables(index) {
  if (!several) {
    table("By section", [
      { name: "Section", value: (row) => row.name },
      ...share_column("Accuracy", (row) => row.accuracy, (row) => row.accuracy_interval),
      { name: "Correct", value: (row) => row.correct, text: count, number: true },
      { name: "Asked", value: (row) => row.asked, text: count, number: true },
      { name: "Skipped", value: (row) => row.skipped, text: count, number: true },
      ...share_column("In first 5", (row) => row.top5_accuracy),
      { name: "MRR", value: (row) => row.mrr, text: (value) => decimal(value), number: true },
    ], rows_of(files[0].analogies[index]));
    return;
  }
  const all = files.map((file) => rows_of(file.analogies[index]));
  const rows = all[0].map((row, i) => ({ name: row.name, sum: row.sum, asked: row.asked, skipped: row.skipped, of: all.map((mine) => mine[i]) }));
  table("By section, of the questions whose words all files know", [
    { name: "Section", value: (row) => row.name },
    { name: "Asked", value: (row) => row.asked, text: count, number: true },
    { name: "Skipped", value: (row) => row.skipped, text: count, number: true },
    ...names.flatMap((name, f) => share_column(name, (row) => row.of[f].accuracy, (row) => row.of[f].accuracy_interval)),
  ], rows);
  const { pairs, test } = evaluation.comparison.analogies[index];
  for (const pair of pairs) {
    table(`${names[pair.second]} less ${names[pair.first]}; p by ${test}`, [
      { name: "Section", value: (row) => row.name },
      { name: "Difference", value: (row) => row.difference, number: true,
        text: (value) => (value === null ? "n/a" : (value > 0 ? "+" : "") + (100 * value).toFixed(2)) },
      { name: "p", value: (row) => row.p, text: (value) => (value === null ? "n/a" : value < 0.0001 ? "< 0.0001" : value.toFixed(4)), number: true },
      { name: "Only the first right", value: (row) => row.only_first, text: count, number: true },
      { name: "Only the second right", value: (row) => row.only_second, text: count, number: true },
    ], rows_of(pair));
  }
}

files[0].analogies.forEach((scores, index) => {
  const fewest = Math.min(...files.map((file) => file.words));
  const cut = scores.restrict > 0 && scores.restrict < fewest ? `the first ${count(scores.restrict)} words of each file` : "all words";
  heading("Analogies: " + base_name(scores.file), `A is to B as C is to what? Answered by ${scores.method} among ${cut}; case: ${scores.case}; ` +
    `${count(scores.total.asked)} of ${count(scores.total.asked + scores.total.skipped)} questions asked (${percent(scores.coverage)}), the others have unknown words. MRR is the mean of 1 / rank of the right word. ` +
    `Lines at the bars' ends: 95 % intervals, ${scores.intervals}.`);
  analogy_bars(index);
  analogy_tables(index);
});

if (files[0].similarity.length) {
  const correlation = (value) => decimal(value);
  heading("Similarity", `How the cosines of word pairs agree with people's scores. Case: ${files[0].similarity[0].case}. 95 % intervals: ${files[0].similarity[0].intervals}.`);
  table("Correlations", [
    ...(several ? [{ name: "Vectors", value: (row) => row.vectors }] : []),
    { name: "File", value: (row) => base_name(row.file) },
    { name: "Spearman's rho", value: (row) => row.spearman, text: correlation, number: true },
    { name: "95 % interval", value: (row) => row.spearman_interval?.[0] ?? null, text: (_, row) => interval(row.spearman_interval, (x) => decimal(x, 3)), number: true },
    { name: "Pearson's r", value: (row) => row.pearson, text: correlation, number: true },
    { name: "95 % interval", value: (row) => row.pearson_interval?.[0] ?? null, text: (_, row) => interval(row.pearson_interval, (x) => decimal(x, 3)), number: true },
    { name: "Pairs", value: (row) => row.pairs, text: count, number: true },
    { name: "Used", value: (row) => row.used, text: count, number: true },
    { name: "Skipped", value: (row) => row.skipped, text: count, number: true },
  ], files.flatMap((file, f) => file.similarity.map((scores) => ({ vectors: names[f], ...scores }))));
  for (const { file, test, pairs } of evaluation.comparison?.similarity ?? []) {
    table(`${base_name(file)}: differences of rho; ${test}`, [
      { name: "Vectors", value: (row) => `${names[row.second]} less ${names[row.first]}` },
      { name: "Difference", value: (row) => row.difference, text: (value) => decimal(value), number: true },
      { name: "95 % interval", value: (row) => row.interval?.[0] ?? null, text: (_, row) => interval(row.interval, (x) => decimal(x, 3)), number: true },
      { name: "p", value: (row) => row.p, text: (value) => decimal(value), number: true },
    ], pairs);
  }
}

// The words in the plane.
const near = (word) => word.neighbors.map(([other, cosine]) => `${cosine.toFixed(2)}  ${other}`);
const axis = (title, share) => ({ title: { display: true, text: `${title} principal component (${percent(share, 1)} of the variance)` },
  ticks: { display: false }, grid: { drawTicks: false }, grace: "6%" });
const plane_options = (shares, more, legend) => ({
  scales: { x: axis("first", shares[0]), y: axis("second", shares[1]) },
  interaction: { mode: "nearest", intersect: true },
  plugins: {
    legend: { display: Boolean(legend), onClick: () => {}, labels: { usePointStyle: true, filter: (item) => Boolean(item.text) } },
    tooltip: { displayColors: false, filter: (item) => Boolean(item.raw.word), callbacks: {
      title: (items) => items[0]?.raw.word ?? "", label: (item) => more(item.raw), afterBody: (items) => near(items[0].raw.viewed) } },
  },
});

if (plots_work && views[0].relations.length) {
  let file = 0, relation = 0, most = innerWidth < 500 ? 15 : 40;
  heading("Relations in a plane", "The words of a section, each vector divided by its length, in the plane of their first two principal components, " +
    "with a line from each word to its partner: where a relation is one direction, the lines run alongside each other. " +
    "The most frequent pairs come first. Point at a word, or touch it, for its neighbours: the words with the highest cosines.");
  const sections = element("span");
  const draw_sections = () => {
    relation = 0;
    sections.replaceChildren(choice("Section", views[file].relations.map((one, i) => [i, one.section]), (value) => { relation = Number(value); draw(); }));
  };
  draw_sections();
  controls(...(several ? [choice("Vectors", names.map((name, i) => [i, name]), (value) => { file = Number(value); draw_sections(); draw(); })] : []),
    sections, choice("Pairs", [[most, `first ${most}`], [15, "first 15"], [40, "first 40"], [100, "first 100"]].filter(([value], i) => i === 0 || value !== most),
      (value) => { most = Number(value); draw(); }));
  const shown = element("p", { class: "note", "aria-live": "polite" });
  const draw = plot("Words of a relation and their partners", (width) => Math.min(640, Math.max(380, width * 0.7)), (theme) => {
    const { plane, pairs, pairs_in_all } = views[file].relations[relation];
    const used = pairs.slice(0, most);
    shown.textContent = `${count(used.length)} of ${count(pairs_in_all)} pairs.`;
    const partners = new Map();
    for (const [a, b] of used) for (const [one, other] of [[a, b], [b, a]]) partners.set(one, [...(partners.get(one) ?? []), other]);
    const viewed = (i) => views[file].words[plane.words[i]];
    const point = (i) => ({ x: plane.points[i][0], y: plane.points[i][1], word: viewed(i).word, viewed: viewed(i),
      partners: partners.get(i).map((other) => viewed(other).word) });
    const side = (which, label, colour) => ({ label, data: [...new Set(used.map((pair) => pair[which]))].map(point), labelled: true, labelColour: theme.ink,
      backgroundColor: colour, borderColor: theme.paper, pointRadius: 4, pointHoverRadius: 6, pointHitRadius: 6 });
    const at = (i) => ({ x: plane.points[i][0], y: plane.points[i][1] });
    return {
      type: "scatter",
      data: { datasets: [side(0, "first of a pair", theme.series[0]), side(1, "second of a pair", theme.series[1]),
        { label: "", data: used.flatMap(([a, b]) => [at(a), at(b), { x: NaN, y: NaN }]), showLine: true, pointRadius: 0, pointHitRadius: 0, borderColor: theme.muted, borderWidth: 1,
          borderDash: [3, 3] }] },
      options: plane_options(plane.shares, (word) => "pair: " + shortened(word.partners.join(", "), 60), true),
    };
  });
  page.append(shown);
}

if (plots_work) {
  let file = 0, wanted = "";
  const search = element("input", { type: "search", placeholder: "word", autocomplete: "off", spellcheck: "false" });
  const found = element("p", { class: "note", "aria-live": "polite" });
  const size = Math.max(...views.map((one) => one.map.words.length));
  heading("Map of frequent words", `The ${count(size)} most frequent words, each vector divided by its length, in the plane of their first two principal components (PCA). ` +
    "Two of many dimensions: words that lie apart are different, words that lie together may still be.");
  controls(...(several ? [choice("Vectors", names.map((name, i) => [i, name]), (value) => { file = Number(value); draw(); })] : []), element("label", {}, "Search", search));
  const draw = plot("Map of the most frequent words", (width) => Math.min(720, Math.max(420, width * 0.75)), (theme) => {
    const { map, words } = views[file];
    const all = map.words.map((number, i) => ({ x: map.points[i][0], y: map.points[i][1], word: words[number].word, viewed: words[number] }));
    const exact = all.find(({ word }) => word.toLowerCase() === wanted);
    const neighbors = new Set(exact?.viewed.neighbors.map(([word]) => word));
    const matches = all.filter(({ word }) => wanted && word.toLowerCase().includes(wanted)).map((point) => ({ ...point, strong: true }));
    const near_by = all.filter(({ word }) => neighbors.has(word)).map((point) => ({ ...point, strong: true }));
    const others = all.filter(({ word }) => !(wanted && word.toLowerCase().includes(wanted)) && !neighbors.has(word));
    found.textContent = !wanted ? "" : exact ? `Nearest to ${exact.word}: ` + exact.viewed.neighbors.map(([word, cosine]) => `${word} ${cosine.toFixed(2)}`).join(", ") :
      `${count(matches.length)} of these words match.`;
    const set = (points, colour, radius, ink) => ({ data: points, labelled: true, labelColour: ink, backgroundColor: colour, borderColor: theme.paper,
      pointRadius: radius, pointHoverRadius: radius + 2, pointHitRadius: 5 });
    const dim = wanted ? "60" : "";
    return {
      type: "scatter",
      data: { datasets: [set(matches, theme.series[1], 6, theme.ink), set(near_by, theme.series[2], 5, theme.ink), set(others, theme.series[0] + dim, 3, theme.muted + dim)] },
      options: plane_options(map.shares, () => ""),
    };
  });
  page.append(found);
  search.addEventListener("input", () => { wanted = search.value.trim().toLowerCase(); draw(); });
}
