"""The form with which an owner pairs two people, and its reader."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from mentoring.application import Application, Role
from mentoring.field import Field as About
from mentoring.round import Round
from messages.blocks import context, modal, section
from messages.forms import Choice, FormMeta, Offer, Values
from messages.ids import PAIR_FORM
from messages.outgoing import limits
from messages.voice import Voice, capital


def pair_form(round_: Round, values: Values, *, root: str = "", restored: bool = False) -> dict[str, Any]:
    """The form as a view, filled with `values`; `root` is the id of the desk below it."""
    voice = Voice(round_.programme, marked=False)
    mentees, mentors = round_.pool(Role.MENTEE), round_.pool(Role.MENTOR)
    meta = FormMeta(form=PAIR_FORM, root=root).dump()
    if not mentees or not mentors:
        missing = voice.mentee if not mentees else f"{voice.mentor} with a place"
        words = f"There is no {missing} left at the moment, so there is nobody to pair."
        return modal(PAIR_FORM, "Pair two by hand", [section(words)], private_metadata=meta)
    marked = Voice(round_.programme)
    fields = (
        Choice(
            block_id=About.MENTEE,
            label=capital(voice.mentee),
            hint=_hint(mentees),
            offers=[_offer(round_, application) for application in mentees],
        ),
        Choice(
            block_id=About.MENTOR,
            label=capital(voice.mentor),
            hint=_hint(mentors),
            offers=[_offer(round_, application) for application in mentors],
        ),
    )
    rules = (
        f"The pair comes onto the desk with your approval, if you may give it. {capital(marked.mentor)} and "
        f"{marked.mentee} need a topic in common, and neither may be the other’s manager."
    )
    kept = [context("We kept what you chose last time.")] if restored else []
    blocks = [*kept, section(rules), *(field.block(values) for field in fields)]
    return modal(PAIR_FORM, "Pair two by hand", blocks, submit="Put on the desk", close="Cancel", private_metadata=meta)


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    mentee: str = ""
    mentor: str = ""


def parse_pair(values: Values) -> tuple[str, str]:
    """The ids of the two applications, mentee's and mentor's; "" for what is not chosen.

    Raises ValueError for what the form cannot have sent; the message does not repeat it.
    """
    sent = _Sent.model_validate({block_id: value for block_id, value in values.items() if value})
    return sent.mentee, sent.mentor


def _offer(round_: Round, application: Application) -> Offer:
    """A name first, then what tells two of the same name apart."""
    person = round_.people.get(application.person)
    name = (person.display_name if person else "") or "Somebody whose name we do not know yet"
    return Offer(
        application.id, " · ".join(filter(None, (name, application.department, ", ".join(application.topics))))
    )


def _hint(applications: list[Application]) -> str:
    first = "Who has waited longest comes first. "
    if len(applications) > limits.OPTIONS:
        first = f"The {limits.OPTIONS} who have waited longest, of {len(applications)}. "
    return f"{first}Only the programme owners see who is paired, until it is released."
