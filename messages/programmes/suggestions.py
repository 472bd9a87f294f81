"""What the guided set-up suggests where an owner has written nothing yet (D0.2, D0.7, D1.24, D2.1, D2.3)."""

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.programmes.settings import Part
from messages.forms import Values


def suggested(part: Part, programme: Programme) -> Values:
    """Values for the fields of this part that are empty."""
    return {name: text for name, text in _suggestions(programme).get(part, {}).items() if not _stands(name, programme)}


def _stands(name: FieldName, programme: Programme) -> bool:
    return bool(getattr(programme, name))


def _suggestions(programme: Programme) -> dict[Part, dict[FieldName, str]]:
    return {
        Part.BASICS: {FieldName.PURPOSE: "People who work here learn from one another."},
        Part.OBJECTIVES: {
            FieldName.OBJECTIVES: _lines(
                "Support decisions about careers and education",
                "Connect people across the organisation",
                "Give advice on work and life",
            )
        },
        Part.ROLES: {
            FieldName.DEFINITION: "Mentoring is a learning partnership: two people share experience, and both learn.",
            FieldName.MENTEE_RESPONSIBILITIES: _lines(
                "Say what you want to learn, and arrange the meetings",
                "Be open to feedback, and try things out",
                "Do what you agreed on between the meetings",
            ),
            FieldName.MENTOR_RESPONSIBILITIES: _lines(
                "Make time, listen, and be honest",
                "Share what went well for you and what was hard",
                "Point to others for what is beyond your expertise, such as legal or medical questions",
            ),
        },
    }


def _lines(*lines: str) -> str:
    return "\n".join(lines)
