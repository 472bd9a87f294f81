"""Where two partners meet. Requests read it through `Transaction.private` only."""

from mentoring.meetings.place import MeetingPlace
from mentoring.partnerships.partnership import Partnership, check_partner
from storage.repository import Repository
from storage.tables import MeetingPlaceRow


class MeetingPlaces(Repository):
    """Places, read for one of the two people: for their request, or for a message to them."""

    def read_by(self, person: str, partnership: Partnership) -> MeetingPlace | None:
        """Where they meet, if one of them has said so. Raises NotForYou for anybody but its two people."""
        check_partner(partnership, person)
        row = self._get(MeetingPlaceRow, partnership.id)
        return MeetingPlace(row.partnership_id, row.words, row.changed_by, row.version) if row else None

    def save(self, place: MeetingPlace) -> bool:
        """Save the place. Returns False if the stored version is not the previous one."""
        return self._save_version(
            MeetingPlaceRow,
            place.partnership_id,
            place.version,
            words=place.words,
            changed_by=place.changed_by,
        )
