"""The file that a programme was imported from: kept as it is, and gone with the contact whom it names."""

import pytest

from mentoring.core.outcome import Outcome
from mentoring.programmes.whole_settings import ProgrammeFile
from storage import Transaction
from tests.storage.rows import ADA, NOON, OWNER, PROGRAMME, insert_programme

TEXT = "\ufeff# agreed with Ada 👩‍👧\r\nname: 'Ours'\t# tab\r\n\n"


def test_a_file_is_kept_to_the_byte_and_replaced(tx: Transaction) -> None:
    insert_programme(tx)
    assert tx.programme_files.get(PROGRAMME.id) is None
    for text in ("name: Before", TEXT):
        tx.save(Outcome((ProgrammeFile(PROGRAMME.id, text, OWNER),)))
    assert tx.programme_files.get(PROGRAMME.id) == ProgrammeFile(PROGRAMME.id, TEXT, OWNER)


@pytest.mark.parametrize(("erased", "stays"), [(ADA, True), (OWNER, False)])
def test_a_file_goes_with_the_contact_whom_it_names(tx: Transaction, erased: str, stays: bool) -> None:
    insert_programme(tx)
    tx.save(Outcome((ProgrammeFile(PROGRAMME.id, TEXT, OWNER),)))
    tx.erasure.erase(erased, NOON)
    assert (tx.programme_files.get(PROGRAMME.id) is not None) == stays
