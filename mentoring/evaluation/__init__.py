"""The evaluation of a round: what sponsors and owners read of it when it is half-way and when it is over."""
