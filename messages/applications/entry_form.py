"""What an owner fills in for somebody who asked in person: whom it is for, and the application form."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.people import user_id
from mentoring.core.programmes import Cohort, Programme
from messages.applications.form import with_languages, work_questions, written_questions
from messages.blocks import actions, button, fit, modal, person_select, section, small_print
from messages.forms import FormMetadata, Values
from messages.ids import ADD_PERSON_VIEW, ENTER_MENTEE, ENTER_MENTOR, ENTRY_FORM, LOOK_UP_PERSON, WAITING_VIEW
from messages.text import mention
from messages.voice import Voice

TITLE = "Add someone"


def choose_person(programme: Programme, *, root: str = "", below: str = "") -> dict[str, Any]:
    """Choose the person, and what they asked for.

    `root` is the id of the list below it, and `below` what that list shows.
    """
    voice = Voice(programme, marked=False)
    words = (
        "*Has someone asked you in person?* Choose them, and what they asked for. You fill in the form with what you "
        "know. They get one message and confirm it there. It counts from then on."
    )
    blocks: list[Block] = [
        section(words),
        person_select(FieldName.PERSON, LOOK_UP_PERSON, "Who is it?"),
        actions(
            button(fit(f"They’d like {voice.a_mentor}", "They’d like support", most=24), ENTER_MENTEE),
            button(fit(f"They’d be {voice.a_mentor}", "They’d support others", most=24), ENTER_MENTOR),
        ),
    ]
    meta = FormMetadata(form=ADD_PERSON_VIEW, root=root, below=below).dump()
    return modal(ADD_PERSON_VIEW, TITLE, blocks, close="Go back", private_metadata=meta)


def asking_slack() -> dict[str, Any]:
    """In place of the form, while Slack is asked who the person is."""
    words = "*One moment …* I’m asking Slack who this is. The form opens here."
    return modal(WAITING_VIEW, TITLE, [section(words)])


def chosen_person(values: Values) -> str:
    """The Slack user id that was chosen; "" if none was."""
    chosen = values.get(FieldName.PERSON)
    return user_id(chosen) if isinstance(chosen, str) else ""


def entry_form(
    person: str,
    role: Role,
    programme: Programme,
    cohort: Cohort,
    values: Values,
    *,
    version: int = 0,
    restored: bool = False,
    known: bool = False,
    root: str = "",
    below: str = "",
) -> dict[str, Any]:
    """The form for `person` (a Slack user id), filled with `values`. No question has to be answered.

    `version` is that of the application that was entered before, or 0. `restored` says that the values are a draft,
    `known` that some were filled in from what is known.
    """
    voice, who = Voice(programme), mention(person)
    applies = f"would like {voice.a_mentor}" if role is Role.MENTEE else f"would be {voice.a_mentor}"
    words = (
        f"*You’re filling this in for {who}, who {applies}.* The questions are as {who} reads them. Leave out what you "
        f"don’t know: they can add it. They’ll be asked to confirm it, and this is recorded."
    )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    elif known:
        blocks.append(small_print("We filled in what we know. Change anything that’s different."))
    values = with_languages(values)
    questions = (*written_questions(role, programme), *work_questions(role, programme))
    blocks += [replace(question, optional=True).block(values) for question in questions]
    meta = FormMetadata(form=role, version=version, about=person, root=root, below=below)
    return modal(ENTRY_FORM, TITLE, blocks, submit="Ask to confirm", close="Go back", private_metadata=meta.dump())
