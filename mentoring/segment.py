"""Whom a programme is for: one segment of the organisation, or everybody (D2.6)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """Departments and grades; an empty list means all of them. Where it names some, somebody of whom that is not known
    is outside.
    """

    departments: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    def holds(self, department: str, grade: str) -> bool:
        in_department = not self.departments or department in self.departments
        return in_department and (not self.grades or grade in self.grades)


EVERYBODY = Segment()
