"""Who is told of everything that should be there again at the next start; by default nobody keeps it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.members import Member
    from sandbox.workspace.conversations import Conversation, Message
    from sandbox.workspace.views import View


class Keeper:
    """Told of each change before whoever made it is answered, with the workspace's lock held. This one forgets."""

    def conversation(self, conversation: "Conversation") -> None:
        """It was opened, or somebody has read on in it."""

    def message(self, conversation: "Conversation", message: "Message") -> None:
        """It was posted, was changed, or somebody chose something in it."""

    def gone(self, message: "Message") -> None:
        """It was deleted."""

    def member(self, member: "Member") -> None:
        """They joined, or something about them changed."""

    def view(self, view: "View") -> None:
        """A view shows something else, or was filled in."""
