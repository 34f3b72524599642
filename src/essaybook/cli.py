"""The ``essaybook`` command."""

from __future__ import annotations

import time
from pathlib import Path

import click

from essaybook import __version__
from essaybook.build import Book, BuildFailed, build, sphinx
from essaybook.number import number as give_numbers


def _book(root: Path) -> Book:
    book = Book(root.resolve())
    if not (book.root / "_toc.yml").exists():
        raise click.ClickException(f"{root} holds no book: there is no _toc.yml. Say where with --root")
    return book


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--root", type=click.Path(path_type=Path), default=Path(), help="The book's folder.")
@click.pass_context
def main(context: click.Context, root: Path) -> None:
    """Check, build and read a book that is made from records.

    A historian's day: change a page or a record, run `essaybook check`, then `essaybook serve` to read it.
    """
    context.obj = root


@main.command()
@click.pass_obj
def check(root: Path) -> None:
    """Say what is to be mended in records and prose: file, line, rule, what is wrong, the edit to make."""
    book = _book(root)
    corpus, findings = book.read()
    for finding in findings:
        click.echo(finding.text(book.root))
    if findings:
        raise click.ClickException(f"{len(findings)} to mend")
    kinds = (
        "source",
        "quotation",
        "person",
        "event",
        "office",
        "figure",
        "work",
        "position",
        "term",
        "claim",
        "exercise",
    )
    counts = ", ".join(f"{len(corpus.table(kind))} {kind}s" for kind in kinds)
    click.echo(f"Nothing to mend in {counts}.".replace("persons", "people"))


@main.command("build")
@click.option("--site", is_flag=True, help="The site alone; print, EPUB and zip stay as they were built last.")
@click.pass_obj
def build_command(root: Path, site: bool) -> None:
    """Build the site, the PDF, the EPUB and the other downloads into _build/html."""
    book = _book(root)
    start = time.monotonic()

    def say(step: str) -> None:
        click.echo(f"{time.monotonic() - start:6.1f} s  {step}")

    try:
        build(book, say, printed=not site)
    except BuildFailed as error:
        raise click.ClickException(str(error)) from None
    say("done")
    click.echo(f"Read it: {(book.html / 'index.html').as_uri()}")


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.pass_obj
def serve(root: Path, port: int) -> None:
    """Show the site on this machine, build again whenever a file is saved, and reload the page."""
    from livereload import Server

    book = _book(root)

    def again() -> None:
        start = time.monotonic()
        try:
            sphinx(book, "html", book.html)
        except BuildFailed:
            click.echo("Not built: the reason stands above. The page shows the last good build.")
        else:
            click.echo(f"Built in {time.monotonic() - start:.1f} s")

    again()
    server = Server()
    for pattern in ("book/**/*.md", "book/**/*.yml", "book/**/*.csv", "book/**/*.bib", "_*.yml"):
        server.watch(str(book.root / pattern), again)
    click.echo(f"Reading room: http://127.0.0.1:{port}/  (stop with Ctrl-C)")
    server.serve(root=str(book.html), host="127.0.0.1", port=port)


@main.command()
@click.pass_obj
def number(root: Path) -> None:
    """Give an id to every paragraph of a chapter that has none yet."""
    book = _book(root)
    corpus, _ = book.read()
    given = give_numbers(corpus, book.prose)
    for path, count in given.items():
        click.echo(f"{path.relative_to(book.root).as_posix()}: {count} given")
    if not given:
        click.echo("Every paragraph has its id.")


@main.command()
@click.pass_obj
def schema(root: Path) -> None:
    """Write the JSON Schemas of records from the models, for editors that complete and check as you type."""
    from essaybook.corpus.schema import write

    book = _book(root)
    changed = write(book.root)
    for path in changed:
        click.echo(path.relative_to(book.root).as_posix())
    if not changed:
        click.echo("Every schema is as the models have it.")


@main.command()
@click.argument("kind", type=click.Choice(["source", "event", "person", "chapter", "exercise"]))
@click.argument("name", required=False)
@click.option("--type", "type_", help="The type of an exercise; asked for where it is not given.")
@click.option("--chapter", help="The page that an exercise belongs to; asked for where it is not given.")
@click.pass_obj
def new(root: Path, kind: str, name: str | None, type_: str | None, chapter: str | None) -> None:
    """Begin a record or a chapter: a form to fill in, with what each field is for.

    An exercise is begun by answering questions, or at once where type, chapter and name are given.
    """
    from essaybook.forms import FORMS, begin

    book = _book(root)
    if kind == "exercise":
        _exercise(book, name, type_, chapter)
        return
    if type_ or chapter:
        raise click.UsageError("--type and --chapter are for exercises")
    if name is None:
        raise click.UsageError(f"Say what the {kind} is to be called: essaybook new {kind} NAME")
    try:
        path = begin(book.root, kind, name)
    except (FileExistsError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{path.relative_to(book.root).as_posix()}: {FORMS[kind].advice.format(name=name)}")


def _exercise(book: Book, name: str | None, kind: str | None, chapter: str | None) -> None:
    from essaybook.exercises.types import TYPES
    from essaybook.forms import PROMPT, PURPOSE, begin_exercise

    types, pages = list(TYPES), _chapters(book)
    if not pages:
        raise click.ClickException("No page stands yet for an exercise to belong to")
    whole = bool(name and kind and chapter)
    kind = _choice("Type", types, kind)
    chapter = _choice("Chapter", pages, chapter)
    name = name or click.prompt("Id (small letters, digits, hyphens)")
    prompt = PROMPT if whole else click.prompt("Prompt, what the reader is asked", default=PROMPT)
    purpose = PURPOSE if whole else click.prompt("Purpose, for teachers", default=PURPOSE)
    try:
        path = begin_exercise(book.root, kind, chapter, name, prompt, purpose)
    except (FileExistsError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(
        f"{path.relative_to(book.root).as_posix()}: fill in what stands in capitals and every 'id-of-…', "
        "then run 'essaybook check'. When only e-002 is left, run 'essaybook number'. "
        f"On its page: ':::{{exercise}} {name}'"
    )


def _choice(label: str, known: list[str], given: str | None) -> str:
    """One of the known names: as it was given, or as the answer to a question."""
    if given is not None:
        if given not in known:
            raise click.UsageError(f"There is no {label.lower()} '{given}'. Choose from: {', '.join(known)}")
        return given
    return str(click.prompt(label, type=click.Choice(known)))


def _chapters(book: Book) -> list[str]:
    """The pages that exercises can belong to: those that are prose, by file name."""
    from essaybook.corpus import prose

    pages = (prose.read(path) for path in sorted(book.prose.rglob("*.md")))
    return sorted({page.path.stem for page in pages if page.opener or any(p.id for p in page.paragraphs)})
