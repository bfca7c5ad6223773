#!/usr/bin/env python3
"""report_pages.py PATH/TO/word2vec [FOLDER]: the HTML reports in a real browser, headless Chromium. They open without a console
message, an error or a request, on a wide screen and a narrow one, light and dark; tables sort, pointing at a word shows its
neighbours, search finds, and hostile words stay text. With FOLDER, screenshots and a printed page go there to be looked at."""
import base64, json, os, random, shutil, subprocess, sys, tempfile, time

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import Select

program = os.path.abspath(sys.argv[1])
shots = sys.argv[2] if len(sys.argv) > 2 else None
HOSTILE = "</script><img/src=x/onerror=alert(1)>"


def run(*words):
    subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL)


def write_vectors(path, seed):
    """Countries in a row, each with its capital at nearly the same distance; other words anywhere."""
    draw = random.Random(seed)
    rows = {}
    for i in range(12):
        country = [draw.gauss(0, 1) for _ in range(20)]
        rows[f"country{i}"] = country
        rows[f"capital{i}"] = [value + (4 if d == 0 else draw.gauss(0, 0.05)) for d, value in enumerate(country)]
    for word in [HOSTILE, '"quoted"', "<b>bold</b>", "東京", "naïve", "{{title}}"] + [f"word{i}" for i in range(600)]:
        rows[word] = [draw.gauss(0, 1) for _ in range(20)]
    with open(path, "w") as file:
        file.write(f"{len(rows)} 20\n")
        file.writelines(f"{word} {' '.join(f'{value:.5f}' for value in row)}\n" for word, row in rows.items())


def make_pages(folder):
    for name, seed in (("one", 1), ("two", 2)):
        write_vectors(f"{folder}/{name}.txt", seed)
    with open(f"{folder}/questions.txt", "w") as file:
        file.write(": capitals\n")
        file.writelines(f"country{a} capital{a} country{b} capital{b}\n" for a in range(12) for b in range(12) if a != b)
        file.write(f": gram <img src=x onerror=alert(1)>\n{HOSTILE} \"quoted\" <b>bold</b> 東京\nnone word1 word2 word3\n")
    with open(f"{folder}/pairs.txt", "w") as file:
        file.writelines(f"word{i}\tword{i + 1}\t{i % 7}\n" for i in range(30))
    asked = ["--analogies", f"{folder}/questions.txt", "--similarity", f"{folder}/pairs.txt", "--html"]
    run("evaluate", f"{folder}/one.txt", *asked, f"{folder}/one.html")
    run("evaluate", f"{folder}/one.txt", f"{folder}/two.txt", *asked, f"{folder}/several.html")
    draw = random.Random(3)
    with open(f"{folder}/<img src=x onerror=alert(1)>.txt", "w") as file:
        for _ in range(20000):
            file.write(" ".join(f"word{int(draw.paretovariate(0.7)) % 500}" for _ in range(20)) + "\n")
    run("train", f"{folder}/<img src=x onerror=alert(1)>.txt", "-o", f"{folder}/v.txt", "--dim", "16", "--epochs", "3", "--quiet",
        "--validate", f"{folder}/pairs.txt", "--report", f"{folder}/run.html")


def open_browser(folder):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-color-profile=srgb",
                     f"--user-data-dir={folder}/browser"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)


class Page:
    def __init__(self, browser, path, width, scheme):
        self.browser, self.width = browser, width
        browser.get("about:blank")
        browser.get_log("performance"), browser.get_log("browser")
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        self.address = "file://" + path.replace("%", "%25")
        browser.get(self.address)
        self.name = f"{os.path.basename(path)}, {width} wide, {scheme}"

    def script(self, text, *values):
        return self.browser.execute_script(text, *values)

    def all(self, selector):
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def expect(self, condition, what):
        assert condition, f"{self.name}: {what}"

    def expect_quiet(self):
        """Since it was opened: nothing said, nothing asked for but the page itself."""
        self.expect(not (said := self.browser.get_log("browser")), f"console says {said}")
        events = [json.loads(entry["message"])["message"] for entry in self.browser.get_log("performance")]
        asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        self.expect([url for url in asked if not url.startswith("data:")] == [self.address], f"requests are {asked}")

    def expect_whole(self, canvases):
        self.expect(len(self.all("canvas")) == canvases, f"{len(self.all('canvas'))} plots instead of {canvases}")
        self.expect(not self.all("img, b"), "markup came out of the data")
        self.expect(self.script("return Math.max(document.documentElement.scrollWidth, innerWidth)") == self.width, "wider than the screen")
        self.expect(self.script("""return [...document.querySelectorAll("caption")].every((c) => c.getBoundingClientRect().right <= innerWidth)"""),
                    "a table's caption is cut off")
        self.expect("MIT licence" in self.all("footer")[0].text and len(self.all("#license pre")[0].get_attribute("textContent")) > 900,
                    "the plotting library's licence is missing")
        # Something is drawn on every canvas, in more than one colour.
        colours = self.script("""return [...document.querySelectorAll("canvas")].map((c) =>
            new Set(new Uint32Array(c.getContext("2d").getImageData(0, 0, c.width, c.height).data.buffer)).size)""")
        self.expect(min(colours) > 3, f"an empty plot; colours are {colours}")

    def column(self, table, index):
        return [row.find_elements(By.TAG_NAME, "td")[index].text for row in table.find_elements(By.CSS_SELECTOR, "tbody tr")]

    def point_at(self, canvas, word):
        """Moves the mouse to the word; returns the tooltip's lines."""
        self.script("arguments[0].scrollIntoView({block: 'center'})", canvas)
        place = self.script("""const chart = Chart.getChart(arguments[0]);
            for (let set = 0; set < chart.data.datasets.length; ++set) {
              const i = chart.data.datasets[set].data.findIndex((point) => point.word === arguments[1]);
              if (i >= 0) { const { x, y } = chart.getDatasetMeta(set).data[i]; return [x - chart.width / 2, y - chart.height / 2]; }
            }""", canvas, word)
        self.expect(place, f"{word} is not in the plot")
        ActionChains(self.browser).move_to_element_with_offset(canvas, *map(round, place)).perform()
        self.expect_tooltip(canvas)
        return self.script("""const { tooltip } = Chart.getChart(arguments[0]);
            return [...tooltip.title, ...tooltip.body.flatMap((part) => part.lines), ...tooltip.afterBody]""", canvas)

    def expect_tooltip(self, canvas):
        """It comes with the next frame that the browser draws."""
        for _ in range(100):
            if self.script("return Chart.getChart(arguments[0]).tooltip.opacity", canvas) == 1:
                return
            time.sleep(0.05)
        self.expect(False, "pointing shows nothing")

    def keep(self, name):
        if not shots:
            return
        size = self.script("return [innerWidth, document.documentElement.scrollHeight]")
        shot = self.browser.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": {
            "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1}})
        with open(f"{shots}/{name}.png", "wb") as file:
            file.write(base64.b64decode(shot["data"]))


