"""What is wrong with a payload, said without repeating what was in it."""

from collections.abc import Iterable


class Unsendable(Exception):
    """Slack would refuse this, or we would rather not send it.

    `.problems` say where and which limit, as in "blocks[2].text.text: 3211 characters, at most 3000". They never hold
    what was written there: logs must not keep what people typed.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))
