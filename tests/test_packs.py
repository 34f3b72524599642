"""The exercises as learning systems and card programs take them in, from the book's own records."""

from __future__ import annotations

import csv
import dataclasses
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from lxml import etree

from essaybook.corpus import Corpus, load
from essaybook.exercises import types
from essaybook.exercises.question import Answer, Pair, Question
from essaybook.packs import Shelf
from essaybook.packs.cards import deck, number, terms
from essaybook.packs.gather import Chapter, Edition, Entry, gather
from essaybook.packs.gift import escaped, gift
from essaybook.packs.moodle import FRACTIONS, fraction, moodle
from essaybook.packs.qti import assessment, quiz
from essaybook.packs.write import FORMATS, write
from village import CASES, read, village

ROOT = Path(__file__).resolve().parent.parent
EDITION = Edition("trials", "A book of trials: № 1", date(2026, 1, 2))
ASI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
CC = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load(ROOT / "book" / "corpus")[0]


@pytest.fixture(scope="module")
def chapters(corpus: Corpus) -> list[Chapter]:
    slugs = sorted({exercise.chapter for exercise in corpus.exercises.values()})
    return gather(corpus, {f"book/{slug}": f"On {slug}" for slug in slugs})


@pytest.fixture(scope="module")
def packs(chapters: list[Chapter], corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("packs")
    write(chapters, corpus, EDITION, out)
    return out


def nasty(corpus: Corpus) -> Chapter:
    """A chapter whose words hold every sign that some format reads as its own."""
    words = "~=#{}:\\ <b>&amp;</b> ]]> $CATEGORY: x\t“ё”, №"
    answers = (Answer(f"{words} 1", True, words), Answer(f"{words} 2", False), Answer(f"{words} 3", False, words))
    pairs = (Pair(f"{words} a", f"{words} x"), Pair(f"{words} b", f"{words} y"), Pair(f"{words} c", f"{words} x"))
    exercise = next(iter(corpus.exercises.values()))
    asked = [
        Question("one", "single", f"{words}\n\n{words}", words, answers),
        Question("some", "several", words, words, tuple(dataclasses.replace(a, right=i < 2) for i, a in enumerate(answers))),
        Question("join", "match", words, words, pairs=pairs, others=(f"{words} z",)),
        Question("say", "essay", words, words),
    ]  # fmt: skip
    return Chapter("nasty", words.replace("\t", " "), "book/nasty", tuple(Entry(exercise, one) for one in asked))


# ---------------------------------------------------------------- questions


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_type_becomes_questions_that_can_be_answered(path: Path) -> None:
    made = read(path).as_questions(village())
    assert made
    assert len({asked.name for asked in made}) == len(made)
    for asked in made:
        assert asked.prompt.strip()
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", asked.name)
        match asked.kind:
            case "single":
                assert sum(answer.right for answer in asked.answers) == 1
            case "several":
                assert sum(answer.right for answer in asked.answers) > 0
            case "match":
                assert len(asked.choices) > 1
                assert {pair.belongs for pair in asked.pairs} <= set(asked.choices)
            case "number":
                assert asked.least <= asked.value <= asked.most
            case _:
                assert asked.key.strip()


def test_no_exercise_of_the_book_is_left_out(corpus: Corpus, chapters: list[Chapter]) -> None:
    held = {entry.exercise.id for chapter in chapters for entry in chapter.entries}
    assert held == set(corpus.exercises)
    assert {corpus.exercises[name].type for name in held} == set(types.TYPES)


# ---------------------------------------------------------------- counts


def gift_questions(text: str) -> list[tuple[str, str, str]]:
    """Id, prompt and body of every question: signs behind a backslash are words."""
    found = []
    for name, prompt, body in re.findall(
        r"^::((?:[^:\\]|\\.)+)::\[html\]((?:[^{\\]|\\.)*)\{((?:[^}\\]|\\.)*)\}$", text, re.M | re.S
    ):
        found.append((re.sub(r"\\(.)", r"\1", name), re.sub(r"\\(.)", r"\1", prompt), body))
    return found


def test_every_format_has_every_question(packs: Path, chapters: list[Chapter]) -> None:
    for chapter in chapters:
        folder = packs / chapter.slug
        ids = [entry.id for entry in chapter.entries]
        in_moodle = ET.parse(folder / "moodle.xml").getroot().findall("question")
        assert [found.findtext("idnumber") for found in in_moodle if found.get("type") != "category"] == ids
        assert [name for name, _, _ in gift_questions((folder / "questions.gift").read_text(encoding="utf-8"))] == ids
        with zipfile.ZipFile(folder / "qti.zip") as held:
            root = ET.fromstring(held.read(f"q-{chapter.slug}/q-{chapter.slug}.xml"))
        assert [item.get("ident") for item in root.iter(f"{ASI}item")] == [f"q-{name}" for name in ids]
        rows = list(csv.reader(io.StringIO((folder / "deck.tsv").read_text(encoding="utf-8")), delimiter="\t"))
        assert [row[2] for row in rows] == ids


def test_the_table_counts_what_the_files_hold(packs: Path, chapters: list[Chapter], corpus: Corpus) -> None:
    rows = list(csv.DictReader(io.StringIO((packs / "formats.csv").read_text(encoding="utf-8"))))
    assert Counter(row["format"] for row in rows) == dict.fromkeys(FORMATS, len(corpus.exercises))
    assert all(bool(row["lost"]) == (row["how"] == "adapted") for row in rows)
    told = Counter[str]()
    for row in rows:
        told[row["format"]] += int(row["questions"])
    questions = sum(len(chapter.entries) for chapter in chapters)
    assert told["moodle"] == told["gift"] == told["qti"] == told["anki"] == told["tsv"] == questions
    with zipfile.ZipFile(packs / "cartridge.imscc") as held:
        names = [name for name in held.namelist() if name.endswith("assessment.xml")]
        items = sum(len(list(ET.fromstring(held.read(name)).iter(f"{ASI}item"))) for name in names)
    assert told["cartridge"] == items > questions


# ---------------------------------------------------------------- Moodle and GIFT


def test_moodle_gets_only_marks_that_it_knows(packs: Path) -> None:
    given = set()
    for path in packs.glob("*/moodle.xml"):
        for question in ET.parse(path).getroot().findall("question"):
            earned = [float(answer.get("fraction", "")) for answer in question.findall("answer")]
            given |= {answer.get("fraction", "") for answer in question.findall("answer")}
            if question.get("type") == "multichoice":
                assert sum(part for part in earned if part > 0) == pytest.approx(100, abs=0.001)
    assert {part.removeprefix("-") for part in given} <= set(FRACTIONS)
    with pytest.raises(ValueError, match="one in 13"):
        fraction(13)


def test_moodle_keeps_russian_and_every_sign(corpus: Corpus) -> None:
    chapter = nasty(corpus)
    root = ET.fromstring(moodle(chapter, "Book"))
    single, _, join, essay = root.findall("question")[1:]
    assert single.findtext("questiontext/text") == essay.findtext("questiontext/text", "") * 2
    assert '<span lang="ru">ё</span>' in (essay.findtext("graderinfo/text") or "")
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt; ]]&gt;" in (essay.findtext("graderinfo/text") or "")
    rows = [(sub.findtext("text"), sub.findtext("answer/text")) for sub in join.findall("subquestion")]
    assert len(rows) == 4
    assert rows[3][0] == ""
    assert str(rows[3][1]).endswith(" z")


