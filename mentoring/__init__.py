"""The rules of a mentoring programme, as immutable values and pure functions. No Slack, no database, no clock."""
