"""What `make demo` starts: the local Slack with the bot in it, its stories, and the guided tour."""
