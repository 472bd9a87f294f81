"""The part of the settings about what each two people can use besides meeting. It is off until owners want it."""

from dataclasses import dataclass, replace

from mentoring.core.programmes import Programme


@dataclass(frozen=True)
class ExtrasForm:
    """Whether mentees can write a plan with goals, and share it, and whether partners can write an agreement and
    progress reports.
    """

    has_plans: bool
    has_agreements: bool
    has_reports: bool


def apply_extras(programme: Programme, form: ExtrasForm) -> Programme:
    """The programme with the values of the form."""
    return replace(
        programme, has_plans=form.has_plans, has_agreements=form.has_agreements, has_reports=form.has_reports
    )
