"""Types that every feature uses: people, programmes, scheduled jobs, outcomes and working hours."""
