"""Use cases shared by Slack handlers, scheduled jobs and the command line."""
