"""Which of the workspaces in a database a command is about."""

from bot.settings import SettingsWrong
from storage import Storage

NO_PROGRAMME = "There is no programme yet. Set MENTOR_OWNERS and start `mentor-bot run` once."


def named_workspace(storage: Storage, wanted: str | None, *, empty: str) -> str:
    """The one that is `wanted`, or the only one there is. Raises SettingsWrong with what to mend, with `empty` where
    the database holds none.
    """
    known = storage.workspaces()
    if wanted and wanted not in known:
        raise SettingsWrong(f"The database knows no workspace {wanted}.")
    if not wanted and len(known) > 1:
        raise SettingsWrong("The database holds several workspaces: name one with --workspace.")
    if not known:
        raise SettingsWrong(empty)
    return wanted or known[0]
