"""The rules of a mentoring programme: plain values and functions that decide; no Slack, no database, no clock."""
