"""In the demo, one person who cannot act stops nobody else."""

import pytest

from bot.demo.acts import each


def test_an_act_that_fails_is_logged_and_the_others_are_performed(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def break_() -> None:
        raise RuntimeError("what somebody typed")

    each([lambda: done.append("first"), break_, lambda: done.append("last")])
    assert done == ["first", "last"]
    assert "RuntimeError" in caplog.text
    assert "what somebody typed" not in caplog.text
