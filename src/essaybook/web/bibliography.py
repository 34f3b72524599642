"""Works as the bibliography prints them."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from essaybook.corpus.historian import Work
from essaybook.web.words import tongues, within


def names(people: Iterable[str]) -> str:
    """Names in a row; the first stays as it is sorted, surname first."""
    people = list(people)
    rest = [turned(name) for name in people[1:]]
    every = people[:1] + rest
    if len(every) < 2:
        return "".join(every)
    return f"{', '.join(every[:-1])} and {every[-1]}"


def turned(name: str) -> str:
    """``Carr, E. H.`` as ``E. H. Carr``."""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma else name


def entry(work: Work) -> Markup:
    """Author, title, where it stands, who published it, when; each part only where it is recorded."""
    field = work.fields.get
    editors = [turned(name) for name in work.editors]
    edited = f"{', '.join(editors[:-1])} and {editors[-1]}" if len(editors) > 1 else "".join(editors)
    parts: list[str | Markup] = []
    if work.authors:
        parts.append(names(work.authors))
    elif work.editors:
        parts.append(f"{names(work.editors)} ({'ed.' if len(work.editors) == 1 else 'eds'})")
    title = work.title
    contained = work.kind in {"article", "incollection", "inproceedings", "inbook"}
    if contained:
        parts.append(f"“{within(title)}”")
        host = field("journal") or field("booktitle")
        if host:
            lead = "in " if field("booktitle") else ""
            by = f", ed. {edited}" if edited and work.authors else ""
            parts.append(Markup("{}<cite>{}</cite>{}").format(lead, host, by))
    else:
        parts.append(Markup("<cite>{}</cite>").format(title))
        if work.editors and work.authors:
            parts.append(f"ed. {edited}")
    if field("translator"):
        parts.append(f"trans. {turned(str(field('translator')))}")
    if field("edition"):
        parts.append(f"{field('edition')} edn")
    if field("series"):
        parts.append(str(field("series")))
    if field("volume"):
        volume = str(field("volume"))
        parts.append(volume if not volume.isdigit() or work.kind == "article" else f"vol. {volume}")
    if field("number"):
        parts.append(f"no. {field('number')}")
    place = [field("address"), field("publisher") or field("school") or field("howpublished")]
    imprint = ": ".join(part for part in place if part)
    line = Markup(", ").join(escape(part) for part in parts)
    line += f" ({imprint}, {work.year})" if imprint else f" ({work.year})"
    if field("pages"):
        pages = str(field("pages"))
        line += f", {'pp.' if '–' in pages else 'p.'} {pages}"
    line += "."
    if field("note"):
        note = str(field("note"))
        line += Markup(" {}").format(tongues(note + ("" if note.endswith(".") else ".")))
    if field("doi"):
        line += Markup(' <a href="https://doi.org/{}">doi:{}</a>').format(field("doi"), field("doi"))
    elif field("url"):
        line += Markup(' <a href="{}">{}</a>').format(field("url"), field("url"))
    return line


def sort_key(work: Work) -> tuple[str, str, str]:
    """Author or editor, else title; then year."""
    first = (work.authors or work.editors or [work.title])[0]
    return first.casefold().removeprefix("the "), work.year, work.title.casefold()
