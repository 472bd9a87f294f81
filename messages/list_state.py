"""What an open list shows: kept in its `private_metadata`, so that the next page or a search can go on from it."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from mentoring.core.paging import PageMark
from messages.forms import FormMetadata


class ListState(BaseModel):
    """The name that was searched for, and `mark`, a page. Each list adds its `filter` and what else it searches for."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    name: str = ""
    mark: str = ""

    @classmethod
    def of_view(cls, view: Any) -> Self:
        """What the list shows that is open in `view`, or that is below it; the default if there is none."""
        try:
            meta = FormMetadata.model_validate_json(view["private_metadata"])
            return cls.model_validate_json(meta.below or meta.about)
        except (ValueError, KeyError, TypeError):
            return cls()

    def at(self, mark: PageMark) -> Self:
        """The same list at another page."""
        return self.model_copy(update={"mark": mark.dump() if mark.id else ""})

    def dump(self, *, form: str, root: str = "") -> str:
        """For the `private_metadata` of the list, or of a view on top of the list with the id `root`."""
        return FormMetadata(form=form, about=self.model_dump_json(exclude_defaults=True), root=root).dump()
