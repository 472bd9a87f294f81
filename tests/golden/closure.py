"""What there is to read on the last page of the closing survey."""

from mentoring.closure import Together
from mentoring.core.programmes import Programme
from messages.closure import closure_form, naming_form
from messages.forms import Values
from tests.golden.making import Piece, shown
from tests.messages.examples import ADA, BEN, CUSTOM, NAMES, PARTNERSHIP, PLAIN


def _page(by: str, together: Together, programme: Programme = PLAIN, values: Values | None = None) -> Piece:
    return shown(
        lambda: closure_form(
            values or {},
            PARTNERSHIP,
            together,
            by=by,
            programme=programme,
            name=NAMES[PARTNERSHIP.other(by)],
            restored=bool(values),
            is_next=not values,
        )
    )


CLOSURE = {
    "naming-form": shown(lambda: naming_form(PARTNERSHIP, by=ADA, is_named=True)),
    "form": _page(ADA, Together(6, items=5, items_done=4, goals=2, goals_reached=1)),
    "form-mentor": _page(BEN, Together(1)),
    "form-mentor-own-words": _page(BEN, Together(6, items=1), CUSTOM, {"thanks": "Thank", "places_again": "2"}),
}
