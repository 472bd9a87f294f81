"""Which custom fields of Slack profiles say department, manager and start date."""

from sqlalchemy import select

from mentoring.people.profile_fields import ProfileFact, ProfileMapping
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import ProfileFieldRow


class ProfileFields(Repository):
    def get(self) -> ProfileMapping | None:
        """The mapping of the workspace; None if nobody has saved one. It may have no field."""
        rows = self._select(ProfileFieldRow, _ALL)
        if not rows:
            return None
        first, fields = rows[0], {row.fact: row.field for row in rows}
        mapped = {fact: fields[fact] for fact in ProfileFact if fields.get(fact)}
        return ProfileMapping(mapped, first.mapped_by, first.mapped_at, first.version)

    def save(self, mapping: ProfileMapping) -> bool:
        """Replace the mapping. Returns False if the stored version is not the previous one."""
        saved = [
            self._save_version(
                ProfileFieldRow,
                fact,
                mapping.version,
                field=mapping.fields.get(fact, ""),
                mapped_by=mapping.mapped_by,
                mapped_at=mapping.mapped_at,
            )
            for fact in ProfileFact
        ]
        return all(saved)


_ALL = select(ProfileFieldRow.__table__).where(ProfileFieldRow.workspace == WORKSPACE_PARAM)
