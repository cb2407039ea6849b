"""Read remarks, guides and papers from the files beside this one."""

from __future__ import annotations

from importlib.resources import files

from flows.advice import Guide, Remark, load_guides, load_remarks
from flows.flow import Answers
from flows.papers import load_papers

REMARKS = load_remarks(files("flows.keiei") / "remarks.toml")
GUIDES = load_guides(files("flows.keiei") / "guides.toml")
PAPERS = load_papers(files("flows.keiei") / "papers.toml")


def remarks_for(answers: Answers, paths: set[str], *, is_barred: bool) -> tuple[Remark, ...]:
    """List the remarks for this owner, in the order of the file."""
    each_of = REMARKS.values()
    return tuple(each for each in each_of if each.applies(answers, paths, is_barred=is_barred))


def guides_for(answers: Answers, paths: set[str]) -> tuple[Guide, ...]:
    """List the guides for this owner, in the order of the file."""
    return tuple(each for each in GUIDES.values() if each.is_offered(answers, paths))