def test_a_number_within_bounds_is_right_in_moodle(corpus: Corpus) -> None:
    asked = next(
        asked for one in corpus.exercises.values() for asked in one.as_questions(corpus) if one.type == "estimate"
    )
    entry = Entry(next(iter(corpus.exercises.values())), asked)
    root = ET.fromstring(moodle(Chapter("n", "N", "n", (entry,)), "Book"))
    ranges = [
        (float(a.findtext("text") or "") - float(a.findtext("tolerance") or ""),
         float(a.findtext("text") or "") + float(a.findtext("tolerance") or ""))
        for a in root.iter("answer")
    ]  # fmt: skip
    assert min(low for low, _ in ranges) == pytest.approx(float(asked.least), rel=1e-3)
    assert max(high for _, high in ranges) == pytest.approx(float(asked.most), rel=1e-3)
    ends = sorted(ranges)
    assert all(before[1] >= after[0] - 0.01 for before, after in pairwise(ends))


def test_gift_reads_back_as_it_was(corpus: Corpus) -> None:
    chapter = nasty(corpus)
    text = gift(chapter)
    found = gift_questions(text)
    assert [name for name, _, _ in found] == [entry.id for entry in chapter.entries]
    assert all("~=#{}:\\" in prompt for _, prompt, _ in found)
    assert len(re.findall(r"(?<!\\)=", found[0][2])) == 1
    assert len(re.findall(r"^~", found[0][2], re.M)) == 2
    assert re.findall(r"~%(-?[\d.]+)%", found[1][2]) == ["50", "50", "-100"]
    assert found[2][2].count(" -> ") == 4
    assert escaped("a:b") == "a\\:b"
    # A line that began with the word would open another category.
    assert len(re.findall(r"^\$CATEGORY", text, re.M)) == 1


