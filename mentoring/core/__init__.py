"""Values that every feature needs: people, programmes, jobs, outcomes, working hours."""
