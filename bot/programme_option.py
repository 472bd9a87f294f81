"""The option --programme: which programme a command is about, if there are several."""

from bot.csv_files import printable, squeezed
from bot.settings import InvalidSettings
from mentoring.core.errors import NoProgramme
from storage import Transaction

HELP = "Name or id of the programme. Needed if there are several."


def find_programme(tx: Transaction, wanted: str) -> str:
    """The id of the programme with this name (in any case) or id; with "", of the only one.

    Raises NoProgramme, and InvalidSettings with the names to choose from.
    """
    programmes = [programme for programme, _ in tx.programmes.all()]
    if not programmes:
        raise NoProgramme
    text = squeezed(wanted).casefold()
    found = [each for each in programmes if not text or text in (each.id, squeezed(each.name).casefold())]
    if len(found) == 1:
        return found[0].id
    names = ", ".join(f"“{printable(each.name)}” ({each.id})" for each in found or programmes)
    if not text:
        raise InvalidSettings(f"There are several programmes. Choose one with --programme: {names}.")
    if found:
        raise InvalidSettings(f"Several programmes have this name. Use the id of one: {names}.")
    raise InvalidSettings(f"There is no programme “{printable(wanted)}”. There are: {names}.")
