"""What is said of papers and of the templates they are drawn from."""

from __future__ import annotations

from domain.sheets import Problem
from texts.engine import render


def wrong_template(problem: Problem) -> str:
    """What is wrong with an office's own template, for who keeps it. Plain text: it goes to logs and terminals."""
    return render("sheets_wrong_template", p=problem)


def own_template_not_used(problem: Problem) -> str:
    """Below a paper that was drawn from the program's template, because the office's own is wrong."""
    return render("sheets_not_used", p=problem)