def check_evaluation(page):
    table = next(table for table in page.all("table") if "By section" in table.text)
    table.find_elements(By.TAG_NAME, "button")[0].click()
    sums = ["semantic", "syntactic", "total"]
    page.expect(page.column(table, 0) == ["capitals", "gram <img src=x onerror=alert(1)>"] + sums, "sections do not sort")
    table.find_elements(By.TAG_NAME, "button")[0].click()
    page.expect(page.column(table, 0) == ["gram <img src=x onerror=alert(1)>", "capitals"] + sums, f"sections sort back as {page.column(table, 0)}")

    relation, word_map = page.all("canvas")[-2:]
    lines = page.point_at(relation, "country3")
    page.expect(lines[:2] == ["country3", "pair: capital3"] and len(lines) == 8, f"pointing at country3 shows {lines}")
    chooser = Select(next(label for label in page.all("label") if label.text.startswith("Section")).find_element(By.TAG_NAME, "select"))
    chooser.select_by_visible_text("gram <img src=x onerror=alert(1)>")
    lines = page.point_at(relation, HOSTILE)
    page.expect(lines[:2] == [HOSTILE, 'pair: "quoted"'], f"pointing at a hostile word shows {lines}")

    lines = page.point_at(word_map, "word7")
    page.expect(lines[0] == "word7" and len(lines) == 7, f"pointing at word7 shows {lines}")
    search = page.all("input[type=search]")[0]
    search.send_keys("capital1")  # itself, capital10 and capital11
    marked = page.script("return Chart.getChart(arguments[0]).data.datasets[0].data.map((point) => point.word)", word_map)
    page.expect(sorted(marked) == ["capital1", "capital10", "capital11"], f"search for capital1 marks {marked}")
    page.expect(any("Nearest to capital1: " in note.text for note in page.all("p.note")), "search does not tell the neighbours")
    search.clear()
    search.send_keys("</SCRIPT>")
    page.expect(any(note.text == "1 of these words match." for note in page.all("p.note")), "search does not count")


def check_print(page):
    page.expect(page.script("dispatchEvent(new Event('beforeprint')); return getComputedStyle(document.body).backgroundColor") ==
                "rgb(255, 255, 255)", "paper is not white")
    page.script("dispatchEvent(new Event('afterprint'))")
    page.expect(page.script("return getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)", "dark does not come back")
    printed = base64.b64decode(page.browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    page.expect(printed.startswith(b"%PDF"), "does not print")
    if shots:
        with open(f"{shots}/print.pdf", "wb") as file:
            file.write(printed)


def check_run(page):
    page.expect(page.script("return data.curve.length") > 1, "no curve")
    page.script("arguments[0].scrollIntoView({block: 'center'})", page.all("canvas")[0])
    ActionChains(page.browser).move_to_element(page.all("canvas")[0]).perform()
    page.expect_tooltip(page.all("canvas")[0])


with tempfile.TemporaryDirectory() as folder:
    make_pages(folder)
    browser = open_browser(folder)
    try:
        for name, canvases, check in (("one", 3, check_evaluation), ("several", 3, check_evaluation), ("run", 4, check_run)):
            for width, scheme in ((1100, "light"), (1100, "dark"), (390, "light")):
                page = Page(browser, f"{folder}/{name}.html", width, scheme)
                page.expect_whole(canvases)
                page.keep(f"{name}_{width}_{scheme}")
                check(page)
                if scheme == "dark":
                    check_print(page)
                page.expect_quiet()
    finally:
        browser.quit()
print("the pages of an evaluation, of a comparison and of a run: all as expected")
