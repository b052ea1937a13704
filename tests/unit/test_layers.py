"""Who may know whom: the contracts of pyproject.toml hold."""

from __future__ import annotations

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports


def test_the_layers_are_kept(capsys: object) -> None:
    assert lint_imports(is_debug_mode=False, show_timings=False, verbose=False) == EXIT_STATUS_SUCCESS
