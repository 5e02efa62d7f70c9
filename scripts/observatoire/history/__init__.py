"""What moved between two states of the register: editions, versions, commits, the folder."""
