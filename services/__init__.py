"""Use cases that Slack, the timetable and the command line share. Each opens its own transactions."""
