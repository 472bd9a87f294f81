"""What `make demo` starts: the local Slack with the bot in it, its scenarios, and the guided tour."""
