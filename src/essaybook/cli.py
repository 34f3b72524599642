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
@click.pass_obj
def build_command(root: Path) -> None:
    """Build the site, the PDF and the downloads into _build/html."""
    book = _book(root)
    start = time.monotonic()

    def say(step: str) -> None:
        click.echo(f"{time.monotonic() - start:6.1f} s  {step}")

    try:
        build(book, say)
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
@click.argument("kind", type=click.Choice(["source", "event", "person", "chapter"]))
@click.argument("name")
@click.pass_obj
def new(root: Path, kind: str, name: str) -> None:
    """Begin a record or a chapter: a form to fill in, with what each field is for."""
    from essaybook.forms import FORMS, begin

    book = _book(root)
    try:
        path = begin(book.root, kind, name)
    except (FileExistsError, ValueError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{path.relative_to(book.root).as_posix()}: {FORMS[kind].advice.format(name=name)}")
