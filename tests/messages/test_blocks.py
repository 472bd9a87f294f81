from messages.blocks import fit, listing
from messages.text import length


def test_the_first_title_that_fits_is_taken() -> None:
    assert fit("Request a mentor", "Your request") == "Request a mentor"
    assert fit("Request a very long word indeed", "Your request") == "Your request"


def test_a_list_says_how_many_did_not_fit() -> None:
    assert listing(["a", "b & c"], 100) == "a, b &amp; c"
    assert listing(["mmmm"] * 10, 35) == "mmmm, mmmm, mmmm, and 7 more"
    assert length(listing(["&" * 75] * 100, 600)) <= 600
    assert listing([], 100) == ""
