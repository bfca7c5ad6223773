// A training run: `data` is the JSON of run_report.cpp.
const { corpus, vocabulary, timing, epochs, curve, options } = data;
const share = (part, whole) => (whole > 0 ? percent(part / whole) : "n/a");

begin("Training run: " + (options.output ?? "vectors"));
facts([
  ["Words a second", count(Math.round(timing.words_per_second))],
  ["Last epoch's loss", epochs.length ? decimal(epochs.at(-1).loss) : undefined],
  ["Held-out loss", epochs.length && epochs.at(-1).validation_loss !== null ? decimal(epochs.at(-1).validation_loss) : undefined],
  ["In all", seconds(timing.total_seconds)],
  ["Vocabulary", count(vocabulary.size) + " words"],
  ["Tokens kept", count(corpus.tokens_in_vocabulary)],
  ["Peak memory", count(Math.round(data.peak_rss_bytes / 1e6)) + " MB"],
  ["Processor", data.machine.processor],
  ["Threads", `${data.threads} on ${data.machine.processors} processors`],
  ["SIMD", data.simd],
]);

let trained = 0;
const ends = epochs.map((epoch) => ({ x: (trained += epoch.seconds), ...epoch }));

function curve_plot(description, unit, datasets) {
  plot(description, (width) => Math.min(300, Math.max(200, width * 0.45)), (theme) => ({
    type: "line",
    data: { datasets: datasets(theme) },
    options: {
      interaction: { mode: "nearest", axis: "x", intersect: false },
      scales: {
        x: { type: "linear", min: 0, max: trained, title: { display: true, text: "seconds of training" } },
        y: { title: { display: true, text: unit }, ...(unit === "nats a pair" ? {} : { min: 0 }) },
      },
      plugins: { legend: { display: datasets(theme).length > 1, labels: { usePointStyle: true } },
                 tooltip: { callbacks: { title: (items) => (items[0] ? items[0].parsed.x.toFixed(2) + " s" : "") } } },
    },
  }));
}
const line = (label, colour, points, more = {}) => ({ label, data: points, borderColor: colour, backgroundColor: colour,
  borderWidth: 2, pointRadius: curve.length > 60 ? 0 : 2, pointHitRadius: 8, ...more });

heading("Loss", "The mean negative-sampling loss of a pair, of the moment; the epochs' means are points at their ends.");
curve_plot("Loss over time", "nats a pair", (theme) => {
  const at_ends = (label, key, colour) => line(label, colour,
    ends.map((end) => ({ x: end.x, y: end[key] })), { pointRadius: 4, borderWidth: 1, borderDash: [4, 4] });
  const sets = [line("of the moment", theme.series[0], curve.map((point) => ({ x: point.seconds, y: point.loss }))),
                at_ends("mean of the epoch", "loss", theme.series[1])];
  if (ends.some((end) => end.validation_loss !== null)) sets.push(at_ends("held-out text", "validation_loss", theme.series[2]));
  return sets;
});
table("Epochs", [
  { name: "Epoch", value: (row) => row.epoch, number: true },
  { name: "Loss", value: (row) => row.loss, text: (value) => decimal(value), number: true },
  { name: "Held-out loss", value: (row) => row.validation_loss, text: (value) => decimal(value), number: true },
  { name: "Tokens", value: (row) => row.tokens, text: count, number: true },
  { name: "After subsampling", value: (row) => row.trained_tokens, text: count, number: true },
  { name: "Pairs", value: (row) => row.pairs, text: count, number: true },
  { name: "Seconds", value: (row) => row.seconds, text: (value) => decimal(value, 2), number: true },
], epochs);

heading("Speed", "Words of the vocabulary a second, before subsampling, of the moment.");
curve_plot("Words a second over time", "words a second", (theme) =>
  [line("words a second", theme.series[0], curve.map((point) => ({ x: point.seconds, y: point.words_per_second })))]);
table("Where the time went", [
  { name: "Part", value: (row) => row[0] },
  { name: "Seconds", value: (row) => row[1], text: (value) => decimal(value, 2), number: true },
  { name: "Share", value: (row) => row[1], text: (value) => share(value, timing.total_seconds), number: true },
], [["reading and counting", timing.vocabulary_seconds], ["training", timing.train_seconds], ["writing", timing.write_seconds],
    Object.assign(["in all", timing.total_seconds], { sum: true })]);

heading("Learning rate");
curve_plot("Learning rate over time", "learning rate", (theme) =>
  [line("learning rate", theme.series[0], curve.map((point) => ({ x: point.seconds, y: point.alpha })))]);

heading("What was read and dropped", `${count(corpus.bytes)} bytes, ${count(corpus.sentences)} sentences; the longest word has ` +
  `${count(corpus.longest_word_bytes)} bytes. Words that come less than ${count(vocabulary.min_count)} times were dropped.`);
const { rare, cut, invalid_utf8 } = vocabulary.dropped;
const account = [["kept", vocabulary.size, corpus.tokens_in_vocabulary], ["dropped: rare", rare.words, rare.tokens],
  ["dropped: outside the vocabulary", cut.words, cut.tokens], ["dropped: not valid UTF-8", invalid_utf8.words, invalid_utf8.tokens]];
plot("Shares of the tokens that were kept and dropped", () => 120, (theme) => ({
  type: "bar",
  data: { labels: ["tokens"], datasets: account.filter((row) => row[2] > 0).map((row) => (
    { label: row[0], data: [100 * row[2] / corpus.tokens], backgroundColor: theme.series[account.indexOf(row)] })) },
  options: { indexAxis: "y", scales: { x: { stacked: true, max: 100, title: { display: true, text: "% of the tokens" } }, y: { stacked: true, display: false } },
             plugins: { legend: { position: "bottom" } } },
}));
table("Words and tokens", [
  { name: "Outcome", value: (row) => row[0] },
  // With a given vocabulary, the different words outside it are not known.
  { name: "Words", value: (row) => (row[1] === 0 && row[2] > 0 ? null : row[1]), text: (value) => (value === null ? "n/a" : count(value)), number: true },
  { name: "Tokens", value: (row) => row[2], text: count, number: true },
  { name: "Share of the tokens", value: (row) => row[2], text: (value) => share(value, corpus.tokens), number: true },
], [...account, Object.assign(["read", options["read-vocab"] ? null : vocabulary.size + vocabulary.dropped_words, corpus.tokens], { sum: true })]);
if (data.phrases) {
  const { passes, score, joined } = data.phrases;
  table(`Phrases (${score}): words joined ${count(joined)} times`, [
    { name: "Pass", value: (row) => row.pass, number: true },
    { name: "Tokens before", value: (row) => row.tokens, text: count, number: true },
    { name: "Different bigrams", value: (row) => row.distinct_bigrams, text: count, number: true },
    { name: "Threshold", value: (row) => row.threshold, number: true },
    { name: "Phrases", value: (row) => row.phrases, text: count, number: true },
  ], passes.map((pass, i) => ({ pass: i + 1, ...pass })));
}
table("Files", [{ name: "File", value: (row) => row }], corpus.files);

heading("Options", "All of them, as they took effect.");
table("", [{ name: "Option", value: (row) => "--" + row[0] }, { name: "Value", value: (row) => row[1] || "none" }], Object.entries(options));
