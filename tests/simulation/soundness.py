"""What holds at every moment, whatever anybody does, asked of the bot's database in plain SQL."""

import sqlite3
from collections.abc import Mapping

NEVER: Mapping[str, str] = {
    "somebody asks for one mentor and has, or is asked about, two": """
        SELECT application FROM (
            SELECT mentee_application AS application FROM partnerships WHERE state = 'active'
            UNION ALL SELECT mentee_application FROM matches WHERE state = 'offered'
        ) GROUP BY application HAVING count(*) > 1
    """,
    "a mentor has, or is asked about, more than their places": """
        SELECT taken.application FROM (
            SELECT mentor_application AS application FROM partnerships WHERE state = 'active'
            UNION ALL SELECT mentor_application FROM matches WHERE state = 'offered'
        ) taken JOIN applications ON applications.id = taken.application
        GROUP BY taken.application, places HAVING count(*) > places
    """,
    "two were introduced, and one of them had not said yes": """
        SELECT id FROM matches WHERE state = 'accepted' AND json_array_length(accepted_by) <> 2
    """,
    "a match is accepted and is not one partnership": """
        SELECT matches.id FROM matches LEFT JOIN partnerships ON match_id = matches.id
        GROUP BY matches.id, matches.state HAVING count(partnerships.id) <> (matches.state = 'accepted')
    """,
    "somebody is asked who has withdrawn": """
        SELECT matches.id FROM matches
        JOIN applications ON applications.id IN (mentee_application, mentor_application)
        WHERE matches.state IN ('proposed', 'offered') AND applications.state <> 'open'
    """,
    "somebody is asked whose account is closed, or about one": """
        SELECT matches.id FROM matches JOIN people ON people.id IN (mentee, mentor)
        WHERE matches.state = 'offered' AND left_at IS NOT NULL
    """,
    "a partnership that runs does not promise to close": """
        SELECT id FROM partnerships WHERE state = 'active' AND NOT EXISTS (
            SELECT 1 FROM scheduled_jobs
            WHERE NOT done AND kind = 'close' AND json_extract(refs, '$.partnership') = partnerships.id
        )
    """,
    "somebody has four goals open": """
        SELECT person FROM goals WHERE state IN ('not-begun', 'begun', 'half-way', 'nearly-there')
        GROUP BY person HAVING count(*) > 3
    """,
    "a goal has changed, and its changes are not kept": """
        SELECT id FROM goals
        WHERE version - 1 <> (SELECT count(*) FROM goal_changes WHERE goal_changes.goal_id = goals.id)
    """,
    "a plan is shared by somebody who is not the mentee": """
        SELECT partnership_id FROM plan_shares JOIN partnerships ON partnerships.id = partnership_id
        WHERE plan_shares.person <> mentee
    """,
    "an offer does not promise to lapse": """
        SELECT id FROM matches WHERE state = 'offered' AND NOT EXISTS (
            SELECT 1 FROM scheduled_jobs
            WHERE NOT done AND kind IN ('offer-lapse', 'introduce') AND json_extract(refs, '$.match') = matches.id
        )
    """,
}
"""What is never the case, each with a question whose answer is then empty."""


def unsound(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """What is wrong, with the ids that show it."""
    found = {never: [str(row[0]) for row in connection.execute(query)] for never, query in NEVER.items()}
    return {never: ids for never, ids in found.items() if ids}