# ---------------------------------------------------------------- QTI and the cartridge


def test_a_quiz_names_its_file_and_its_marks_add_up(corpus: Corpus, chapters: list[Chapter]) -> None:
    for chapter in [*chapters, nasty(corpus)]:
        files = quiz(chapter)
        manifest = ET.fromstring(files["imsmanifest.xml"])
        named = [found.get("href") for found in manifest.iter() if found.tag.endswith("}file")]
        assert set(named) == set(files) - {"imsmanifest.xml"}
        root = ET.fromstring(files[str(named[0])])
        for item in root.iter(f"{ASI}item"):
            labels = {label.get("ident") for label in item.iter(f"{ASI}response_label")}
            for equal in item.iter(f"{ASI}varequal"):
                assert equal.text in labels or item.find(f".//{ASI}render_fib") is not None
            feedback = {found.get("ident") for found in item.iter(f"{ASI}itemfeedback")}
            assert {found.get("linkrefid") for found in item.iter(f"{ASI}displayfeedback")} == feedback
            added = [float(s.text or "") for s in item.iter(f"{ASI}setvar") if s.get("action") == "Add"]
            if added:
                assert sum(added) == pytest.approx(100, abs=0.1)


def test_the_cartridge_holds_what_its_manifest_names(packs: Path, chapters: list[Chapter]) -> None:
    with zipfile.ZipFile(packs / "cartridge.imscc") as held:
        names = held.namelist()
        manifest = ET.fromstring(held.read("imsmanifest.xml"))
        profiles = Counter(
            field.findtext(f"{ASI}fieldentry")
            for name in names
            if name.endswith("assessment.xml")
            for field in ET.fromstring(held.read(name)).iter(f"{ASI}qtimetadatafield")
        )
    assert names[0] == "imsmanifest.xml"
    assert {found.get("href") for found in manifest.iter(f"{CC}file")} == set(names) - {"imsmanifest.xml"}
    resources = {found.get("identifier") for found in manifest.iter(f"{CC}resource")}
    used = [found.get("identifierref") for found in manifest.iter(f"{CC}item") if found.get("identifierref")]
    assert set(used) == resources
    assert len(used) == len(resources) == 2 * len(chapters)
    assert set(profiles) == {"cc.exam.v0p1", "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1", "cc.essay.v0p1"}


def test_the_cartridge_links_where_the_site_is_known(chapters: list[Chapter], corpus: Corpus, tmp_path: Path) -> None:
    write(chapters[:1], corpus, dataclasses.replace(EDITION, site="https://book.example/"), tmp_path)
    with zipfile.ZipFile(tmp_path / "cartridge.imscc") as held:
        link = next(held.read(name).decode() for name in held.namelist() if name.endswith("link.xml"))
    assert f'href="https://book.example/{chapters[0].page}.html"' in link


def schema(name: str) -> etree.XMLSchema:
    folder = os.environ.get("BOOK_SCHEMAS")
    found = sorted(Path(folder).rglob(name)) if folder else []
    if not found:
        pytest.skip(f"BOOK_SCHEMAS names no folder with {name}")
    return etree.XMLSchema(etree.parse(str(found[0])))


@pytest.mark.parametrize("canvas", [True, False])
def test_questions_are_valid_by_the_schema_of_qti(chapters: list[Chapter], canvas: bool) -> None:
    rules = schema("ims_qtiasiv1p2p1.xsd")
    for chapter in chapters:
        assert rules.validate(etree.fromstring(assessment(chapter, canvas))), rules.error_log


