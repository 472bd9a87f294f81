"""Refusals about what people tell the programme."""

from dataclasses import dataclass

from mentoring.core.errors import MentoringError
from mentoring.core.fields import FieldName


@dataclass(unsafe_hash=True)
class NotTakingPart(MentoringError):
    """The person has no open application and no partnership in the current round."""


@dataclass(unsafe_hash=True)
class NoSuchRemark(MentoringError):
    """The remark does not exist any more, or the person is no owner of its programme."""


@dataclass(unsafe_hash=True)
class NotCollectedNow(MentoringError):
    """The round is over: nothing is collected without names until the next one."""

    field: FieldName
