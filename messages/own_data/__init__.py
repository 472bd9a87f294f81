"""What the bot keeps about a person: the page and the file for them, and what is left of their messages in Slack."""