def test_the_manifest_is_valid_by_the_schema_of_the_cartridge(packs: Path) -> None:
    rules = schema("ccv1p1_imscp_v1p2_v1p0.xsd")
    with zipfile.ZipFile(packs / "cartridge.imscc") as held:
        assert rules.validate(etree.fromstring(held.read("imsmanifest.xml"))), rules.error_log


# ---------------------------------------------------------------- cards


def imported(collection: Collection, path: Path) -> Any:
    asked = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
    return collection.import_anki_package(asked).log


def test_a_new_edition_of_the_deck_keeps_what_was_learned(
    chapters: list[Chapter], corpus: Corpus, tmp_path: Path
) -> None:
    collection = Collection(str(tmp_path / "learner.anki2"))
    try:
        first = tmp_path / "first.apkg"
        deck(first, chapters, corpus, EDITION)
        log = imported(collection, first)
        questions = sum(len(chapter.entries) for chapter in chapters) + len(terms(corpus))
        assert len(log.new) == collection.note_count() == questions
        name = f"{EDITION.title}::{chapters[0].title}"
        collection.decks.select(collection.decks.id_for_name(name))
        for _ in range(3):
            card = collection.sched.getCard()
            assert card is not None
            collection.sched.answerCard(card, 3)
        learned = collection.db.list("select id from cards where reps > 0 order by id")
        assert len(learned) == 3

        entries = list(chapters[0].entries)
        asked = entries[0].question
        entries[0] = dataclasses.replace(entries[0], question=dataclasses.replace(asked, key="Now mended."))
        changed = [dataclasses.replace(chapters[0], entries=tuple(entries)), *chapters[1:]]
        second = tmp_path / "second.apkg"
        deck(second, changed, corpus, dataclasses.replace(EDITION, day=date(2027, 1, 2)))
        log = imported(collection, second)
        assert len(log.new) == 0
        assert collection.note_count() == questions
        assert collection.db.list("select id from cards where reps > 0 order by id") == learned
        (note,) = collection.find_notes(f'Id:"{entries[0].id}"')
        assert "Now mended." in collection.get_note(note)["Back"]
    finally:
        collection.close()


def test_ids_of_decks_follow_from_names_alone() -> None:
    assert number("a", "b") == number("a", "b") != number("a", "c")
    assert 1 << 30 <= number("a") < 1 << 31


# ---------------------------------------------------------------- the same again


def test_packs_are_the_same_to_the_byte_under_another_seed(tmp_path: Path) -> None:
    program = (
        "import sys; from datetime import date; from pathlib import Path; from essaybook.corpus import load\n"
        "from essaybook.packs.gather import Edition, gather; from essaybook.packs.write import write\n"
        "corpus = load(Path(sys.argv[1]))[0]\n"
        "chapters = gather(corpus, {'book/testament': 'Testament'})\n"
        "write(chapters, corpus, Edition('trials', 'Trials', date(2026, 1, 2)), Path(sys.argv[2]))\n"
    )
    made = []
    for seed in ("1", "2"):
        out = tmp_path / seed
        out.mkdir()
        command = [sys.executable, "-c", program, str(ROOT / "book" / "corpus"), str(out)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed})
        made.append({p.relative_to(out).as_posix(): p.read_bytes() for p in sorted(out.rglob("*")) if p.is_file()})
        shutil.rmtree(out)
    assert len(made[0]) == 7
    assert made[0] == made[1]


def test_a_pack_is_made_again_only_when_what_it_is_made_of_has_changed(tmp_path: Path) -> None:
    made: list[str] = []
    file, kept = tmp_path / "a.txt", tmp_path / "packs.json"

    def build(ground: str, of: str, stops: bool = False) -> int:
        """How often the pack was made in a build, which may stop before its end."""
        made.clear()
        shelf = Shelf(kept, ground)
        shelf.put("a", of, [file], lambda: (made.append(of), file.write_text(of)))
        if not stops:
            shelf.close()
        return len(made)

    assert build("g", "one") == 1
    assert build("g", "one") == 0
    assert build("g", "two") == 1
    assert build("h", "two") == 1
    assert build("h", "two") == 0
    file.unlink()
    assert build("h", "two") == 1
    # Stopped with an edit half taken up, which is then undone.
    assert build("h", "three", stops=True) == 1
    assert build("h", "two") == 1
    assert file.read_text() == "two"
